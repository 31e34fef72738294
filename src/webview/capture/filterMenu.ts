import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { RememberedFilters } from '../../rpc/captureView.js';
import { harmless } from '../harmless.js';
import { t } from '../l10n.js';
import { controlStyle, dropDownStyle } from './controlStyle.js';
import { clearIcon, historyIcon, starredIcon } from './filterIcons.js';
import { partStyle } from './styles.js';

/** How the menu was left: with a filter, or without. */
export interface FilterChoice {
  readonly text?: string;
  /** The keyboard was in the menu until the end, and has to go somewhere. */
  readonly keepsFocus: boolean;
}

interface Entry {
  readonly text: string;
  readonly from: keyof RememberedFilters;
}

/** Saved and recent filters, dropped down from the filter bar; has the keyboard while it is open. */
@customElement('cl-filter-menu')
export class FilterMenu extends LitElement {
  static override styles = [
    partStyle,
    controlStyle,
    dropDownStyle,
    css`
      :host {
        position: absolute;
        z-index: 11;
        top: 100%;
        right: 8px;
        width: min(640px, calc(100% - 16px));
      }
      .drop-down {
        position: static;
        max-height: min(400px, calc(100vh - 64px));
      }
      .title {
        padding: 0 8px;
        line-height: 22px;
        font-size: 11px;
        color: var(--vscode-descriptionForeground);
      }
      .option {
        display: flex;
        align-items: center;
        gap: 8px;
        padding-right: 4px;
        font-family: var(--vscode-editor-font-family, monospace);
        font-size: var(--vscode-editor-font-size, 13px);
      }
      .text {
        flex: 1;
        min-width: 0;
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .remove {
        visibility: hidden;
        color: inherit;
      }
      .option:hover .remove,
      .option[aria-selected='true'] .remove {
        visibility: visible;
      }
      .none {
        padding: 8px;
        line-height: 20px;
      }
    `,
  ];

  @property({ attribute: false }) accessor history: readonly string[] = [];
  @property({ attribute: false }) accessor saved: readonly string[] = [];
  /** The button that opens and closes the menu. */
  @property({ attribute: false }) accessor opener: HTMLElement | undefined = undefined;
  @property({ attribute: false }) accessor done: (choice: FilterChoice) => void = () => undefined;
  @property({ attribute: false }) accessor forget: (text: string, from: keyof RememberedFilters) => void =
    () => undefined;

  @state() private accessor chosen = 0;
  @query('.drop-down') private accessor list: HTMLElement | null = null;

  get #entries(): readonly Entry[] {
    const { saved, history } = this;
    return [
      ...saved.map((text) => ({ text, from: 'saved' as const })),
      ...history.filter((text) => !saved.includes(text)).map((text) => ({ text, from: 'history' as const })),
    ];
  }

  protected override firstUpdated(): void {
    this.list?.focus();
  }

  protected override willUpdate(): void {
    this.chosen = Math.max(0, Math.min(this.chosen, this.#entries.length - 1));
  }

  protected override updated(): void {
    this.renderRoot.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }

  protected override render(): unknown {
    const entries = this.#entries;
    const saved = entries.filter(({ from }) => from === 'saved').length;
    return html`<div
      class="drop-down"
      role="listbox"
      tabindex="0"
      aria-label=${t('Saved and recent filters')}
      aria-activedescendant=${entries.length > 0 ? `entry-${this.chosen}` : nothing}
      @keydown=${this.#key}
      @focusout=${this.#left}
      @click=${this.#click}
    >
      ${entries.length === 0 ? html`<div class="none">${t('No filters yet. Those you apply are kept here.')}</div>` : nothing}
      ${this.#group(t('Saved'), entries.slice(0, saved), 0)}
      ${this.#group(t('Recent'), entries.slice(saved), saved)}
    </div>`;
  }

  #group(title: string, entries: readonly Entry[], first: number): unknown {
    if (entries.length === 0) return nothing;
    return html`<div role="group" aria-label=${title}>
      <div class="title" aria-hidden="true">${title}</div>
      ${entries.map((entry, at) => this.#option(entry, first + at))}
    </div>`;
  }

  #option({ text, from }: Entry, index: number): unknown {
    const shown = harmless(text);
    return html`<div
      class="option"
      id="entry-${index}"
      role="option"
      aria-selected=${index === this.chosen}
      data-index=${index}
      title=${shown}
    >
      ${from === 'saved' ? starredIcon : historyIcon}<span class="text">${shown}</span>
      <span class="icon-button remove" aria-hidden="true" title=${t('Remove (Delete)')}>${clearIcon}</span>
    </div>`;
  }

  readonly #click = (event: MouseEvent): void => {
    const target = event.target instanceof Element ? event.target : null;
    const row = target?.closest('.option');
    if (!(row instanceof HTMLElement)) return;
    const index = Number(row.dataset['index']);
    if (target?.closest('.remove')) this.#forget(index);
    else this.#take(index);
  };

  #take(index: number): void {
    const entry = this.#entries[index];
    if (entry) this.done({ text: entry.text, keepsFocus: true });
  }

  #forget(index: number): void {
    const entry = this.#entries[index];
    if (entry) this.forget(entry.text, entry.from);
  }

  readonly #left = (event: FocusEvent): void => {
    // The button's own click closes the menu.
    if (event.relatedTarget !== this.opener) this.done({ keepsFocus: false });
  };

  readonly #key = (event: KeyboardEvent): void => {
    const last = this.#entries.length - 1;
    switch (event.key) {
      case 'ArrowDown':
        this.chosen = Math.min(last, this.chosen + 1);
        break;
      case 'ArrowUp':
        this.chosen = Math.max(0, this.chosen - 1);
        break;
      case 'Home':
        this.chosen = 0;
        break;
      case 'End':
        this.chosen = last;
        break;
      case 'Enter':
      case ' ':
        this.#take(this.chosen);
        break;
      case 'Delete':
      case 'Backspace':
        this.#forget(this.chosen);
        break;
      case 'Escape':
        this.done({ keepsFocus: true });
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
}
