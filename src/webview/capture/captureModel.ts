import {
  isNotACapture,
  type CaptureEvents,
  type CaptureSummary,
  type NotACapture,
  type PacketDetail,
  type PacketRow,
} from '../../rpc/capture.js';
import type { CaptureViewCalls } from '../../rpc/captureView.js';
import type { Answer, Argument } from '../../rpc/messages.js';
import type { ListRow } from '../../rpc/packetList.js';
import { Latest } from './latest.js';
import { RowCache } from './rowCache.js';

/** Until views have lists of their own. */
const onlyList = 1;

/** A row with the usual columns. */
function usualRow({ number, cells, problem }: ListRow): PacketRow {
  const [, time = '', source = '', destination = '', protocol = '', length = '', info = ''] = cells;
  const tone = problem ? 'problem' : 'plain';
  return { number, time, source, destination, protocol, length: Number(length), info, tone };
}

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
 * What the view knows of its capture: the summary as indexing goes on, the rows seen lately, the selected packet.
 * Holds no elements; whoever shows it is told of changes.
 */
export class CaptureModel {
  readonly rows: RowCache;
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
    this.rows = new RowCache(
      async (first, count) => (await ask('rows', { list: onlyList, first, count })).rows.map(usualRow),
      changed,
      (error) => {
        this.#noteTrouble(error);
      },
    );
    this.#detailCall = new Latest(
      (number) => ask('packet', { number }),
      (detail) => {
        this.#detail = detail;
        changed();
      },
      (error) => {
        this.#noteTrouble(error);
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

  /** Opens the file, or opens it again after trouble. */
  async open(): Promise<void> {
    const opening = ++this.#opening;
    this.#stage = { kind: 'opening' };
    this.#trouble = '';
    this.rows.clear();
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

  /** Selects a packet by number; its detail follows. */
  select(number: number): void {
    if (number === this.#selected) return;
    this.#selected = number;
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

  #noteTrouble(error: unknown): void {
    this.#trouble = errorText(error);
    this.#changed();
  }

  #show(summary: CaptureSummary): void {
    const before = this.packets;
    this.#stage = { kind: 'ready', summary };
    this.rows.grow(summary.packets);
    const isNew = this.#selected > before && this.#selected <= summary.packets;
    if (isNew || (summary.done && this.#selected > summary.packets)) this.#settleSelection(summary);
  }

  /** A remembered packet may lie beyond the end of a file that was made anew. */
  #settleSelection(summary: CaptureSummary): void {
    if (this.#selected > summary.packets) this.#selected = summary.packets;
    this.#askDetail();
  }

  #askDetail(): void {
    if (this.#selected >= 1 && this.#selected <= this.packets) this.#detailCall.ask(this.#selected);
    else this.#detailCall.forget();
  }
}
