/** The two fields that every checksum has: what the packet says, and whether it is right. */
import { checksumStatus, checksumStatusNames } from './checksum.js';
import { type Field, uint } from './field.js';
import { hexNumber } from './fieldText.js';
import type { Layer } from './walk.js';

/** A 16-bit checksum in a header. */
export interface ChecksumSpec {
  /** Wireshark's name: `icmp.checksum`. */
  readonly name: string;
  readonly label: string;
  readonly statusLabel: string;
  /** Offset of the checksum in the header. */
  readonly at: number;
  /** So many bytes of the header must be there. */
  readonly header: number;
  /** What it should be; `undefined` when not all it covers was captured. */
  readonly right: (layer: Layer) => number | undefined;
  /** Words put after the verdict, with their blank. */
  readonly remark?: (layer: Layer, right: number | undefined) => string;
}

/** Declares the field of a checksum that is verified, and the status that goes with it (0 bad, 1 good, 2 unverified). */
export function checksumFields(spec: ChecksumSpec): {
  readonly checksum: Field;
  readonly checksumStatus: Field;
} {
  const { name, at, right, remark } = spec;
  return {
    checksum: uint(name, spec.label, {
      at,
      bytes: 2,
      show: 'hex',
      note(value, { layer }) {
        const expected = right(layer);
        const verdict =
          expected === undefined
            ? '[unverified]'
            : expected === value
              ? '[correct]'
              : `incorrect, should be ${hexNumber(expected, 4)}`;
        return ` ${verdict}${remark?.(layer, expected) ?? ''}`;
      },
      problem: (value, { layer }) => (right(layer) ?? value) !== value,
    }),
    checksumStatus: uint(`${name}.status`, spec.statusLabel, {
      values: checksumStatusNames,
      compute(layer) {
        if (!layer.has(spec.header)) return undefined;
        const expected = right(layer);
        if (expected === undefined) return checksumStatus.unverified;
        return expected === layer.u16(at) ? checksumStatus.good : checksumStatus.bad;
      },
      text: (value) => checksumStatusNames[Number(value)] ?? '',
    }),
  };
}
