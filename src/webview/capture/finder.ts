import type { FindOrder, FindReply } from '../../rpc/packetList.js';
import { errorText } from './captureModel.js';
import type { FindState } from './findBar.js';

/** What to look for; where to begin is the list's to say. */
export type Search = Omit<FindOrder, 'from'>;

/** Looks for packets, one search at a time; a new one takes the place of one that is under way. */
export class Finder {
  #state: FindState = { phase: 'idle' };
  #last: Search | undefined;
  #row: number | undefined;
  #turn = 0;

  /**
   * `ask` puts a search to the session, `found` goes to a row, `changed` is called when the state is another, `failed`
   * says why there is no answer.
   */
  constructor(
    private readonly parts: {
      readonly ask: (search: Search, from: number) => Promise<FindReply>;
      /** The row to begin at, which is looked at last. */
      readonly from: (backwards: boolean) => number;
      readonly found: (row: number) => void;
      readonly changed: () => void;
      readonly failed: (message: string) => void;
    },
  ) {}

  get state(): FindState {
    return this.#state;
  }

  /** The row of the last hit, while the list is the same. */
  get row(): number | undefined {
    return this.#row;
  }

  /** What was looked for last. */
  get last(): Search | undefined {
    return this.#last;
  }

  /** True when there is something to look for again. */
  get canStep(): boolean {
    return this.#last !== undefined;
  }

  async find(search: Search): Promise<void> {
    const turn = ++this.#turn;
    this.#last = search;
    this.#set({ phase: 'finding', share: 0 });
    try {
      const reply = await this.parts.ask(search, this.parts.from(search.backwards === true));
      if (turn !== this.#turn) return;
      if (reply.row !== undefined) {
        this.#row = reply.row;
        this.#set({ phase: 'found', number: reply.number, wrapped: reply.wrapped });
        this.parts.found(reply.row);
      } else if (reply.mistakes && reply.mistakes.length > 0) {
        this.#set({ phase: 'wrong', mistakes: reply.mistakes });
      } else this.#set({ phase: reply.stopped ? 'stopped' : 'absent' });
    } catch (error) {
      if (turn !== this.#turn) return;
      this.#set({ phase: 'idle' });
      this.parts.failed(errorText(error));
    }
  }

  /** The next match of what was looked for last, or the one before. */
  async step(by: 1 | -1): Promise<void> {
    if (this.#last) await this.find({ ...this.#last, backwards: by < 0 });
  }

  /** The session told how far a search is. */
  progress(share: number): void {
    if (this.#state.phase === 'finding') this.#set({ phase: 'finding', share });
  }

  /** The list is another: the row of the last hit says nothing any more. */
  forgetRow(): void {
    this.#row = undefined;
  }

  #set(state: FindState): void {
    this.#state = state;
    this.parts.changed();
  }
}
