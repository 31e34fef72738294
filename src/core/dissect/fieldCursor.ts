import { u16, u24, u32, u8 } from '../base/bytes.js';
import type { Emit } from './emit.js';
import type { Field, FieldValue } from './field.js';
import type { Layer } from './walk.js';

/**
 * Reports fields that stand one behind the other, up to an end that some length gave. What does not fit before the end
 * is left out, and nothing comes after it: so a dissector may report a list of fields without asking each time what
 * is left.
 */
export class FieldCursor {
  /** Place of the next byte in the frame. */
  at: number;
  /** No field goes beyond this place, which never lies behind the captured bytes. */
  readonly end: number;

  constructor(
    readonly layer: Layer,
    readonly emit: Emit,
    at: number,
    end: number,
    /** How many groups it lies in; for protocols whose elements hold elements without end. */
    readonly depth = 0,
  ) {
    this.at = at;
    this.end = Math.min(end, layer.frame.length);
  }

  get frame(): Uint8Array {
    return this.layer.frame;
  }

  /** Bytes before the end. */
  get left(): number {
    return Math.max(0, this.end - this.at);
  }

  u8(offset = 0): number {
    return u8(this.frame, this.at + offset);
  }

  u16(offset = 0): number {
    return u16(this.frame, this.at + offset);
  }

  u24(offset = 0): number {
    return u24(this.frame, this.at + offset);
  }

  u32(offset = 0): number {
    return u32(this.frame, this.at + offset);
  }

  /** The next bytes are the field. False, and the cursor at its end, when they are not there. */
  field(field: Field, length: number, value?: FieldValue): boolean {
    if (length < 0 || this.at + length > this.end) {
      this.at = Math.max(this.at, this.end);
      return false;
    }
    this.emit.add(field, this.at, length, value);
    this.at += length;
    return true;
  }

  /** A field of the next bytes that leaves the cursor where it is: several fields of one word. */
  peek(field: Field, length: number, value?: FieldValue): void {
    if (length >= 0 && this.at + length <= this.end) this.emit.add(field, this.at, length, value);
  }

  /** All bytes up to the end are the field; nothing when there are none. */
  rest(field: Field, value?: FieldValue): void {
    if (this.left > 0) this.field(field, this.left, value);
  }

  /** Steps over bytes that nobody explains. */
  skip(length: number): void {
    this.at = Math.min(this.at + Math.max(0, length), Math.max(this.at, this.end));
  }

  /**
   * The field takes the next `length` bytes, or what there is of them; `report` says what they hold. The cursor goes on
   * behind them, wherever `report` stopped.
   */
  group(field: Field, length: number, report: (inner: FieldCursor) => void, value?: FieldValue): void {
    const size = Math.min(Math.max(0, length), this.left);
    if (this.emit.open(field, this.at, size, value)) {
      report(new FieldCursor(this.layer, this.emit, this.at, this.at + size, this.depth + 1));
      this.emit.close();
    }
    this.at += size;
  }

  /** A cursor for the next `length` bytes, or what there is of them; this one goes on behind them. */
  part(length: number): FieldCursor {
    const inner = new FieldCursor(
      this.layer,
      this.emit,
      this.at,
      this.at + Math.min(Math.max(0, length), this.left),
      this.depth,
    );
    this.skip(length);
    return inner;
  }
}
