import type { FilterMistake } from '../../rpc/packetList.js';
import { Latest } from './latest.js';

/** How long nothing must be typed before a filter is checked, and how long a check may take before that is shown. */
const pauseBeforeCheck = 150;
const patience = 300;

export type Verdict = 'neutral' | 'checking' | 'right' | 'wrong';

/** Who knows what is wrong with a filter. */
export type FilterCheck = (text: string) => Promise<readonly FilterMistake[]>;

/** What a text was found to be. */
interface Judged {
  readonly text: string;
  readonly mistakes: readonly FilterMistake[];
}

const noMistakes: readonly FilterMistake[] = [];

/**
 * Knows whether the text of a field is a filter: has it checked when typing pauses, hears only of the newest text, and
 * keeps the last verdict until there is a new one, so that a field does not flicker while it is written in.
 */
export class FilterJudge {
  /** Without it every text is as good as any other. */
  #check: FilterCheck | undefined;
  #text = '';
  #judged: Judged | undefined;
  #lastVerdict: Verdict = 'neutral';
  #isSlow = false;
  #checkTimer: ReturnType<typeof setTimeout> | undefined;
  #slowTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #changed: () => void;

  readonly #checks = new Latest<string, Judged>(
    async (text) => ({ text, mistakes: (await this.#check?.(text)) ?? noMistakes }),
    (judged) => {
      this.#judge(judged);
    },
    // Who answers has gone; using the filter will tell.
    () => {
      this.#judge(undefined);
    },
  );

  /** `changed` is called whenever the verdict or the mistakes may have. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get verdict(): Verdict {
    if (this.#text.trim() === '') return 'neutral';
    if (this.#judged?.text === this.#text) {
      if (this.#judged.mistakes.length > 0) return 'wrong';
      return this.#check ? 'right' : 'neutral';
    }
    return this.#isSlow ? 'checking' : this.#lastVerdict;
  }

  /** True when the text as it stands is known to be wrong. */
  get isKnownWrong(): boolean {
    return this.mistakes.length > 0;
  }

  /** What is wrong with the text as it stands; nothing while that is not known. */
  get mistakes(): readonly FilterMistake[] {
    return this.#judged?.text === this.#text ? this.#judged.mistakes : noMistakes;
  }

  /** What was last found wrong: stays until there is a new verdict, as the verdict itself does. */
  get lastMistakes(): readonly FilterMistake[] {
    return this.#judged?.mistakes ?? noMistakes;
  }

  /** Another one checks from now on, or nobody. */
  askFrom(check: FilterCheck | undefined): void {
    const isOtherKind = (this.#check === undefined) !== (check === undefined);
    this.#check = check;
    if (isOtherKind) this.read(this.#text);
  }

  /** The field has this text now. */
  read(text: string): void {
    this.#lastVerdict = this.verdict;
    this.#text = text;
    clearTimeout(this.#checkTimer);
    this.#checks.forget();
    if (!this.#check || text.trim() === '') {
      this.#judge(undefined);
      return;
    }
    this.#checkTimer = setTimeout(() => {
      this.#checks.ask(text);
    }, pauseBeforeCheck);
    if (this.#isSlow) return;
    clearTimeout(this.#slowTimer);
    this.#slowTimer = setTimeout(() => {
      this.#isSlow = true;
      this.#changed();
    }, pauseBeforeCheck + patience);
  }

  /** Somebody else has found out what is wrong with the text as it stands. */
  hear(mistakes: readonly FilterMistake[]): void {
    clearTimeout(this.#checkTimer);
    this.#checks.forget();
    this.#judge({ text: this.#text, mistakes });
  }

  /** Nobody looks at the field any more. */
  rest(): void {
    clearTimeout(this.#checkTimer);
    clearTimeout(this.#slowTimer);
  }

  #judge(judged: Judged | undefined): void {
    clearTimeout(this.#slowTimer);
    this.#isSlow = false;
    this.#judged = judged;
    this.#lastVerdict = judged ? this.verdict : 'neutral';
    this.#changed();
  }
}
