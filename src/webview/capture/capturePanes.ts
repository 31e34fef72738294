import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { TreeNode } from '../../rpc/capture.js';
import type { CaptureLayout } from '../../rpc/captureView.js';
import { t } from '../l10n.js';
import type { CaptureModel } from './captureModel.js';
import './goToPacket.js';
import './packetBytes.js';
import './packetList.js';
import type { PacketList } from './packetList.js';
import './packetTree.js';
import { gridTemplate, layoutFor, listSplitRange, treeSplitRange } from './paneLayout.js';
import './splitter.js';
import type { StateKeeper } from './stateKeeper.js';
import { partStyle } from './styles.js';
import { fieldAtByte, nodeAt, pathsAbove } from './treeRows.js';
import type { ViewEvent } from './viewEvents.js';
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
    `,
  ];

  /** How the panes are to lie where there is room. */
  @property() accessor layout: CaptureLayout = 'beside';
  /** Grows with every change of the model. */
  @property({ type: Number }) accessor revision = 0;

  @state() private accessor width = 0;
  @state() private accessor isGoingTo = false;
  @query('.space') private accessor space: HTMLElement | null = null;
  @query('cl-packet-list') private accessor list: PacketList | null = null;

  readonly #model: CaptureModel;
  readonly #keeper: StateKeeper;
  /** The same set while nothing is opened or closed, so that the tree need not be laid out anew. */
  #open: ReadonlySet<string>;
  readonly #sizes = new ResizeObserver(() => {
    this.width = this.clientWidth;
  });

  constructor(model: CaptureModel, keeper: StateKeeper) {
    super();
    this.#model = model;
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

  /** True while the keyboard is in a box that takes text. */
  get isTyping(): boolean {
    return this.isGoingTo;
  }

  /** Selects a packet and shows it in the middle of the list. */
  goTo(number: number): void {
    this.isGoingTo = false;
    this.#select(number);
    this.list?.centre(number);
    this.focusPane('list');
  }

  /** Selects the packet so many further on. */
  step(by: 1 | -1): void {
    const { packets, selected } = this.#model;
    if (packets === 0) return;
    const number = Math.min(packets, Math.max(1, selected + by));
    this.#select(number);
    this.list?.reveal(number);
  }

  /** Shows the box that takes a packet number. */
  askForPacket(): void {
    this.isGoingTo = true;
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
    const { detail, packets, selected, rows } = this.#model;
    const { sizes, field: path } = this.#keeper.state;
    const layout = layoutFor(this.layout, this.width);
    const layers = detail?.layers ?? noLayers;
    const layer = nodeAt(layers, path.split('/')[0] ?? '');
    return html`
      <div class="space" .style=${gridTemplate(layout, sizes)} @focusin=${this.#noteFocus}>
        <cl-packet-list
          data-pane="list"
          .style=${'grid-area: list'}
          .rows=${rows}
          .revision=${this.revision}
          .total=${packets}
          .selected=${selected}
          .widths=${sizes.columns}
          @packet-selected=${(event: ViewEvent<'packet-selected'>) => {
            this.#select(event.detail);
          }}
          @list-scrolled=${(event: ViewEvent<'list-scrolled'>) => {
            this.#keeper.change({ position: event.detail });
          }}
          @columns-sized=${(event: ViewEvent<'columns-sized'>) => {
            this.#keeper.resize({ columns: event.detail });
            this.requestUpdate();
          }}
          @pane-wanted=${this.#paneWanted}
        ></cl-packet-list>
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
        ${
          this.isGoingTo
            ? html`<cl-go-to-packet
                .packets=${packets}
                @go-to=${(event: ViewEvent<'go-to'>) => {
                  this.goTo(event.detail);
                }}
                @pane-wanted=${this.#paneWanted}
                @dismissed=${() => {
                  this.isGoingTo = false;
                }}
              ></cl-go-to-packet>`
            : nothing
        }
      </div>
    `;
  }

  #change(part: Partial<CaptureViewState>): void {
    this.#keeper.change(part);
    this.requestUpdate();
  }

  #select(number: number): void {
    this.#keeper.change({ packet: number });
    this.#model.select(number);
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
