import {
  isNotACapture,
  type CaptureEvents,
  type CaptureSummary,
  type NotACapture,
  type PacketDetail,
} from '../../rpc/capture.js';
import type { CaptureViewCalls } from '../../rpc/captureView.js';
import type { Answer, Argument } from '../../rpc/messages.js';
import { Latest } from './latest.js';

/** Asks the host; what it cannot answer itself it asks of the worker. */
export type AskHost = <K extends keyof CaptureViewCalls>(
  name: K,
  argument: Argument<CaptureViewCalls, K>,
) => Promise<Answer<CaptureViewCalls, K>>;

/** How far opening has come. */
export type Stage =
  | { readonly kind: 'opening' }
  | { readonly kind: 'ready'; readonly summary: CaptureSummary }
  /** The file is something else. */
  | { readonly kind: 'refused'; readonly refusal: NotACapture }
  /** The file could not be read at all. */
  | { readonly kind: 'failed'; readonly message: string };

/** The sentence of an error that crossed the post. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * What the view knows of its capture: the summary as indexing goes on, and the selected packet.
 * Holds no elements; whoever shows it is told of changes.
 */
export class CaptureModel {
  readonly #ask: AskHost;
  readonly #changed: () => void;
  readonly #detailCall: Latest<number, PacketDetail | undefined>;
  #stage: Stage = { kind: 'opening' };
  #trouble = '';
  #selected = 0;
  #detail: PacketDetail | undefined;
  #opening = 0;

  /** `changed` is called after anything that can be read here has changed. */
  constructor(ask: AskHost, changed: () => void) {
    this.#ask = ask;
    this.#changed = changed;
    this.#detailCall = new Latest(
      (number) => ask('packet', { number }),
      (detail) => {
        this.#detail = detail;
        changed();
      },
      (error) => {
        this.noteTrouble(error);
      },
    );
  }

  get stage(): Stage {
    return this.#stage;
  }

  /** Packets so far. */
  get packets(): number {
    return this.#stage.kind === 'ready' ? this.#stage.summary.packets : 0;
  }

  /** Why no more can be read, after packets were shown; empty when all is well. */
  get trouble(): string {
    return this.#trouble;
  }

  /** Number of the selected packet, 0 when none. Can be ahead of indexing. */
  get selected(): number {
    return this.#selected;
  }

  /** The selected packet, or the one selected before while the answer is on its way: panes never flash empty. */
  get detail(): PacketDetail | undefined {
    return this.#detail;
  }

  /** Opens the file, or opens it again after trouble; the stage tells what came of it. */
  async open(): Promise<void> {
    const opening = ++this.#opening;
    this.#stage = { kind: 'opening' };
    this.#trouble = '';
    this.#detailCall.forget();
    this.#changed();
    try {
      const opened = await this.#ask('open', undefined);
      if (opening !== this.#opening) return;
      if (isNotACapture(opened)) this.#stage = { kind: 'refused', refusal: opened };
      else this.#show(opened);
    } catch (error) {
      if (opening !== this.#opening) return;
      this.#stage = { kind: 'failed', message: errorText(error) };
    }
    this.#changed();
  }

  /** Selects a packet by number, none with 0; its detail follows. */
  select(number: number): void {
    if (number === this.#selected) return;
    this.#selected = number;
    if (number === 0) this.#detail = undefined;
    this.#askDetail();
    this.#changed();
  }

  /** Indexing went on. Answers to `open` and progress can overtake each other: the one that knows more counts. */
  progress(summary: CaptureEvents['progress']): void {
    if (this.#stage.kind !== 'ready' || summary.indexed < this.#stage.summary.indexed) return;
    this.#show(summary);
    this.#changed();
  }

  /** The file can no longer be read; what is here stays. */
  lost({ message }: CaptureEvents['lost']): void {
    if (this.#stage.kind === 'opening') this.#stage = { kind: 'failed', message };
    else this.#trouble = message;
    this.#changed();
  }

  /** Something could not be had of the session. */
  noteTrouble(error: unknown): void {
    this.#trouble = errorText(error);
    this.#changed();
  }

  #show(summary: CaptureSummary): void {
    const before = this.packets;
    this.#stage = { kind: 'ready', summary };
    if (this.#selected > before && this.#selected <= summary.packets) this.#askDetail();
  }

  #askDetail(): void {
    if (this.#selected >= 1 && this.#selected <= this.packets) this.#detailCall.ask(this.#selected);
    else this.#detailCall.forget();
  }
}
