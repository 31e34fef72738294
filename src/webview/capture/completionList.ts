import { LitElement, css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { FilterCompletion } from '../../rpc/packetList.js';
import { harmless } from '../harmless.js';
import { t } from '../l10n.js';
import { completionIcons } from './filterIcons.js';

const rowHeight = 22;
const rowsInView = 12;
/** Rows drawn beyond those in view, so that scrolling never shows a gap. */
const spareRows = 4;

/** The id of an option; options stand in the tree of whoever shows the list, so that its field can point at them. */
export function optionId(index: number): string {
  return `option-${index}`;
}

const kindNames: Readonly<Record<FilterCompletion['kind'], string>> = {
  field: 'Field',
  protocol: 'Protocol',
  value: 'Value',
  operator: 'Operator',
  function: 'Function',
};

/** For whoever shows the list: it draws into the tree around it, where its own styles would not reach. */
export const completionListStyle = css`
  cl-completion-list {
    display: block;
    width: 640px;
    max-height: min(266px, calc(100vh - 64px));
    font-family: var(--vscode-editor-font-family, monospace);
    font-size: var(--vscode-editor-font-size, 13px);
  }
  cl-completion-list .all {
    position: relative;
  }
  cl-completion-list .option {
    position: absolute;
    left: 0;
    right: 0;
    display: flex;
    align-items: center;
    gap: 8px;
  }
  cl-completion-list .option.first:not([aria-selected='true']) {
    background: var(--vscode-list-inactiveSelectionBackground);
    outline: 1px dotted var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -1px;
  }
  cl-completion-list .name {
    flex: none;
    max-width: 60%;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  cl-completion-list .typed {
    color: var(--vscode-editorSuggestWidget-highlightForeground, var(--vscode-list-highlightForeground));
    font-weight: bold;
  }
  cl-completion-list [aria-selected='true'] .typed {
    color: var(
      --vscode-editorSuggestWidget-focusHighlightForeground,
      var(--vscode-list-focusHighlightForeground, inherit)
    );
  }
  cl-completion-list .help,
  cl-completion-list .detail {
    overflow: hidden;
    text-overflow: ellipsis;
    font-family: var(--vscode-font-family, sans-serif);
    font-size: 12px;
    color: var(--vscode-descriptionForeground);
  }
  cl-completion-list [aria-selected='true'] :is(.help, .detail, .icon) {
    color: inherit;
  }
  cl-completion-list .help {
    flex: 1 1 0;
    min-width: 0;
  }
  cl-completion-list .detail {
    flex: 0 1 auto;
    max-width: 40%;
    text-align: right;
  }
`;

/**
 * What can stand at a place of a filter: a list of which one row, or none, is chosen. The keyboard stays in the field
 * that the list belongs to. Only the rows in view are drawn.
 */
@customElement('cl-completion-list')
export class CompletionList extends LitElement {
  @property({ attribute: false }) accessor items: readonly FilterCompletion[] = [];
  /** Index of the chosen row; -1 when none is. */
  @property({ type: Number }) accessor chosen = -1;
  /** True when Tab takes the first row while none is chosen, which is then shown on it. */
  @property({ type: Boolean }) accessor offersFirst = false;
  /** What is in the field already, to be made out in the rows. */
  @property() accessor typed = '';
  /** A row was clicked. */
  @property({ attribute: false }) accessor take: (index: number) => void = () => undefined;
  @state() private accessor top = 0;

  /** How far Page Up and Page Down go. */
  static readonly page = rowsInView - 1;
  /** Pixels, where there is room. */
  static readonly width = 640;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.role = 'listbox';
    this.classList.add('drop-down');
    this.addEventListener('pointerdown', this.#keepFocus);
    this.addEventListener('click', this.#click);
    this.addEventListener('scroll', this.#scrolled);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('pointerdown', this.#keepFocus);
    this.removeEventListener('click', this.#click);
    this.removeEventListener('scroll', this.#scrolled);
  }

  protected override updated(changed: ReadonlyMap<PropertyKey, unknown>): void {
    if (changed.has('items')) this.#scrollTo(0);
    if (changed.has('chosen') && this.chosen >= 0) {
      const row = this.chosen * rowHeight;
      const room = this.clientHeight;
      if (row < this.scrollTop) this.#scrollTo(row);
      else if (row + rowHeight > this.scrollTop + room) this.#scrollTo(row + rowHeight - room);
    }
  }

  protected override render(): unknown {
    const first = Math.max(0, Math.floor(this.top / rowHeight) - spareRows);
    const shown = this.items.slice(first, first + rowsInView + 2 * spareRows);
    return html`<div class="all" role="none" .style=${`height: ${this.items.length * rowHeight}px`}>
      ${shown.map((item, at) => this.#option(item, first + at))}
    </div>`;
  }

  #option(item: FilterCompletion, index: number): unknown {
    const text = harmless(item.text, 200);
    const typed = text.toLowerCase().startsWith(this.typed.toLowerCase()) ? this.typed.length : 0;
    return html`<div
      class="option ${this.offersFirst && index === 0 && this.chosen < 0 ? 'first' : ''}"
      id=${optionId(index)}
      role="option"
      aria-selected=${index === this.chosen}
      aria-setsize=${this.items.length}
      aria-posinset=${index + 1}
      data-index=${index}
      title=${harmless(item.help)}
      .style=${`top: ${index * rowHeight}px`}
    >
      ${completionIcons[item.kind]}<span class="unseen">${t(kindNames[item.kind])}</span>
      <span class="name"><span class="typed">${text.slice(0, typed)}</span>${text.slice(typed)}</span>
      <span class="help">${harmless(item.help)}</span>
      <span class="detail">${harmless(item.detail)}</span>
    </div>`;
  }

  #scrollTo(top: number): void {
    this.scrollTop = top;
    this.top = this.scrollTop;
  }

  readonly #scrolled = (): void => {
    this.top = this.scrollTop;
  };

  /** A press on the list must not take the keyboard out of the field. */
  readonly #keepFocus = (event: Event): void => {
    event.preventDefault();
  };

  readonly #click = (event: MouseEvent): void => {
    const row = event.target instanceof Element ? event.target.closest('.option') : null;
    if (row instanceof HTMLElement) this.take(Number(row.dataset['index']));
  };
}
