import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { PacketRow } from '../../rpc/capture.js';
import { harmless } from '../harmless.js';
import { t } from '../l10n.js';
import './columnHeader.js';
import { columnTracks, columns, type Column } from './columns.js';
import { warningMark } from './icons.js';
import type { RowCache } from './rowCache.js';
import './scrollBar.js';
import { centrePosition, clampPosition, revealPosition, rowHeight } from './scrollGeometry.js';
import { partStyle, rowStyle } from './styles.js';
import { tell, type ViewEvent } from './viewEvents.js';

/**
 * The packet list: a grid of any length. It stands at a row number (see scrollGeometry), shows it in as many row
 * elements as fit on screen, and rewrites their text when it moves. Rows that are not here yet show their number.
 */
@customElement('cl-packet-list')
export class PacketList extends LitElement {
  static override styles = [
    partStyle,
    rowStyle,
    css`
      :host {
        display: flex;
        overflow: hidden;
        font-family: var(--vscode-editor-font-family, monospace);
        font-size: var(--vscode-editor-font-size, 13px);
      }
      .grid {
        flex: 1;
        min-width: 0;
        display: flex;
        flex-direction: column;
        overflow: auto hidden;
        outline: none;
      }
      .grid.unselected:focus-visible {
        outline: 1px solid var(--vscode-focusBorder);
        outline-offset: -1px;
      }
      .view {
        flex: 1;
        min-height: 0;
        min-width: min-content;
        overflow: hidden;
      }
      .row {
        display: grid;
      }
      .cell {
        padding: 0 8px;
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .end {
        text-align: right;
      }
    `,
  ];

  @property({ attribute: false }) accessor rows: RowCache | undefined = undefined;
  /** Grows with every change of what `rows` holds; that object itself stays the same. */
  @property({ type: Number }) accessor revision = 0;
  @property({ type: Number }) accessor total = 0;
  /** Number of the selected packet, 0 when none. */
  @property({ type: Number }) accessor selected = 0;
  @property({ attribute: false }) accessor widths: Readonly<Record<string, number>> = {};

  /** Where the list was last told to stand; while a file is still indexed that can be beyond its end. */
  @state() private accessor wanted = 0;
  @state() private accessor viewRows = 0;
  @query('.grid') private accessor grid: HTMLElement | null = null;
  @query('.view') private accessor view: HTMLElement | null = null;

  readonly #sizes = new ResizeObserver(() => {
    this.viewRows = (this.view?.clientHeight ?? 0) / rowHeight;
  });

  /** The row at the upper edge, with its fraction. */
  get position(): number {
    return clampPosition(this.wanted, this.total, this.viewRows);
  }

  /** Moves the list. */
  stand(position: number): void {
    this.wanted = Math.max(0, position);
  }

  /** Moves the list no further than needed to show a packet. */
  reveal(number: number): void {
    this.wanted = Math.max(0, revealPosition(number - 1, this.position, this.viewRows));
  }

  /** Shows a packet in the middle, unless it is on screen already. */
  centre(number: number): void {
    this.wanted = Math.max(0, centrePosition(number - 1, this.position, this.viewRows));
  }

  override focus(): void {
    this.grid?.focus();
  }

  protected override firstUpdated(): void {
    if (this.view) this.#sizes.observe(this.view);
  }

  protected override updated(changed: PropertyValues<this>): void {
    this.rows?.want(Math.floor(this.position), Math.ceil(this.viewRows) + 1);
    if ((changed as Map<string, unknown>).has('wanted')) tell(this, 'list-scrolled', this.wanted);
  }

  protected override render(): unknown {
    const position = this.position;
    const first = Math.floor(position);
    const count = Math.min(Math.ceil(this.viewRows) + 1, this.total - first);
    const isActiveShown = this.selected > first && this.selected <= first + count;
    const lines: TemplateResult[] = [];
    for (let index = first; index < first + count; index++) lines.push(this.#row(index));
    return html`
      <div
        class=${this.selected > 0 ? 'grid' : 'grid unselected'}
        role="grid"
        tabindex="0"
        aria-label=${t('Packets')}
        aria-rowcount=${this.total + 1}
        aria-colcount=${columns.length}
        aria-activedescendant=${isActiveShown ? `packet-${this.selected}` : nothing}
        @keydown=${this.#key}
      >
        <cl-column-header
          aria-rowindex="1"
          .widths=${this.widths}
          .fit=${this.#fit}
          @columns-sized=${(event: ViewEvent<'columns-sized'>) => {
            tell(this, 'columns-sized', event.detail);
          }}
        ></cl-column-header>
        <div class="view" role="rowgroup" @wheel=${this.#wheel} @pointerdown=${this.#press}>
          <div .style=${`transform: translateY(${(first - position) * rowHeight}px)`}>${lines}</div>
        </div>
      </div>
      <cl-scroll-bar
        .position=${position}
        .rows=${this.total}
        .viewRows=${this.viewRows}
        @bar-moved=${(event: ViewEvent<'bar-moved'>) => {
          this.stand(event.detail);
        }}
      ></cl-scroll-bar>
    `;
  }

  #row(index: number): TemplateResult {
    const row = this.rows?.row(index);
    const number = index + 1;
    const isSelected = number === this.selected;
    const isProblem = row?.tone === 'problem';
    return html`
      <div
        class="row ${isSelected ? 'selected' : ''} ${isProblem ? 'problem' : ''}"
        id="packet-${number}"
        role="row"
        aria-rowindex=${number + 1}
        aria-selected=${isSelected}
        data-number=${number}
        .style=${`grid-template-columns: ${columnTracks(this.widths)}`}
      >
        ${columns.map((column) => this.#cell(column, row, number))}
      </div>
    `;
  }

  #cell(column: Column, row: PacketRow | undefined, number: number): TemplateResult {
    const text = row ? harmless(column.text(row)) : column.id === 'number' ? String(number) : '';
    const mark = column.id === 'info' && row?.tone === 'problem' ? warningMark(t('Problem')) : nothing;
    return html`<div class="cell ${column.align}" role="gridcell" @pointerenter=${this.#explain}>
      ${mark}<span class="text">${text}</span>
    </div>`;
  }

  /** A text that is cut off on screen is shown whole while the pointer rests on it. */
  readonly #explain = (event: PointerEvent): void => {
    const cell = event.currentTarget;
    if (cell instanceof HTMLElement)
      cell.title = cell.scrollWidth > cell.clientWidth ? cell.innerText.trim() : '';
  };

  readonly #wheel = {
    passive: false,
    handleEvent: (event: WheelEvent): void => {
      if (event.ctrlKey || event.shiftKey || event.deltaY === 0) return;
      event.preventDefault();
      const rows =
        event.deltaMode === WheelEvent.DOM_DELTA_PIXEL
          ? event.deltaY / rowHeight
          : event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_PAGE ? this.viewRows : 1);
      this.stand(clampPosition(this.position + rows, this.total, this.viewRows));
    },
  };

  readonly #press = (event: PointerEvent): void => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('.row') : null;
    const number = Number(row?.dataset['number']);
    if (number > 0) this.#select(number);
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.altKey || event.metaKey || event.ctrlKey) return;
    if (event.key === 'Enter') {
      tell(this, 'pane-wanted', 'tree');
    } else {
      const page = Math.max(1, Math.floor(this.viewRows) - 1);
      const targets: Readonly<Record<string, number>> = {
        ArrowUp: this.selected - 1,
        ArrowDown: this.selected + 1,
        PageUp: this.selected - page,
        PageDown: this.selected + page,
        Home: 1,
        End: this.total,
      };
      const target = targets[event.key];
      if (target === undefined || this.total === 0) return;
      this.#select(Math.min(this.total, Math.max(1, target)));
    }
    event.preventDefault();
  };

  #select(number: number): void {
    this.reveal(number);
    tell(this, 'packet-selected', number);
  }

  readonly #fit = (column: Column): number => {
    const cell = this.renderRoot.querySelector('.cell');
    const context = document.createElement('canvas').getContext('2d');
    if (!cell || !context) return column.width;
    context.font = getComputedStyle(cell).font;
    const first = Math.floor(this.position);
    let widest = context.measureText(t(column.title)).width;
    for (let index = first; index <= first + this.viewRows; index++) {
      const row = this.rows?.row(index);
      if (row) widest = Math.max(widest, context.measureText(harmless(column.text(row))).width);
    }
    const paddingAndMark = column.id === 'info' ? 36 : 20;
    return Math.ceil(widest) + paddingAndMark;
  };
}
