import { LitElement, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { FilterCompletion, FilterMistake } from '../../rpc/packetList.js';
import { harmless } from '../harmless.js';
import { t } from '../l10n.js';
import { CompletionList, completionListStyle, optionId } from './completionList.js';
import { controlStyle, dropDownStyle } from './controlStyle.js';
import { editByKey, undoableEdit } from './fieldEditing.js';
import { busyIcon, checkIcon, wrongIcon } from './filterIcons.js';
import { FilterJudge, type FilterCheck, type Verdict } from './filterJudge.js';
import { filterInputStyle } from './filterInputStyle.js';
import { Latest } from './latest.js';
import { mistakePieces } from './mistakePieces.js';
import { partStyle } from './styles.js';
import { tell } from './viewEvents.js';

/** How much further left the list begins than the names in it, and the field than its text, in pixels. */
const beforeNames = 29;
/** Mistakes that are told at once. */
const toldMistakes = 3;

interface CompletionPlace {
  readonly text: string;
  readonly at: number;
}

/**
 * A field for a display filter: checks it while it is typed, underlines mistakes at their place, and lists what can
 * stand at the caret. Without `check` and `complete` it is a plain field that shows the mistakes it is given. What is
 * to stand in the field's frame behind the text goes into the slot.
 *
 * Tells `filter-edited` and `filter-entered`. Keys it has used itself are not heard outside.
 */
@customElement('cl-filter-input')
export class FilterInput extends LitElement {
  static override styles = [partStyle, controlStyle, dropDownStyle, completionListStyle, filterInputStyle];

  @property() accessor label = '';
  @property() accessor placeholder = '';
  /** What is wrong with the text as it stands, as found by whoever used it. */
  @property({ attribute: false }) accessor mistakes: readonly FilterMistake[] = [];
  @property({ attribute: false }) accessor check: FilterCheck | undefined = undefined;
  @property({ attribute: false }) accessor complete:
    ((text: string, at: number) => Promise<readonly FilterCompletion[]>) | undefined = undefined;

  @state() private accessor text = '';
  @state() private accessor isFocused = false;
  @state() private accessor completions: readonly FilterCompletion[] = [];
  @state() private accessor chosen = -1;
  /** A name that was begun: Tab takes the first completion. What is whole already is left as it is. */
  @state() private accessor isBegun = false;
  /** Where the list of completions stands, in pixels from the field's left edge. */
  @state() private accessor listLeft = 0;
  /** Said to screen readers. */
  @state() private accessor said = '';

  @query('input') private accessor field: HTMLInputElement | null = null;
  @query('.moved') private accessor underlay: HTMLElement | null = null;
  @query('.ruler') private accessor ruler: HTMLElement | null = null;

  #isComposing = false;
  /** True while the program edits the text, not the user. */
  #isPutting = false;
  readonly #judge = new FilterJudge(() => {
    this.requestUpdate();
  });

  readonly #asked = new Latest<CompletionPlace, CompletionPlace & { items: readonly FilterCompletion[] }>(
    async ({ text, at }) => ({ text, at, items: (await this.complete?.(text, at)) ?? [] }),
    ({ text, at, items }) => {
      if (this.isFocused && text === this.text && at === this.#caret) this.#list(items, text, at);
    },
    () => {
      this.#closeList();
    },
  );

  /** The text as it stands in the field. */
  get value(): string {
    return this.text;
  }

  override focus(): void {
    this.field?.focus();
  }

  /** Gives the field the keyboard with all of its text selected, for typing over. */
  select(): void {
    this.field?.focus();
    this.field?.select();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#judge.rest();
  }

  /** Puts another text in. With the keyboard in the field, undo brings the old one back. */
  put(text: string): void {
    const line = text.replace(/\s*[\r\n]+\s*/g, ' ');
    if (!this.field) {
      void this.updateComplete.then(() => {
        this.put(text);
      });
      return;
    }
    if (line === this.text) return;
    this.#isPutting = true;
    if (this.isFocused) undoableEdit(this.field, 0, this.field.value.length, line);
    else this.field.value = line;
    this.#isPutting = false;
    this.#edited();
  }

  protected override willUpdate(changed: ReadonlyMap<PropertyKey, unknown>): void {
    if (changed.has('check')) this.#judge.askFrom(this.check);
    if (changed.has('mistakes') && (this.mistakes.length > 0 || !this.check)) {
      this.#judge.hear(this.mistakes);
      this.#speakMistakes();
    }
    this.dataset['verdict'] = this.#judge.verdict;
  }

  protected override updated(): void {
    this.#alignUnderlay();
  }

  protected override render(): unknown {
    const { verdict } = this.#judge;
    const isOpen = this.completions.length > 0;
    const isWrong = verdict === 'wrong';
    return html`
      <div class="frame">
        <slot name="before"></slot>
        <div class="line">
          <div class="underlay" aria-hidden="true">
            <span class="moved">${this.#pieces()}</span><span class="ruler"></span>
          </div>
          <input
            type="text"
            role=${this.complete ? 'combobox' : nothing}
            spellcheck="false"
            autocomplete="off"
            autocapitalize="off"
            aria-label=${this.label}
            aria-autocomplete=${this.complete ? 'list' : nothing}
            aria-haspopup=${this.complete ? 'listbox' : nothing}
            aria-expanded=${this.complete ? isOpen : nothing}
            aria-controls=${isOpen ? 'completions' : nothing}
            aria-activedescendant=${isOpen && this.chosen >= 0 ? optionId(this.chosen) : nothing}
            aria-invalid=${isWrong}
            aria-describedby=${isWrong ? 'message' : nothing}
            placeholder=${this.placeholder}
            @input=${this.#input}
            @keydown=${this.#key}
            @scroll=${this.#alignUnderlay}
            @select=${this.#alignUnderlay}
            @pointerdown=${this.#closeList}
            @compositionstart=${this.#composing}
            @compositionend=${this.#composed}
            @focus=${this.#focused}
            @blur=${this.#left}
          />
        </div>
        ${this.#verdictIcon(verdict)}
        <slot></slot>
      </div>
      ${isOpen ? this.#completionList() : nothing}
      <div class="message" id="message" ?hidden=${!isWrong || !this.isFocused || isOpen}>
        ${this.#sentences().map((sentence) => html`<div>${sentence}</div>`)}
      </div>
      <div class="unseen" role="alert">${this.said}</div>
    `;
  }

  #pieces(): unknown {
    return mistakePieces(this.text, this.#judge.mistakes).map(({ text, wrong }) =>
      wrong ? html`<span class="wrong">${text}</span>` : text,
    );
  }

  #verdictIcon(verdict: Verdict): unknown {
    switch (verdict) {
      case 'neutral':
        return nothing;
      case 'checking':
        return html`<span class="verdict" title=${t('Checking the filter')}>${busyIcon}</span>`;
      case 'right':
        return html`<span class="verdict" title=${t('This filter can be applied')}>${checkIcon}</span>`;
      case 'wrong':
        return html`<span class="verdict" title=${this.#sentences().join('\n')}>${wrongIcon}</span>`;
    }
  }

  #completionList(): unknown {
    const typed = this.#typedPart();
    return html`<cl-completion-list
      id="completions"
      aria-label=${t('Suggestions')}
      .style=${`left: ${this.listLeft}px`}
      .items=${this.completions}
      .chosen=${this.chosen}
      .typed=${typed}
      .offersFirst=${this.isBegun}
      .take=${this.#accept}
    ></cl-completion-list>`;
  }

  get #caret(): number {
    return this.field?.selectionStart ?? this.text.length;
  }

  /** The part of the text, up to the caret, that the first completion takes the place of. */
  #typedPart(): string {
    const [first] = this.completions;
    return first ? this.text.slice(first.start, Math.max(first.start, this.#caret)) : '';
  }

  #sentences(): readonly string[] {
    const told = this.#judge.lastMistakes.slice(0, toldMistakes).map(({ message }) => harmless(message));
    return [...new Set(told)];
  }

  #speakMistakes(): void {
    this.said = this.#sentences().join(' ');
  }

  /** The text is another: by hand, by undo, or put in. */
  #edited(): void {
    this.text = this.field?.value ?? '';
    this.#judge.read(this.text);
    this.said = '';
    this.#closeList();
    tell(this, 'filter-edited', this.text);
  }

  #askForCompletions(): void {
    if (!this.complete || !this.field || this.#isComposing) return;
    if (this.field.selectionStart === this.field.selectionEnd)
      this.#asked.ask({ text: this.text, at: this.#caret });
  }

  #list(items: readonly FilterCompletion[], text: string, at: number): void {
    const fresh = items.filter((item) => item.start <= at && text.slice(item.start, item.end) !== item.text);
    const [first] = fresh;
    if (!first) {
      this.#closeList();
      return;
    }
    this.completions = fresh;
    this.chosen = -1;
    this.isBegun = first.start < at && fresh.length === items.length;
    this.listLeft = this.#leftOf(first.start);
  }

  /** Where a character stands, so that the list can stand below it without leaving the field's width. */
  #leftOf(offset: number): number {
    if (!this.field || !this.ruler) return 0;
    this.ruler.textContent = this.text.slice(0, offset);
    const inField = this.ruler.getBoundingClientRect().width - this.field.scrollLeft;
    this.ruler.textContent = '';
    const left = this.field.getBoundingClientRect().left - this.getBoundingClientRect().left + inField;
    const widest = Math.min(CompletionList.width, this.clientWidth);
    return Math.round(Math.max(0, Math.min(left - beforeNames, this.clientWidth - widest)));
  }

  readonly #closeList = (): void => {
    this.#asked.forget();
    this.completions = [];
    this.chosen = -1;
  };

  readonly #accept = (index: number): void => {
    const item = this.completions[index];
    if (!item || !this.field) return;
    this.#isPutting = true;
    undoableEdit(this.field, item.start, item.end, item.text);
    this.#isPutting = false;
    this.#edited();
    // What was put in is a beginning: of a field's name, or of what stands in the parentheses.
    if (/[.(\s]$/.test(item.text)) this.#askForCompletions();
  };

  /** What is behind the field's text must move with it when the text is wider than the field. */
  readonly #alignUnderlay = (): void => {
    if (this.field && this.underlay) this.underlay.style.left = `${-this.field.scrollLeft}px`;
  };

  readonly #input = (event: InputEvent): void => {
    if (this.#isPutting || this.#isComposing) return;
    const wasOpen = this.completions.length > 0;
    this.#edited();
    const isTyped = event.inputType === 'insertText' || event.inputType === 'insertCompositionText';
    if (isTyped || (wasOpen && event.inputType.startsWith('delete'))) this.#askForCompletions();
  };

  readonly #composing = (): void => {
    this.#isComposing = true;
    this.#closeList();
  };

  readonly #composed = (): void => {
    this.#isComposing = false;
    this.#edited();
    this.#askForCompletions();
  };

  readonly #focused = (): void => {
    this.isFocused = true;
  };

  readonly #left = (): void => {
    this.isFocused = false;
    this.#closeList();
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.isComposing) {
      event.stopPropagation();
      return;
    }
    if (this.#isOwnKey(event)) {
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === 'Enter' && !event.altKey && !event.ctrlKey && !event.metaKey) {
      this.#closeList();
      event.preventDefault();
      event.stopPropagation();
      this.#enter(event.shiftKey);
    } else if (this.completions.length > 0 && /^(?:Arrow(?:Left|Right)|Home|End)$/.test(event.key)) {
      this.#closeList();
    }
  };

  #isOwnKey(event: KeyboardEvent): boolean {
    if (this.field && editByKey(this.field, event)) return true;
    return this.completions.length > 0 ? this.#keyInList(event) : this.#keyToOpen(event);
  }

  #enter(isShifted: boolean): void {
    if (this.#judge.isKnownWrong) this.#speakMistakes();
    else tell(this, 'filter-entered', { text: this.text, isShifted });
  }

  #keyToOpen({ key, ctrlKey, altKey, metaKey, shiftKey }: KeyboardEvent): boolean {
    const isAsking =
      this.complete && !metaKey && !shiftKey && !altKey && (ctrlKey ? key === ' ' : key === 'ArrowDown');
    if (isAsking) this.#askForCompletions();
    return isAsking === true;
  }

  /** Does what a key means for the open list; false when it means nothing there. */
  #keyInList({ key, ctrlKey, altKey, metaKey, shiftKey }: KeyboardEvent): boolean {
    if (altKey || metaKey || shiftKey) return false;
    if (ctrlKey) return key === ' ';
    const last = this.completions.length - 1;
    switch (key) {
      case 'ArrowDown':
        this.chosen = this.chosen < last ? this.chosen + 1 : -1;
        return true;
      case 'ArrowUp':
        this.chosen = this.chosen < 0 ? last : this.chosen - 1;
        return true;
      case 'PageDown':
        this.chosen = Math.min(last, Math.max(0, this.chosen) + CompletionList.page);
        return true;
      case 'PageUp':
        this.chosen = Math.max(0, this.chosen - CompletionList.page);
        return true;
      case 'Escape':
        this.#closeList();
        return true;
      case 'Tab':
        if (this.chosen < 0 && !this.isBegun) return false;
        this.#accept(Math.max(0, this.chosen));
        return true;
      case 'Enter':
        if (this.chosen < 0) return false;
        this.#accept(this.chosen);
        return true;
      default:
        return false;
    }
  }
}
