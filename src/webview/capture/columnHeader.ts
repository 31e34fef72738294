import { LitElement, css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { shareText } from '../../core/base/amounts.js';
import type { ListSort } from '../../rpc/packetList.js';
import { harmless } from '../harmless.js';
import { t } from '../l10n.js';
import { boundedWidth, columnAlign, columnTitle, columnWidth, type ListColumn } from './columns.js';
import { drawing } from './icons.js';
import { partStyle } from './styles.js';
import { tell } from './viewEvents.js';

/** How far an arrow key moves the edge of a column. */
const keyStep = 8;
/** A press that moves less than this is a click. */
const dragAfter = 5;

/**
 * The header row of the packet list. A title sorts by click or Enter, moves by drag or Alt with an arrow key, and is
 * sized by the grip at its end or Shift with an arrow key (Shift and Enter fits it); Delete hides the column.
 */
@customElement('cl-column-header')
export class ColumnHeader extends LitElement {
  static override styles = [
    partStyle,
    css`
      :host {
        display: grid;
        grid-template-columns: var(--tracks);
        flex: none;
        height: 23px;
        line-height: 22px;
        color: var(--vscode-foreground);
        background: var(--vscode-keybindingTable-headerBackground, var(--vscode-editor-background));
        border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder));
        font-family: var(--vscode-font-family, sans-serif);
        font-size: var(--vscode-font-size, 13px);
        font-weight: 600;
        user-select: none;
        cursor: default;
      }
      .title {
        position: relative;
        display: flex;
        padding: 0 8px;
        min-width: 0;
        outline: none;
        touch-action: none;
      }
      .title:hover {
        background: var(--vscode-list-hoverBackground);
      }
      .title:focus-visible {
        outline: 1px solid var(--vscode-focusBorder);
        outline-offset: -2px;
      }
      .title.dragged {
        opacity: 0.5;
      }
      .title.place {
        box-shadow: inset 2px 0 var(--vscode-focusBorder);
      }
      .title.place.after {
        box-shadow: inset -2px 0 var(--vscode-focusBorder);
      }
      .text {
        flex: 1;
        min-width: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .end {
        text-align: right;
      }
      .drawing {
        flex: none;
        align-self: center;
        width: 12px;
        height: 12px;
        margin-left: 2px;
      }
      .share {
        flex: none;
        margin-left: 4px;
        font-weight: 400;
        color: var(--vscode-descriptionForeground);
      }
      .grip {
        position: absolute;
        z-index: 1;
        top: 0;
        bottom: 0;
        right: -4px;
        width: 8px;
        cursor: col-resize;
        touch-action: none;
      }
      .title:last-child .grip {
        right: 0;
      }
      .grip::after {
        content: '';
        position: absolute;
        top: 4px;
        bottom: 4px;
        left: 3px;
        border-left: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder));
      }
      .grip:hover::after,
      .grip.dragged::after {
        top: 0;
        bottom: 0;
        border-left: 2px solid var(--vscode-sash-hoverBorder, var(--vscode-focusBorder));
      }
    `,
  ];

  /** The columns that are shown. */
  @property({ attribute: false }) accessor columns: readonly ListColumn[] = [];
  @property({ attribute: false }) accessor widths: Readonly<Record<string, number>> = {};
  @property({ attribute: false }) accessor sort: ListSort | undefined = undefined;
  /** How far sorting has come, 0 to 1, while it goes on. */
  @property({ type: Number }) accessor share: number | undefined = undefined;
  /** The width in pixels that shows all of a column's texts on screen. */
  @property({ attribute: false }) accessor fit: (column: ListColumn) => number = (column) =>
    columnWidth(column, this.widths);

  /** The title that Tab goes to, by column id. */
  @state() accessor #current = '';
  /** The title that is dragged, and the one whose place it would take. */
  @state() accessor #dragged: { readonly id: string; readonly over: string } | undefined = undefined;

  /** The keyboard goes with the column once it is in its new place. */
  #isFocusDue = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.role = 'row';
    this.addEventListener('keydown', this.#key);
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!this.#isFocusDue || !changed.has('columns')) return;
    this.#isFocusDue = false;
    this.focus();
  }

  protected override render(): unknown {
    const current = this.columns.find(({ id }) => id === this.#current) ?? this.columns[0];
    return this.columns.map((column, index) => {
      const { sort } = this;
      const isSorted = sort?.column === column.id;
      const isPlace = this.#dragged?.over === column.id && this.#dragged.id !== column.id;
      return html`
        <div
          class="title ${columnAlign(column)} ${this.#dragged?.id === column.id ? 'dragged' : ''} ${
            isPlace ? 'place' : ''
          } ${isPlace && this.#isBefore(this.#dragged?.id, column.id) ? 'after' : ''}"
          role="columnheader"
          tabindex=${column === current ? 0 : -1}
          aria-colindex=${index + 1}
          aria-sort=${isSorted ? (sort.descending ? 'descending' : 'ascending') : 'none'}
          title=${this.#help(column)}
          data-column=${column.id}
          @focus=${() => {
            this.#current = column.id;
          }}
          @pointerdown=${(event: PointerEvent) => {
            this.#press(event, column);
          }}
        >
          <div class="text">${harmless(columnTitle(column))}</div>
          ${isSorted ? drawing(sort.descending ? 'descending' : 'ascending') : nothing}
          ${
            isSorted && this.share !== undefined
              ? html`<span class="share">${shareText(this.share, 1)}</span>`
              : nothing
          }
          <div
            class="grip"
            title=${t('Drag to resize, double-click to fit')}
            @pointerdown=${(event: PointerEvent) => {
              this.#grasp(event, column);
            }}
            @dblclick=${() => {
              this.#size(column, this.fit(column));
            }}
          ></div>
        </div>
      `;
    });
  }

  #help(column: ListColumn): string {
    const field = column.field === undefined ? '' : `${harmless(column.field)}\n`;
    return field + t('Click to sort, drag to move');
  }

  #isBefore(one: string | undefined, other: string): boolean {
    const ids = this.columns.map(({ id }) => id);
    return ids.indexOf(one ?? '') < ids.indexOf(other);
  }

  /** A click sorts; a drag moves the column to where it is let go. */
  #press(event: PointerEvent, column: ListColumn): void {
    const title = event.currentTarget;
    if (event.button !== 0 || !(title instanceof HTMLElement)) return;
    title.setPointerCapture(event.pointerId);
    let isDrag = false;
    const follow = (move: PointerEvent): void => {
      isDrag ||= Math.abs(move.clientX - event.clientX) > dragAfter;
      if (isDrag) this.#dragged = { id: column.id, over: this.#columnAt(move.clientX) ?? column.id };
    };
    const cancel = (): void => {
      isDrag = true;
      this.#dragged = undefined;
    };
    const release = (): void => {
      title.removeEventListener('pointermove', follow);
      title.removeEventListener('pointercancel', cancel);
      const dragged = this.#dragged;
      this.#dragged = undefined;
      if (dragged) tell(this, 'column-moved', { id: dragged.id, place: dragged.over });
      else if (!isDrag) this.#sort(column);
    };
    title.addEventListener('pointermove', follow);
    title.addEventListener('pointercancel', cancel);
    title.addEventListener('lostpointercapture', release, { once: true });
  }

  #columnAt(x: number): string | undefined {
    for (const title of this.renderRoot.querySelectorAll<HTMLElement>('.title')) {
      const { left, right } = title.getBoundingClientRect();
      if (x >= left && x < right) return title.dataset['column'];
    }
    return undefined;
  }

  /** In the order of the column, then in the reverse of it, then in that of the file. */
  #sort({ id }: ListColumn): void {
    const { sort } = this;
    const isSorted = sort?.column === id;
    const next = !isSorted
      ? { column: id, descending: false }
      : sort.descending
        ? undefined
        : { column: id, descending: true };
    tell(this, 'sort-wanted', next);
  }

  readonly #key = (event: KeyboardEvent): void => {
    const at = this.columns.findIndex(({ id }) => id === this.#current);
    const column = this.columns[at];
    if (!column || event.ctrlKey || event.metaKey) return;
    const by = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
    if (by !== 0 && event.altKey) this.#move(column, at + by);
    else if (by !== 0 && event.shiftKey) this.#size(column, columnWidth(column, this.widths) + by * keyStep);
    else if (by !== 0) this.#focusAt(at + by);
    else if (event.altKey) return;
    else if (event.key === 'Enter' && event.shiftKey) this.#size(column, this.fit(column));
    else if (event.key === 'Enter' || event.key === ' ') this.#sort(column);
    else if (event.key === 'Home') this.#focusAt(0);
    else if (event.key === 'End') this.#focusAt(this.columns.length - 1);
    else if (event.key === 'Delete') this.#hide(column, at);
    else if (event.key === 'ArrowDown' || event.key === 'Escape') tell(this, 'pane-wanted', 'list');
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  #move(column: ListColumn, to: number): void {
    const place = this.columns[to];
    if (!place) return;
    this.#isFocusDue = true;
    tell(this, 'column-moved', { id: column.id, place: place.id });
  }

  #hide(column: ListColumn, at: number): void {
    const next = this.columns[at + 1] ?? this.columns[at - 1];
    if (!next) return;
    this.#current = next.id;
    this.#isFocusDue = true;
    tell(this, 'column-dropped', column.id);
  }

  #focusAt(at: number): void {
    const titles = this.renderRoot.querySelectorAll<HTMLElement>('.title');
    titles[Math.min(titles.length - 1, Math.max(0, at))]?.focus();
  }

  /** Sizes a column for as long as the pointer holds its grip. */
  #grasp(event: PointerEvent, column: ListColumn): void {
    const grip = event.currentTarget;
    event.stopPropagation();
    if (event.button !== 0 || !(grip instanceof HTMLElement)) return;
    event.preventDefault();
    const before = columnWidth(column, this.widths);
    const follow = (move: PointerEvent): void => {
      this.#size(column, before + move.clientX - event.clientX);
    };
    grip.setPointerCapture(event.pointerId);
    grip.classList.add('dragged');
    grip.addEventListener('pointermove', follow);
    grip.addEventListener(
      'lostpointercapture',
      (event) => {
        event.stopPropagation();
        grip.classList.remove('dragged');
        grip.removeEventListener('pointermove', follow);
      },
      { once: true },
    );
  }

  #size(column: ListColumn, width: number): void {
    const bounded = boundedWidth(width);
    if (bounded !== columnWidth(column, this.widths))
      tell(this, 'columns-sized', { ...this.widths, [column.id]: bounded });
  }
}
