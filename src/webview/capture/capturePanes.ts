import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { TreeNode } from '../../rpc/capture.js';
import type { CaptureLayout } from '../../rpc/captureView.js';
import { t } from '../l10n.js';
import type { CaptureModel } from './captureModel.js';
import { withMoved, withoutColumn, type ListColumn } from './columns.js';
import type { ListModel } from './listModel.js';
import type { ListTicks } from './listTicks.js';
import type { Look } from './look.js';
import './packetBytes.js';
import './packetList.js';
import type { PacketList } from './packetList.js';
import './packetTree.js';
import { gridTemplate, layoutFor, listSplitRange, treeSplitRange } from './paneLayout.js';
import './splitter.js';
import type { StateKeeper } from './stateKeeper.js';
import { partStyle } from './styles.js';
import { fieldAtByte, nodeAt, pathsAbove } from './treeRows.js';
import { tell, type ViewEvent } from './viewEvents.js';
import { panes, usualSizes, type CaptureViewState, type Pane } from './viewState.js';

const noLayers: readonly TreeNode[] = [];
const noBytes = new Uint8Array();

/** Packet list, tree and bytes, the splitters between them, and what is selected in them. */
@customElement('cl-capture-panes')
export class CapturePanes extends LitElement {
  static override styles = [
    partStyle,
    css`
      :host {
        display: block;
        flex: 1;
        min-height: 0;
      }
      .space {
        position: relative;
        display: grid;
        height: 100%;
      }
      .nothing {
        position: relative;
        z-index: 1;
        display: flex;
        flex-direction: column;
        align-items: center;
        justify-content: center;
        gap: 4px;
        margin: 30px 20px 8px;
        overflow: hidden;
        color: var(--vscode-descriptionForeground);
        pointer-events: none;
      }
      .nothing button {
        padding: 0 6px;
        font: inherit;
        line-height: 20px;
        color: var(--vscode-textLink-foreground);
        background: none;
        border: none;
        cursor: pointer;
        pointer-events: auto;
      }
      .nothing button:hover {
        color: var(--vscode-textLink-activeForeground);
        text-decoration: underline;
      }
      .nothing button:focus-visible {
        outline: 1px solid var(--vscode-focusBorder);
      }
    `,
  ];

  /** How the panes are to lie where there is room. */
  @property() accessor layout: CaptureLayout = 'beside';
  /** Grows with every change of the model. */
  @property({ type: Number }) accessor revision = 0;

  @state() private accessor width = 0;
  /** The column of the cell that was chosen last, by id. */
  @state() private accessor columnId: string | undefined = undefined;
  @query('.space') private accessor space: HTMLElement | null = null;
  @query('cl-packet-list') private accessor list: PacketList | null = null;

  readonly #model: CaptureModel;
  readonly #list: ListModel;
  readonly #look: Look;
  readonly #ticks: ListTicks;
  readonly #keeper: StateKeeper;
  /** The same set while nothing is opened or closed, so that the tree need not be laid out anew. */
  #open: ReadonlySet<string>;
  readonly #sizes = new ResizeObserver(() => {
    this.width = this.clientWidth;
  });

  constructor(parts: {
    readonly model: CaptureModel;
    readonly list: ListModel;
    readonly look: Look;
    readonly ticks: ListTicks;
    readonly keeper: StateKeeper;
  }) {
    super();
    const { keeper } = parts;
    this.#model = parts.model;
    this.#list = parts.list;
    this.#look = parts.look;
    this.#ticks = parts.ticks;
    this.#keeper = keeper;
    this.#open = new Set(keeper.state.open);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#sizes.observe(this);
    window.addEventListener('focus', this.#takeFocus);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizes.disconnect();
    window.removeEventListener('focus', this.#takeFocus);
  }

  /** The selected field, when the packet on screen has it. */
  get field(): TreeNode | undefined {
    const { detail } = this.#model;
    return detail && nodeAt(detail.layers, this.#keeper.state.field);
  }

  /** The column of the cell that was chosen last, while it is shown. */
  get column(): ListColumn | undefined {
    return this.#look.shown.find(({ id }) => id === this.columnId);
  }

  /** Selects a packet, or the next one that is shown, in the middle of the list; answers its row. */
  async goTo(number: number): Promise<number> {
    tell(this, 'follow-ended', undefined);
    const row = await this.#list.selectNumber(number);
    if (row >= 0) this.list?.centre(row);
    return row;
  }

  /** Selects a row and shows it in the middle of the list. */
  goToRow(row: number): void {
    tell(this, 'follow-ended', undefined);
    this.#list.select(row);
    this.list?.centre(row);
  }

  /** Selects the row so many further on. */
  step(by: 1 | -1): void {
    if (this.#list.total === 0) return;
    if (by < 0) tell(this, 'follow-ended', undefined);
    this.#list.select(this.#list.active + by);
    this.list?.reveal(this.#list.active);
  }

  /** Gives the keyboard to the pane after, or before, the one that has it. */
  cyclePane(by: 1 | -1): void {
    const at = panes.indexOf(this.#keeper.state.pane);
    this.focusPane(panes[(at + by + panes.length) % panes.length] ?? 'list');
  }

  focusPane(pane: Pane): void {
    this.#keeper.change({ pane });
    this.renderRoot.querySelector<HTMLElement>(`[data-pane=${pane}]`)?.focus();
  }

  protected override firstUpdated(): void {
    this.list?.stand(this.#keeper.state.position);
    void this.updateComplete.then(this.#takeFocus);
  }

  protected override render(): unknown {
    const { detail } = this.#model;
    const { sizes, field: path, follow } = this.#keeper.state;
    const layout = layoutFor(this.layout, this.width);
    const layers = detail?.layers ?? noLayers;
    const layer = nodeAt(layers, path.split('/')[0] ?? '');
    return html`
      <div class="space" .style=${gridTemplate(layout, sizes)} @focusin=${this.#noteFocus}>
        <cl-packet-list
          data-pane="list"
          .style=${'grid-area: list'}
          .list=${this.#list}
          .revision=${this.revision}
          .columns=${this.#look.shown}
          .widths=${sizes.columns}
          .colours=${this.#look.colours}
          .time=${this.#look.time}
          .ticks=${this.#ticks.ticks}
          .column=${this.column?.id}
          .follow=${follow}
          @row-chosen=${(event: ViewEvent<'row-chosen'>) => {
            this.#list.select(event.detail.row, event.detail.choice);
          }}
          @all-chosen=${() => {
            this.#list.selectAll();
          }}
          @column-chosen=${(event: ViewEvent<'column-chosen'>) => {
            this.columnId = event.detail;
          }}
          @list-scrolled=${(event: ViewEvent<'list-scrolled'>) => {
            this.#keeper.change({ position: event.detail });
          }}
          @list-touched=${() => {
            this.#list.touched();
          }}
          @columns-sized=${(event: ViewEvent<'columns-sized'>) => {
            this.#keeper.resize({ columns: event.detail });
            this.requestUpdate();
          }}
          @column-moved=${({ detail: { id, place } }: ViewEvent<'column-moved'>) => {
            this.#look.setColumns(withMoved(this.#look.columns, id, place));
          }}
          @column-dropped=${(event: ViewEvent<'column-dropped'>) => {
            this.#look.setColumns(withoutColumn(this.#look.columns, event.detail));
          }}
          @sort-wanted=${(event: ViewEvent<'sort-wanted'>) => {
            void this.#list.sort(event.detail);
          }}
          @follow-ended=${() => {
            tell(this, 'follow-ended', undefined);
          }}
          @find-step=${(event: ViewEvent<'find-step'>) => {
            tell(this, 'find-step', event.detail);
          }}
          @filter-asked=${() => {
            tell(this, 'filter-asked', undefined);
          }}
          @pane-wanted=${this.#paneWanted}
        ></cl-packet-list>
        ${this.#list.total === 0 && this.#list.state.packets > 0 ? this.#nothingShown() : nothing}
        <cl-packet-tree
          data-pane="tree"
          .style=${'grid-area: tree'}
          .layers=${layers}
          .open=${this.#open}
          .field=${path}
          @field-selected=${(event: ViewEvent<'field-selected'>) => {
            this.#change({ field: event.detail });
          }}
          @tree-opened=${(event: ViewEvent<'tree-opened'>) => {
            this.#setOpen(event.detail);
          }}
          @pane-wanted=${this.#paneWanted}
        ></cl-packet-tree>
        <cl-packet-bytes
          data-pane="bytes"
          .style=${'grid-area: bytes'}
          .bytes=${detail?.bytes ?? noBytes}
          .layers=${layers}
          .field=${this.field}
          .layer=${layer?.name === 'frame' ? undefined : layer}
          @byte-selected=${(event: ViewEvent<'byte-selected'>) => {
            this.#selectByte(event.detail);
          }}
          @pane-wanted=${this.#paneWanted}
        ></cl-packet-bytes>
        <cl-splitter
          .style=${'grid-area: split-list'}
          aria-label=${t('Height of the packet list')}
          .share=${sizes.listShare}
          .range=${() => listSplitRange(this.#spaceRect())}
          @split-moved=${(event: ViewEvent<'split-moved'>) => {
            this.#resize('listShare', event.detail);
          }}
        ></cl-splitter>
        <cl-splitter
          .style=${'grid-area: split-tree'}
          aria-label=${t('Size of the packet fields')}
          .lie=${layout === 'stacked' ? 'horizontal' : 'vertical'}
          .share=${sizes.treeShare}
          .range=${() => treeSplitRange(layout, this.#spaceRect(), sizes.listShare)}
          @split-moved=${(event: ViewEvent<'split-moved'>) => {
            this.#resize('treeShare', event.detail);
          }}
        ></cl-splitter>
      </div>
    `;
  }

  #change(part: Partial<CaptureViewState>): void {
    this.#keeper.change(part);
    this.requestUpdate();
  }

  /** In place of rows: why there are none, and the way back to them. */
  #nothingShown(): TemplateResult {
    const { phase } = this.#list.state;
    if (phase === 'filtering')
      return html`<div class="nothing" .style=${'grid-area: list'}>${t('No packet found yet')}</div>`;
    return html`<div class="nothing" .style=${'grid-area: list'}>
      <span>${t('No packet matches the filter.')}</span>
      <button
        @click=${() => {
          tell(this, 'filter-wanted', '');
        }}
      >
        ${t('Clear Filter')}
      </button>
    </div>`;
  }

  #selectByte(offset: number): void {
    const row = fieldAtByte(this.#model.detail?.layers ?? noLayers, offset);
    if (!row) return;
    this.#setOpen([...new Set([...this.#open, ...pathsAbove(row.path)])]);
    this.#change({ field: row.path });
  }

  #setOpen(paths: readonly string[]): void {
    if (paths.length === this.#open.size && paths.every((path) => this.#open.has(path))) return;
    this.#open = new Set(paths);
    this.#change({ open: paths });
  }

  #resize(share: 'listShare' | 'treeShare', to: number | undefined): void {
    this.#keeper.resize({ [share]: to ?? usualSizes[share] });
    this.requestUpdate();
  }

  #spaceRect(): DOMRect {
    return this.space?.getBoundingClientRect() ?? new DOMRect();
  }

  readonly #paneWanted = (event: ViewEvent<'pane-wanted'>): void => {
    this.focusPane(event.detail);
  };

  readonly #noteFocus = (event: FocusEvent): void => {
    const pane = event.target instanceof HTMLElement ? event.target.dataset['pane'] : undefined;
    const known = panes.find((one) => one === pane);
    if (known) this.#keeper.change({ pane: known });
  };

  /** The editor was given the keyboard: it goes where it was. */
  readonly #takeFocus = (): void => {
    if (document.hasFocus() && document.activeElement === document.body)
      this.focusPane(this.#keeper.state.pane);
  };
}
