/**
 * The filter bar.
 *
 * Properties: `filter`, the filter in force (the field shows it, unless it is being edited); `mistakes`, what was found
 * when the last `filter-wanted` was tried; `state`, how the list stands; `history` and `saved`, the filters that are
 * kept; `complete` and `check`, who knows the language.
 * Methods: `focus()`, `prepare(text)` puts a text in without applying it; `text` is what stands in the field.
 * Events: `filter-wanted` (text), `filters-kept` ({ history, saved }), `stop-wanted`, `pane-wanted` ('list').
 */
import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { RememberedFilters } from '../../rpc/captureView.js';
import type { FilterCompletion, FilterMistake, ListState } from '../../rpc/packetList.js';
import { t } from '../l10n.js';
import { controlStyle } from './controlStyle.js';
import { HistoryWalk, withApplied, withStarToggled, withoutApplied } from './filterHistory.js';
import {
  applyIcon,
  checkIcon,
  clearIcon,
  funnelIcon,
  moreIcon,
  starIcon,
  starredIcon,
  stopIcon,
} from './filterIcons.js';
import './filterInput.js';
import type { FilterInput } from './filterInput.js';
import type { FilterCheck } from './filterJudge.js';
import './filterMenu.js';
import type { FilterChoice } from './filterMenu.js';
import { shownText } from './shownText.js';
import { partStyle } from './styles.js';
import { tell, type ViewEvent } from './viewEvents.js';

/** The line over the packet list: which packets are shown, and how many that are. */
@customElement('cl-filter-bar')
export class FilterBar extends LitElement {
  static override styles = [
    partStyle,
    controlStyle,
    css`
      :host {
        position: relative;
        z-index: 5;
        display: block;
        flex: 1;
        min-width: 0;
        container-type: inline-size;
      }
      .bar {
        display: flex;
        align-items: center;
        gap: 4px;
        height: 30px;
        padding: 0 8px;
      }
      cl-filter-input {
        flex: 1;
      }
      .funnel {
        color: var(--vscode-descriptionForeground);
      }
      .inside {
        height: 18px;
      }
      .chip {
        display: flex;
        flex: none;
        align-items: center;
        gap: 4px;
        height: 20px;
        padding: 0 6px;
        line-height: 18px;
        color: var(--vscode-foreground);
        border: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
        border-radius: 2px;
        white-space: nowrap;
        font-variant-numeric: tabular-nums;
      }
      /* Room for larger numbers, so that what stands before does not move while they grow. */
      .chip.busy .long {
        min-width: 18em;
      }
      .chip .icon {
        width: 14px;
        color: var(--vscode-descriptionForeground);
      }
      .short {
        display: none;
      }
      .progress {
        position: absolute;
        left: 0;
        bottom: 0;
        width: 100%;
        height: 2px;
        pointer-events: none;
      }
      .done {
        height: 100%;
        background: var(--vscode-progressBar-background);
        transform-origin: left;
      }
      @container (max-width: 620px) {
        .long {
          display: none;
        }
        .short {
          display: inline;
        }
      }
      @container (max-width: 380px) {
        .chip .short {
          display: none;
        }
        .chip {
          padding: 0 2px;
        }
        .chip.busy {
          display: none;
        }
      }
      @media (forced-colors: active) {
        .done {
          background: Highlight;
          forced-color-adjust: none;
        }
      }
    `,
  ];

  @property() accessor filter = '';
  @property({ attribute: false }) accessor mistakes: readonly FilterMistake[] = [];
  @property({ attribute: false }) accessor state: ListState | undefined = undefined;
  @property({ attribute: false }) accessor history: readonly string[] = [];
  @property({ attribute: false }) accessor saved: readonly string[] = [];
  @property({ attribute: false }) accessor complete:
    ((text: string, at: number) => Promise<readonly FilterCompletion[]>) | undefined = undefined;
  @property({ attribute: false }) accessor check: FilterCheck | undefined = undefined;

  /** What stands in the field. */
  @state() accessor text = '';
  @state() private accessor isMenuOpen = false;
  @query('cl-filter-input') private accessor input: FilterInput | null = null;
  @query('.history') private accessor historyButton: HTMLElement | null = null;

  readonly #walk = new HistoryWalk();

  override focus(): void {
    this.input?.select();
  }

  /** Puts a text in and gives it the keyboard, for the user to go on with; nothing is applied. */
  prepare(text: string): void {
    void this.updateComplete.then(() => {
      this.input?.focus();
      this.input?.put(text);
    });
  }

  protected override updated(changed: ReadonlyMap<PropertyKey, unknown>): void {
    if (changed.has('filter')) this.#comeIntoForce(changed.get('filter'));
  }

  protected override render(): unknown {
    const { filter, text } = this;
    const name = text.trim();
    const isSaved = this.saved.includes(name);
    const isEdited = name !== filter.trim();
    return html`
      <div class="bar" role="search" aria-label=${t('Display filter')} @keydown=${this.#key}>
        <cl-filter-input
          .label=${t('Display filter')}
          .placeholder=${t('Filter packets, for example {0}', 'tcp.port == 443')}
          .mistakes=${this.mistakes}
          .check=${this.check}
          .complete=${this.complete}
          @filter-edited=${this.#edited}
          @filter-entered=${this.#entered}
        >
          <span slot="before" class="funnel">${funnelIcon}</span>
          ${
            isEdited && name !== ''
              ? this.#button('inside apply', t('Apply filter (Enter)'), applyIcon, this.#apply)
              : nothing
          }
          ${
            text !== '' || filter !== ''
              ? this.#button('inside clear', t('Clear filter'), clearIcon, this.#clear)
              : nothing
          }
        </cl-filter-input>
        ${this.#chip()}
        <button
          class="icon-button star"
          aria-pressed=${isSaved}
          aria-label=${t('Save filter')}
          title=${isSaved ? t('Remove from saved filters') : t('Save filter')}
          ?disabled=${name === ''}
          @click=${this.#toggleStar}
        >
          ${isSaved ? starredIcon : starIcon}
        </button>
        <button
          class="icon-button history"
          aria-haspopup="listbox"
          aria-expanded=${this.isMenuOpen}
          aria-label=${t('Saved and recent filters')}
          title=${t('Saved and recent filters (Alt+Up goes back through the recent ones)')}
          @click=${this.#toggleMenu}
        >
          ${moreIcon}
        </button>
      </div>
      ${this.#progress()}
      ${
        this.isMenuOpen
          ? html`<cl-filter-menu
              .history=${this.history}
              .saved=${this.saved}
              .opener=${this.historyButton ?? undefined}
              .done=${this.#menuDone}
              .forget=${this.#menuForget}
            ></cl-filter-menu>`
          : nothing
      }
    `;
  }

  #button(name: string, label: string, icon: unknown, run: () => void): unknown {
    return html`<button class="icon-button ${name}" aria-label=${label} title=${label} @click=${run}>
      ${icon}
    </button>`;
  }

  #chip(): unknown {
    const shown = shownText(this.state);
    if (!shown) return nothing;
    const { phase, stopped } = this.state ?? {};
    const isBusy = phase !== 'ready';
    return html`
      <div class="chip ${isBusy ? 'busy' : ''}" title=${shown.text}>
        ${isBusy ? nothing : stopped ? stopIcon : checkIcon}
        <span class="long">${shown.text}</span><span class="short">${shown.short}</span>
      </div>
      ${
        isBusy
          ? this.#button('stop', t('Stop'), stopIcon, () => {
              tell(this, 'stop-wanted', undefined);
            })
          : nothing
      }
    `;
  }

  #progress(): unknown {
    const share = shownText(this.state)?.share;
    if (share === undefined) return nothing;
    const bounded = Math.min(1, Math.max(0, share));
    return html`<div
      class="progress"
      role="progressbar"
      aria-label=${t('Filter')}
      aria-valuemin="0"
      aria-valuemax="100"
      aria-valuenow=${Math.floor(bounded * 100)}
    >
      <div class="done" .style=${`transform: scaleX(${bounded})`}></div>
    </div>`;
  }

  get #kept(): RememberedFilters {
    return { history: this.history, saved: this.saved };
  }

  /** The filter in force has changed: it is shown, unless the user is writing the next one already. */
  #comeIntoForce(before: unknown): void {
    const isBeingEdited =
      this.input?.matches(':focus-within') === true && this.text !== before && this.text !== this.filter;
    if (!isBeingEdited) this.input?.put(this.filter);
    if (this.filter.trim() !== '' && this.history[0] !== this.filter.trim())
      tell(this, 'filters-kept', withApplied(this.#kept, this.filter));
  }

  readonly #edited = (event: ViewEvent<'filter-edited'>): void => {
    this.text = event.detail;
  };

  readonly #entered = (event: ViewEvent<'filter-entered'>): void => {
    tell(this, 'filter-wanted', event.detail.text.trim());
  };

  readonly #apply = (): void => {
    tell(this, 'filter-wanted', this.text.trim());
    this.input?.focus();
  };

  readonly #clear = (): void => {
    this.input?.focus();
    this.input?.put('');
    if (this.filter !== '') tell(this, 'filter-wanted', '');
  };

  readonly #toggleStar = (): void => {
    tell(this, 'filters-kept', withStarToggled(this.#kept, this.text));
  };

  readonly #toggleMenu = (): void => {
    this.isMenuOpen = !this.isMenuOpen;
  };

  readonly #menuDone = (choice: FilterChoice): void => {
    this.isMenuOpen = false;
    if (choice.text === undefined) {
      if (choice.keepsFocus) this.historyButton?.focus();
      return;
    }
    this.input?.focus();
    this.input?.put(choice.text);
    tell(this, 'filter-wanted', choice.text);
  };

  readonly #menuForget = (text: string, from: keyof RememberedFilters): void => {
    const removed = from === 'saved' ? withStarToggled(this.#kept, text) : withoutApplied(this.#kept, text);
    tell(this, 'filters-kept', removed);
  };

  readonly #key = (event: KeyboardEvent): void => {
    const { key, altKey, ctrlKey, metaKey } = event;
    if (event.defaultPrevented || event.isComposing) return;
    const isInField = event.target === this.input;
    const isPlain = !altKey && !ctrlKey && !metaKey;
    if (isInField && altKey && (key === 'ArrowUp' || key === 'ArrowDown')) {
      const text = this.#walk.step(this.text, this.history, key === 'ArrowUp' ? 'older' : 'newer');
      if (text !== undefined) this.input?.put(text);
      event.preventDefault();
    } else if (isPlain && key === 'Escape') {
      if (isInField && this.text !== this.filter) this.input?.put(this.filter);
      else tell(this, 'pane-wanted', 'list');
      event.preventDefault();
    } else if (!isPlain || key.length > 1) return;
    // Plain letters typed here are no commands of the view or the workbench.
    event.stopPropagation();
  };
}
