/**
 * Calls of which only the newest matters: one at a time is under way, and of those asked for meanwhile only the last
 * is made when it comes back. Holding an arrow key so never builds up a queue.
 */
export class Latest<A, R> {
  readonly #call: (argument: A) => Promise<R>;
  readonly #done: (answer: R) => void;
  readonly #failed: (error: unknown) => void;
  #newest: { readonly argument: A } | undefined;
  #busy = false;

  /** `done` and `failed` hear only of calls that are still the newest when they come back. */
  constructor(
    call: (argument: A) => Promise<R>,
    done: (answer: R) => void,
    failed: (error: unknown) => void,
  ) {
    this.#call = call;
    this.#done = done;
    this.#failed = failed;
  }

  /** Makes the call now, or when the one under way has come back. */
  ask(argument: A): void {
    this.#newest = { argument };
    if (!this.#busy) void this.#run(this.#newest);
  }

  /** The answer to what is under way no longer matters. */
  forget(): void {
    this.#newest = undefined;
  }

  async #run(first: { readonly argument: A }): Promise<void> {
    this.#busy = true;
    let asked: { readonly argument: A } | undefined = first;
    while (asked) {
      try {
        const answer: R = await this.#call(asked.argument);
        if (this.#newest === asked) this.#done(answer);
      } catch (error) {
        if (this.#newest === asked) this.#failed(error);
      }
      asked = this.#newest === asked ? undefined : this.#newest;
    }
    this.#busy = false;
  }
}
