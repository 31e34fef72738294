import type { DisplayFilter } from '../core/filter/displayFilter.js';
import type { CaptureGround } from './captureGround.js';
import { PacketJudge } from './packetJudge.js';
import { PickedPackets } from './packetSet.js';
import type { Job } from './turns.js';

/** Packets looked at between two looks at the clock. */
const looksAtOnce = 64;

/** Finds the packets that a filter matches, in the order of the file. When the file has grown, it goes on. */
export class FilterRun implements Job {
  readonly found = new PickedPackets();
  /** Packets judged so far, from the first. */
  examined = 0;
  /** Why the rest cannot be judged: the file can no longer be read. */
  trouble: string | undefined;
  private readonly judge: PacketJudge;

  constructor(
    filter: DisplayFilter,
    private readonly ground: CaptureGround,
    /** Told after each slice, and when the file can no longer be read. */
    private readonly went: () => void,
  ) {
    this.judge = new PacketJudge(filter, ground);
  }

  step(until: number): boolean {
    const { index, columns } = this.ground;
    while (this.examined < index.packets) {
      // Where columns will tell, making them is the faster way to look at packets.
      if (this.examined >= columns.packets && columns.canGrow && this.judge.isIndexed) columns.step(0);
      this.goOn();
      if (performance.now() >= until) break;
    }
    this.went();
    return this.examined >= index.packets;
  }

  failed(error: unknown): void {
    this.trouble = error instanceof Error ? error.message : String(error);
    this.went();
  }

  /** To the end of the block, or as many packets as are looked at without a look at the clock. */
  private goOn(): void {
    const { judge, found } = this;
    let number = this.examined + 1;
    const end = judge.blockEnd(number);
    for (let looks = 0; looks < looksAtOnce; number++) {
      number = judge.candidate(number);
      if (number >= end) break;
      if (judge.isSure(number)) found.push(number);
      else {
        looks++;
        if (judge.matches(number)) found.push(number);
      }
    }
    this.examined = number - 1;
  }
}
