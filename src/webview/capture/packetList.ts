import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { ColourRule, ListRow, TimeWish } from '../../rpc/packetList.js';
import { harmless } from '../harmless.js';
import { t } from '../l10n.js';
import './columnHeader.js';
import { columnAlign, columnTitle, columnTracks, columnWidth, type ListColumn } from './columns.js';
import { bookmark, commentMark, warningMark } from './icons.js';
import { listMove } from './listKeys.js';
import type { Choice } from './chosenRows.js';
import type { ListModel } from './listModel.js';
import { listStyle } from './listStyle.js';
import { NumberRoom } from './numberRoom.js';
import { isSelected } from './rowSelection.js';
import './scrollBar.js';
import type { ScrollTick } from './scrollBar.js';
import { centrePosition, clampPosition, revealPosition, rowHeight } from './scrollGeometry.js';
import { partStyle, rowStyle } from './styles.js';
import { tell, type ViewEvent } from './viewEvents.js';

/**
 * The packet list: a grid of any length. It stands at a row number (see scrollGeometry), shows it in as many row
 * elements as fit on screen, and rewrites their text when it moves. Rows that are not here yet show their number.
 */
@customElement('cl-packet-list')
export class PacketList extends LitElement {
  static override styles = [partStyle, rowStyle, listStyle];

  @property({ attribute: false }) accessor list: ListModel | undefined = undefined;
  /** Grows with every change of `list`; that object itself stays the same. */
  @property({ type: Number }) accessor revision = 0;
  /** The columns that are shown. */
  @property({ attribute: false }) accessor columns: readonly ListColumn[] = [];
  @property({ attribute: false }) accessor widths: Readonly<Record<string, number>> = {};
  @property({ attribute: false }) accessor colours: readonly ColourRule[] = [];
  @property({ attribute: false }) accessor time: TimeWish = { form: 'relative' };
  @property({ attribute: false }) accessor ticks: readonly ScrollTick[] = [];
  /** The column of the cell that menus and the keyboard are at; none when the whole row is meant. */
  @property() accessor column: string | undefined = undefined;
  /** The list stands at its end while rows come in. */
  @property({ type: Boolean }) accessor follow = false;

  /** Where the list was last told to stand; while a file is still indexed that can be beyond its end. */
  @state() private accessor wanted = 0;
  @state() private accessor rowsInView = 0;
  /** The keyboard went to a cell: it is shown which. A click means its cell, too, but is seen by itself. */
  @state() private accessor isCellShown = false;
  @query('.grid') private accessor grid: HTMLElement | null = null;
  @query('.view') private accessor view: HTMLElement | null = null;

  readonly #sizes = new ResizeObserver(() => {
    this.rowsInView = (this.view?.clientHeight ?? 0) / rowHeight;
  });

  readonly #numberRoom = new NumberRoom(() => this.#textWidth('0'));

  /** Height of the view in rows, with its fraction. */
  get viewRows(): number {
    return this.rowsInView;
  }

  /** The row at the upper edge, with its fraction. */
  get position(): number {
    return clampPosition(this.wanted, this.#total, this.rowsInView);
  }

  /** Moves the list. */
  stand(position: number): void {
    this.wanted = Math.max(0, position);
  }

  /** Moves the list no further than needed to show a row. */
  reveal(row: number): void {
    this.stand(revealPosition(row, this.position, this.rowsInView));
  }

  /** Shows a row in the middle, unless it is on screen already. */
  centre(row: number): void {
    this.stand(centrePosition(row, this.position, this.rowsInView));
  }

  override focus(): void {
    this.grid?.focus();
  }

  get #total(): number {
    return this.list?.total ?? 0;
  }

  protected override firstUpdated(): void {
    if (this.view) this.#sizes.observe(this.view);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('list') && this.list) this.list.stand = this;
    if (this.follow) this.wanted = Math.max(0, this.#total - this.rowsInView);
  }

  protected override updated(changed: PropertyValues<this>): void {
    this.list?.want(Math.floor(this.position), Math.ceil(this.rowsInView) + 1);
    if ((changed as Map<string, unknown>).has('wanted')) tell(this, 'list-scrolled', this.wanted);
  }

  protected override render(): unknown {
    const { position, list } = this;
    const widths = this.#numberRoom.widths(this.columns, this.widths, list?.newest.packets ?? 0);
    const active = list?.active ?? -1;
    const first = Math.floor(position);
    const count = Math.max(0, Math.min(Math.ceil(this.rowsInView) + 1, this.#total - first));
    const isActiveShown = active >= first && active < first + count;
    const at = this.columns.findIndex(({ id }) => id === this.column);
    const lines: TemplateResult[] = [];
    for (let index = first; index < first + count; index++) lines.push(this.#row(index, at));
    const least = this.columns.reduce((sum, column) => sum + columnWidth(column, widths), 0);
    return html`
      <div
        class=${active >= 0 ? 'grid' : 'grid unselected'}
        role="grid"
        tabindex="0"
        aria-label=${t('Packets')}
        aria-rowcount=${this.#total + 1}
        aria-colcount=${this.columns.length}
        aria-multiselectable="true"
        aria-activedescendant=${isActiveShown ? activeId(active, this.isCellShown ? at : -1) : nothing}
        @keydown=${this.#key}
      >
        <div
          class="table"
          role="presentation"
          .style=${`--tracks: ${columnTracks(this.columns, widths)}; min-width: ${least}px`}
        >
          <cl-column-header
            aria-rowindex="1"
            data-pane="header"
            .columns=${this.columns}
            .widths=${widths}
            .sort=${list?.newest.sort}
            .share=${list?.newest.phase === 'sorting' ? (list.newest.share ?? 0) : undefined}
            .fit=${this.#fit}
            @columns-sized=${(event: ViewEvent<'columns-sized'>) => {
              tell(this, 'columns-sized', this.#numberRoom.chosenOf(event.detail, widths, this.widths));
            }}
            @column-moved=${(event: ViewEvent<'column-moved'>) => {
              tell(this, 'column-moved', event.detail);
            }}
            @column-dropped=${(event: ViewEvent<'column-dropped'>) => {
              tell(this, 'column-dropped', event.detail);
            }}
            @sort-wanted=${(event: ViewEvent<'sort-wanted'>) => {
              tell(this, 'sort-wanted', event.detail);
            }}
            @pane-wanted=${() => {
              this.focus();
            }}
          ></cl-column-header>
          <div
            class="view"
            role="rowgroup"
            @wheel=${this.#wheel}
            @pointerdown=${this.#press}
            @pointerover=${this.#explain}
          >
            <div role="presentation" .style=${`transform: translateY(${(first - position) * rowHeight}px)`}>
              ${lines}
            </div>
          </div>
        </div>
      </div>
      <cl-scroll-bar
        .position=${position}
        .rows=${this.#total}
        .viewRows=${this.rowsInView}
        .label=${list?.row(first)?.number ?? 0}
        .ticks=${this.ticks}
        @bar-moved=${(event: ViewEvent<'bar-moved'>) => {
          this.#moveByHand(event.detail);
        }}
      ></cl-scroll-bar>
    `;
  }

  #row(index: number, at: number): TemplateResult {
    const { list } = this;
    const row = list?.row(index);
    const isActive = index === list?.active;
    const isChosen = isActive || isSelected(list?.selection ?? [], index);
    const rule = row?.rule === undefined ? undefined : this.colours[row.rule];
    return html`
      <div
        class="row ${isChosen ? 'selected' : ''} ${isActive ? 'active' : ''} ${
          row?.marked === true ? 'marked' : ''
        } ${rule ? `tinted ${rule.tint}` : ''}"
        id="row-${index}"
        role="row"
        aria-rowindex=${index + 2}
        aria-selected=${isChosen}
        aria-description=${rule ? rule.name : nothing}
        data-row=${index}
        data-number=${row?.number ?? nothing}
      >
        ${this.columns.map((column, cell) => this.#cell(column, cell, index, row, isActive && cell === at && this.isCellShown))}
      </div>
    `;
  }

  #cell(
    column: ListColumn,
    cell: number,
    index: number,
    row: ListRow | undefined,
    isCurrent: boolean,
  ): TemplateResult {
    const text = row ? this.#text(column, index, row) : this.#waitingText(column, index);
    return html`<div
      class="cell ${columnAlign(column)} ${isCurrent ? 'current' : ''}"
      id="row-${index}-${cell}"
      role="gridcell"
      data-column=${column.id}
    >
      ${row ? this.#marks(column, cell, row) : nothing}<span class="text">${text}</span>
    </div>`;
  }

  #text(column: ListColumn, index: number, row: ListRow): string {
    if (column.kind === 'time' && this.time.form === 'reference' && row.number === this.time.reference)
      return '*REF*';
    return harmless(this.list?.cell(index, column.id) ?? '');
  }

  #waitingText(column: ListColumn, index: number): string {
    return column.kind === 'number' && this.list?.isWhole === true ? String(index + 1) : '';
  }

  /** Signs before a cell's text: of the row as a whole before the first one, of what is wrong before its Info. */
  #marks(column: ListColumn, cell: number, row: ListRow): unknown {
    const isInfo =
      column.kind === 'info' || (cell === 0 && !this.columns.some(({ kind }) => kind === 'info'));
    const signs: unknown[] = [];
    if (cell === 0) {
      const rule = row.rule === undefined ? undefined : this.colours[row.rule];
      if (rule)
        signs.push(
          html`<span class="letter" aria-hidden="true"
            >${String.fromCodePoint(rule.name.codePointAt(0) ?? 0x20)}</span
          >`,
        );
      if (row.marked) signs.push(bookmark(t('Marked')));
      if (row.commented) signs.push(commentMark(t('Has a comment')));
    }
    if (isInfo && row.problem) signs.push(warningMark(t('Problem')));
    return signs.length > 0 ? signs : nothing;
  }

  /** A text that is cut off on screen is shown whole while the pointer rests on it, with the rule that colours the row. */
  readonly #explain = (event: PointerEvent): void => {
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('.cell') : null;
    if (!cell) return;
    const row = this.list?.row(Number(cell.closest<HTMLElement>('.row')?.dataset['row']));
    const rule = row?.rule === undefined ? undefined : this.colours[row.rule];
    const text = cell.scrollWidth > cell.clientWidth ? cell.innerText.trim() : '';
    cell.title = [text, rule ? t('Coloured by: {0}', harmless(rule.name)) : ''].filter(Boolean).join('\n');
  };

  readonly #wheel = {
    passive: false,
    handleEvent: (event: WheelEvent): void => {
      if (event.ctrlKey || event.shiftKey || event.deltaY === 0) return;
      event.preventDefault();
      const rows =
        event.deltaMode === WheelEvent.DOM_DELTA_PIXEL
          ? event.deltaY / rowHeight
          : event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_PAGE ? this.rowsInView : 1);
      this.#moveByHand(this.position + rows);
    },
  };

  #moveByHand(position: number): void {
    const { position: before } = this;
    this.stand(clampPosition(position, this.#total, this.rowsInView));
    tell(this, 'list-touched', undefined);
    if (this.wanted < before) this.#endFollow();
  }

  readonly #press = (event: PointerEvent): void => {
    const target = event.target instanceof Element ? event.target : undefined;
    const row = Number(target?.closest<HTMLElement>('.row')?.dataset['row'] ?? -1);
    if (row < 0 || !this.list) return;
    this.isCellShown = false;
    tell(this, 'column-chosen', target?.closest<HTMLElement>('.cell')?.dataset['column']);
    // A menu is for all that is selected when it opens on one of it.
    if (event.button === 2 && isSelected(this.list.selection, row)) {
      tell(this, 'row-chosen', { row, choice: 'focus' });
      return;
    }
    this.#choose(row, event.shiftKey ? 'extend' : event.ctrlKey || event.metaKey ? 'toggle' : 'only');
  };

  readonly #key = (event: KeyboardEvent): void => {
    const { list } = this;
    if (!list || event.defaultPrevented) return;
    const page = Math.max(1, Math.floor(this.rowsInView) - 1);
    const move = listMove(event, {
      row: list.active,
      last: this.#total - 1,
      page,
      column: this.isCellShown ? this.columns.findIndex(({ id }) => id === this.column) : -1,
      columns: this.columns.length,
    });
    if (!move) return;
    event.preventDefault();
    if (move.what === 'row') this.#choose(move.row, move.choice);
    else if (move.what === 'all') tell(this, 'all-chosen', undefined);
    else if (move.what === 'column') this.#chooseColumn(move.column);
    else if (move.what === 'tree') tell(this, 'pane-wanted', 'tree');
    else if (move.what === 'filter') tell(this, 'filter-asked', undefined);
    else tell(this, 'find-step', move.by);
  };

  #chooseColumn(at: number): void {
    this.isCellShown = true;
    tell(this, 'column-chosen', this.columns[at]?.id);
    void this.updateComplete.then(() => {
      const { grid } = this;
      const cell = this.renderRoot.querySelector<HTMLElement>(`#row-${this.list?.active ?? -1}-${at}`);
      if (!grid || !cell) return;
      const { offsetLeft, offsetWidth } = cell;
      const end = offsetLeft + offsetWidth - grid.clientWidth;
      grid.scrollLeft = Math.min(Math.max(grid.scrollLeft, end), offsetLeft);
    });
  }

  /** The list no longer moves by itself: at once, for the next drawing would put it back to its end. */
  #endFollow(): void {
    if (!this.follow) return;
    this.follow = false;
    tell(this, 'follow-ended', undefined);
  }

  #choose(row: number, choice: Choice): void {
    if (row < this.#total - 1) this.#endFollow();
    this.reveal(row);
    tell(this, 'row-chosen', { row, choice });
  }

  /** Pixels that a text takes in a row. */
  #textWidth(text: string): number {
    const context = document.createElement('canvas').getContext('2d');
    if (!context) return 8 * text.length;
    context.font = getComputedStyle(this).font;
    return context.measureText(text).width;
  }

  /** The width of a column that shows all of its texts on screen. */
  readonly #fit = (column: ListColumn): number => {
    const cell = this.renderRoot.querySelector('.cell');
    const context = document.createElement('canvas').getContext('2d');
    if (!cell || !context) return columnWidth(column, this.widths);
    context.font = getComputedStyle(cell).font;
    const first = Math.floor(this.position);
    let widest = context.measureText(columnTitle(column)).width + 16;
    for (let index = first; index <= first + this.rowsInView; index++) {
      const row = this.list?.row(index);
      if (row) widest = Math.max(widest, context.measureText(this.#text(column, index, row)).width);
    }
    const paddingAndSigns = column.kind === 'info' || column.kind === 'number' ? 36 : 20;
    return Math.ceil(widest) + paddingAndSigns;
  };
}

/** The element that the keyboard is at: the row, or its cell where a column was chosen. */
function activeId(row: number, column: number): string {
  return column < 0 ? `row-${row}` : `row-${row}-${column}`;
}
