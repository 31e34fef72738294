/** Long work that is done a slice at a time. */
export interface Job {
  /** Works until about `until`, as `performance.now()` counts, and at least a little; true when it is done. */
  step(until: number): boolean;
  /** Is told what its step has thrown, and deals with it: it gets no more turns. */
  failed?(error: unknown): void;
}

/** Milliseconds of work between two looks at which calls have arrived. */
export const sliceTime = 8;

/**
 * Lets long work take turns: with each other, and with the calls that arrive between two slices. Work for people who
 * wait comes before work that only makes later answers faster.
 */
export class Turns {
  private readonly waiting: Job[] = [];
  private readonly idle: Job[] = [];
  private scheduled = false;
  private closed = false;

  /** `failed` is told what a job threw, after the job itself; `handled` when that has dealt with it. */
  constructor(
    private readonly defer: (task: () => void) => void,
    private readonly failed: (error: unknown, handled: boolean) => void,
  ) {}

  /** Gives a job turns until it is done. With `whenIdle`, only those that no other job wants. */
  add(job: Job, { whenIdle = false } = {}): void {
    if (this.closed || this.has(job)) return;
    (whenIdle ? this.idle : this.waiting).push(job);
    this.schedule();
  }

  /** The same with a first slice at once, for work that may be done with that. */
  begin(job: Job): void {
    if (!this.closed && !this.slice(job)) this.add(job);
  }

  has(job: Job): boolean {
    return this.waiting.includes(job) || this.idle.includes(job);
  }

  /** Gives a job no more turns. */
  drop(job: Job): void {
    for (const jobs of [this.waiting, this.idle]) {
      const at = jobs.indexOf(job);
      if (at >= 0) jobs.splice(at, 1);
    }
  }

  close(): void {
    this.closed = true;
    this.waiting.length = 0;
    this.idle.length = 0;
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    this.defer(() => {
      this.scheduled = false;
      this.turn();
    });
  }

  /** One slice of the job whose turn it is, which then goes to the end of its queue. */
  private turn(): void {
    const jobs = this.waiting.length > 0 ? this.waiting : this.idle;
    const job = jobs.shift();
    if (job === undefined) return;
    // In its place before it works: it may be dropped by what it does.
    jobs.push(job);
    if (this.slice(job)) this.drop(job);
    if (this.waiting.length + this.idle.length > 0) this.schedule();
  }

  /** True when the job wants no more turns. */
  private slice(job: Job): boolean {
    try {
      return job.step(performance.now() + sliceTime);
    } catch (error) {
      job.failed?.(error);
      this.failed(error, job.failed !== undefined);
      return true;
    }
  }
}
