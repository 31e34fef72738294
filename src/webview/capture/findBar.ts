/**
 * The find bar.
 *
 * Properties: `state`, how the last search stands; `last`, what was looked for when the bar was open before, to begin
 * with; `complete` and `check`, who knows the filter language.
 * Methods: `focus()` selects the pattern; `find(backwards)` looks for the pattern again, as F3 does.
 * Events: `find-wanted` (a FindOrder without `from`), `stop-wanted`, `dismissed` (with the keyboard to be put back).
 */
import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { grouped } from '../../core/base/words.js';
import { shareText } from '../../core/base/amounts.js';
import type { FilterCompletion, FilterMistake, FindOrder } from '../../rpc/packetList.js';
import { t } from '../l10n.js';
import { bytePattern } from './bytePattern.js';
import { controlStyle } from './controlStyle.js';
import { clearIcon, downIcon, letterCaseIcon, stopIcon, treeIcon, upIcon } from './filterIcons.js';
import './filterInput.js';
import type { FilterInput } from './filterInput.js';
import type { FilterCheck } from './filterJudge.js';
import { partStyle } from './styles.js';
import { tell, type ViewEvent } from './viewEvents.js';

/** How a search stands. */
export type FindState =
  | { readonly phase: 'idle' | 'absent' | 'stopped' }
  /** `share`: how far, 0 to 1. */
  | { readonly phase: 'finding'; readonly share: number }
  /** `wrapped`: the search went on at the other end of the list. */
  | { readonly phase: 'found'; readonly number: number; readonly wrapped: boolean }
  | { readonly phase: 'wrong'; readonly mistakes: readonly FilterMistake[] };

type What = FindOrder['what'];

const noMistakes: readonly FilterMistake[] = [];

/** The small box over the list that looks for a text, for bytes, or for the next packet that a filter matches. */
@customElement('cl-find-bar')
export class FindBar extends LitElement {
  static override styles = [
    partStyle,
    controlStyle,
    css`
      :host {
        position: absolute;
        z-index: 4;
        top: 0;
        right: 28px;
        width: min(560px, calc(100% - 56px));
        color: var(--vscode-editorWidget-foreground);
        background: var(--vscode-editorWidget-background);
        border: 1px solid var(--vscode-editorWidget-border, var(--vscode-contrastBorder));
        border-top: none;
        container-type: inline-size;
      }
      .bar {
        display: flex;
        align-items: center;
        gap: 4px;
        height: 30px;
        padding: 0 4px;
      }
      select {
        flex: none;
        height: 22px;
        padding: 0 4px;
        font: inherit;
        color: var(--vscode-dropdown-foreground, var(--vscode-foreground));
        background: var(--vscode-dropdown-background, var(--vscode-input-background));
        border: 1px solid var(--vscode-dropdown-border, var(--vscode-panel-border));
        border-radius: 2px;
      }
      select:focus-visible {
        outline: 1px solid var(--vscode-focusBorder);
        outline-offset: -1px;
      }
      cl-filter-input {
        flex: 1;
      }
      .inside {
        height: 18px;
      }
      .outcome {
        flex: none;
        max-width: 14em;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        font-variant-numeric: tabular-nums;
      }
      .outcome.none {
        color: var(--vscode-errorForeground);
      }
      /* Short searches end before there is anything to say of them. */
      .share,
      .stop:not([data-idle]) {
        animation: appear 0s 250ms both;
      }
      @keyframes appear {
        from {
          visibility: hidden;
        }
      }
      /* Its place is kept, so that the buttons stay under the pointer. */
      .stop[data-idle] {
        visibility: hidden;
      }
      .progress {
        position: absolute;
        left: 0;
        bottom: 0;
        width: 100%;
        height: 2px;
        background: var(--vscode-progressBar-background);
        transform-origin: left;
        pointer-events: none;
      }
      @container (max-width: 400px) {
        .outcome {
          max-width: 6em;
        }
      }
      @media (forced-colors: active) {
        .progress {
          background: Highlight;
          forced-color-adjust: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) accessor state: FindState = { phase: 'idle' };
  @property({ attribute: false }) accessor last: Omit<FindOrder, 'from'> | undefined = undefined;
  @property({ attribute: false }) accessor complete:
    ((text: string, at: number) => Promise<readonly FilterCompletion[]>) | undefined = undefined;
  @property({ attribute: false }) accessor check: FilterCheck | undefined = undefined;

  @state() private accessor what: What = 'text';
  @state() private accessor pattern = '';
  @state() private accessor caseSensitive = false;
  @state() private accessor inTree = false;
  /** What is wrong with the bytes. */
  @state() private accessor mistakes = noMistakes;
  /** The pattern has changed since the search whose outcome is known. */
  @state() private accessor isNew = true;
  @query('cl-filter-input') private accessor input: FilterInput | null = null;

  override focus(): void {
    this.input?.select();
  }

  /** Looks for the pattern: the next packet, or the one before. Without a pattern, the field gets the keyboard. */
  find(backwards: boolean): void {
    const pattern = this.what === 'bytes' ? bytePattern(this.pattern) : this.pattern;
    if (this.pattern.trim() === '') {
      this.focus();
      return;
    }
    if (pattern === undefined) {
      const message = t('Enter whole bytes as hex digits, for example {0}', '0a 00 00 55');
      this.mistakes = [{ start: 0, end: this.pattern.length, message }];
      return;
    }
    this.isNew = false;
    const { what, caseSensitive, inTree } = this;
    tell(this, 'find-wanted', {
      what,
      pattern: what === 'filter' ? pattern.trim() : pattern,
      backwards,
      ...(what === 'text' ? { caseSensitive, inTree } : {}),
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.what = this.last?.what ?? 'text';
    this.caseSensitive = this.last?.caseSensitive === true;
    this.inTree = this.last?.inTree === true;
  }

  protected override firstUpdated(): void {
    void this.input?.updateComplete.then(() => {
      this.input?.put(this.last?.pattern ?? '');
      this.focus();
    });
  }

  protected override willUpdate(changed: ReadonlyMap<PropertyKey, unknown>): void {
    if (changed.has('state')) this.mistakes = this.state.phase === 'wrong' ? this.state.mistakes : noMistakes;
  }

  protected override render(): unknown {
    const isFilter = this.what === 'filter';
    const { phase } = this.state;
    return html`
      <div class="bar" role="search" aria-label=${t('Find packets')} @keydown=${this.#key}>
        <select aria-label=${t('Look for')} .value=${this.what} @change=${this.#choose}>
          <option value="text">${t('Text')}</option>
          <option value="bytes">${t('Bytes')}</option>
          <option value="filter">${t('Filter')}</option>
        </select>
        <cl-filter-input
          .label=${t('Find')}
          .placeholder=${this.#placeholder()}
          .mistakes=${this.mistakes}
          .check=${isFilter ? this.check : undefined}
          .complete=${isFilter ? this.complete : undefined}
          @filter-edited=${this.#edited}
          @filter-entered=${(event: ViewEvent<'filter-entered'>) => {
            this.find(event.detail.isShifted);
          }}
        >
          ${
            this.what === 'text'
              ? html`
                  ${this.#toggle(t('Match case (Alt+C)'), letterCaseIcon, this.caseSensitive, this.#toggleCase)}
                  ${this.#toggle(t('Look in all fields of the packets (Alt+T)'), treeIcon, this.inTree, this.#toggleTree)}
                `
              : nothing
          }
        </cl-filter-input>
        <span class="outcome ${phase === 'absent' ? 'none' : ''}">
          <span role="status">${this.#outcome()}</span>
          ${
            phase === 'finding'
              ? html`<span class="share" aria-hidden="true">${shareText(this.state.share, 1)}</span>`
              : nothing
          }
        </span>
        ${this.#button(t('Previous (Shift+Enter)'), upIcon, () => {
          this.find(true);
        })}
        ${this.#button(t('Next (Enter)'), downIcon, () => {
          this.find(false);
        })}
        <span class="stop" ?data-idle=${phase !== 'finding'}>
          ${this.#button(t('Stop'), stopIcon, () => {
            tell(this, 'stop-wanted', undefined);
          })}
        </span>
        ${this.#button(t('Close (Escape)'), clearIcon, () => {
          tell(this, 'dismissed', undefined);
        })}
      </div>
      ${this.#progress()}
    `;
  }

  #button(label: string, icon: unknown, run: () => void): unknown {
    return html`<button class="icon-button" aria-label=${label} title=${label} @click=${run}>
      ${icon}
    </button>`;
  }

  #toggle(label: string, icon: unknown, isOn: boolean, run: () => void): unknown {
    return html`<button
      class="icon-button inside"
      aria-pressed=${isOn}
      aria-label=${label}
      title=${label}
      @click=${run}
    >
      ${icon}
    </button>`;
  }

  #placeholder(): string {
    switch (this.what) {
      case 'text':
        return this.inTree ? t('Text in any field') : t('Text in the list');
      case 'bytes':
        return t('Hex digits, for example {0}', '0a 00 00 55');
      case 'filter':
        return t('Display filter');
    }
  }

  #outcome(): string {
    const { state } = this;
    if (this.isNew) return '';
    switch (state.phase) {
      case 'idle':
      case 'finding':
      case 'wrong':
        return '';
      case 'absent':
        return t('Not found');
      case 'stopped':
        return t('Stopped');
      case 'found':
        return state.wrapped
          ? t('Packet {0}, wrapped', grouped(state.number))
          : t('Packet {0}', grouped(state.number));
    }
  }

  #progress(): unknown {
    if (this.state.phase !== 'finding') return nothing;
    const share = Math.min(1, Math.max(0, this.state.share));
    return html`<div
      class="progress"
      role="progressbar"
      aria-label=${t('Find')}
      aria-valuemin="0"
      aria-valuemax="100"
      aria-valuenow=${Math.floor(share * 100)}
      .style=${`transform: scaleX(${share})`}
    ></div>`;
  }

  readonly #edited = (event: ViewEvent<'filter-edited'>): void => {
    this.pattern = event.detail;
    this.#changed();
  };

  /** Something else is looked for now. */
  #changed(): void {
    this.mistakes = noMistakes;
    this.isNew = true;
  }

  readonly #choose = (event: Event): void => {
    const chosen = event.target instanceof HTMLSelectElement ? event.target.value : '';
    this.what = chosen === 'bytes' || chosen === 'filter' ? chosen : 'text';
    this.#changed();
    this.focus();
  };

  readonly #toggleCase = (): void => {
    this.caseSensitive = !this.caseSensitive;
    this.#changed();
  };

  readonly #toggleTree = (): void => {
    this.inTree = !this.inTree;
    this.#changed();
  };

  readonly #key = (event: KeyboardEvent): void => {
    const { key, altKey, ctrlKey, metaKey, shiftKey } = event;
    if (event.defaultPrevented || event.isComposing) return;
    const isPlain = !altKey && !ctrlKey && !metaKey;
    if (isPlain && key === 'Escape') tell(this, 'dismissed', undefined);
    else if (isPlain && key === 'F3') this.find(shiftKey);
    else if (altKey && event.code === 'KeyC' && this.what === 'text') this.#toggleCase();
    else if (altKey && event.code === 'KeyT' && this.what === 'text') this.#toggleTree();
    else {
      if (isPlain && key.length === 1) event.stopPropagation();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
}
