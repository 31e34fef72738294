import type { CaptureDamage } from '../../rpc/capture.js';
import type { ScrollTick } from './scrollBar.js';

/** More ticks than this run together on any screen. */
const mostMarks = 200;
const mostDamage = 50;

/** What is needed of the session to know where ticks are. */
export interface TickSources {
  readonly rowOf: (number: number) => Promise<number>;
  /** The marked packet after this one among the rows of the list. */
  readonly nextMark: (
    number: number,
  ) => Promise<{ readonly row: number; readonly number: number } | undefined>;
}

/** What of the list decides where ticks are. */
interface TickedList {
  readonly state: { readonly age: number; readonly shown: number };
  readonly marked: number;
  /** Another number whenever other packets are marked. */
  readonly marksAge: number;
}

/**
 * The ticks of the scroll bar: marked packets, damage, the packet found last. They are worked out one at a time after
 * a change, for bars need no hurry; a change meanwhile begins anew.
 */
export class ListTicks {
  #kept: readonly ScrollTick[] = [];
  #found: number | undefined;
  #ticks: readonly ScrollTick[] = [];
  #turn = 0;
  #wish = '';

  constructor(
    private readonly sources: TickSources,
    private readonly changed: () => void,
    private readonly failed: (error: unknown) => void,
  ) {}

  get ticks(): readonly ScrollTick[] {
    return this.#ticks;
  }

  /** The row of the packet that was found last. */
  foundAt(row: number | undefined): void {
    if (row === this.#found) return;
    this.#found = row;
    this.#put();
  }

  /** The list, the marks or the damage may have changed. */
  update({ state, marked, marksAge }: TickedList, damage: readonly CaptureDamage[]): void {
    const wish = [state.age, damage.length > 0 ? state.shown : 0, marksAge, damage.length].join(' ');
    if (wish === this.#wish) return;
    this.#wish = wish;
    void this.#collect(++this.#turn, marked, state.shown === 0 ? [] : damage);
  }

  async #collect(turn: number, marked: number, damage: readonly CaptureDamage[]): Promise<void> {
    const ticks: ScrollTick[] = [];
    try {
      for (const { afterPacket } of damage.slice(0, mostDamage)) {
        const row = await this.sources.rowOf(Math.max(1, afterPacket));
        if (turn !== this.#turn) return;
        if (row >= 0) ticks.push({ row, what: 'damage' });
      }
      const rows = new Set<number>();
      for (let number = 0; marked > 0 && rows.size < mostMarks;) {
        const next = await this.sources.nextMark(number);
        if (turn !== this.#turn) return;
        // Round the end of the list, or none at all.
        if (!next || rows.has(next.row)) break;
        rows.add(next.row);
        ticks.push({ row: next.row, what: 'mark' });
        number = next.number;
      }
    } catch (error) {
      this.failed(error);
      return;
    }
    this.#kept = ticks;
    this.#put();
  }

  #put(): void {
    this.#ticks =
      this.#found === undefined ? this.#kept : [...this.#kept, { row: this.#found, what: 'found' as const }];
    this.changed();
  }
}
