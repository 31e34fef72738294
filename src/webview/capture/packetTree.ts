import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { TreeNode } from '../../rpc/capture.js';
import { harmless } from '../harmless.js';
import { t } from '../l10n.js';
import { twisty, warningMark } from './icons.js';
import { rowHeight } from './scrollGeometry.js';
import { partStyle, rowStyle } from './styles.js';
import { hasChildren, pathsAbove, pathsBelow, treeRows, type TreeRow } from './treeRows.js';
import { tell } from './viewEvents.js';

/** Letters typed within this time belong to one word. */
const typingMilliseconds = 700;

/**
 * The packet tree. What is open and which field is selected are paths, given from outside, so that they outlive the
 * packet. Only the rows on screen have elements: a hostile packet can have tens of thousands of fields.
 */
@customElement('cl-packet-tree')
export class PacketTree extends LitElement {
  static override styles = [
    partStyle,
    rowStyle,
    css`
      :host {
        display: block;
        overflow: hidden;
        font-family: var(--vscode-editor-font-family, monospace);
        font-size: var(--vscode-editor-font-size, 13px);
      }
      .tree {
        position: relative;
        height: 100%;
        overflow: auto;
        outline: none;
      }
      .tree.unselected:focus-visible {
        outline: 1px solid var(--vscode-focusBorder);
        outline-offset: -1px;
      }
      .rows {
        position: relative;
        width: max-content;
        min-width: 100%;
        contain: layout;
      }
      .row {
        padding-right: 12px;
      }
      .twisty,
      .leaf {
        display: inline-block;
        width: 16px;
        height: 16px;
        margin-right: 4px;
        vertical-align: -3px;
      }
      .twisty {
        fill: none;
        stroke: currentColor;
        stroke-width: 1.2;
      }
    `,
  ];

  @property({ attribute: false }) accessor layers: readonly TreeNode[] = [];
  /** Paths of the open nodes. */
  @property({ attribute: false }) accessor open: ReadonlySet<string> = new Set();
  /** Path of the selected field; it may be one that this packet does not have. */
  @property() accessor field = '';

  @state() private accessor scrolled = 0;
  @state() private accessor height = 0;
  @query('.tree') private accessor tree: HTMLElement | null = null;

  #rows: readonly TreeRow[] = [];
  #typed = '';
  #typedAt = 0;
  readonly #sizes = new ResizeObserver(() => {
    this.height = this.tree?.clientHeight ?? 0;
  });

  override focus(): void {
    this.tree?.focus();
    if (!this.#rows.some((row) => row.path === this.field)) this.#select(this.#rows[0]);
  }

  protected override firstUpdated(): void {
    if (this.tree) this.#sizes.observe(this.tree);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('layers') || changed.has('open')) this.#rows = treeRows(this.layers, this.open);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('field') || changed.has('layers')) this.#reveal();
  }

  protected override render(): unknown {
    const first = Math.max(0, Math.floor(this.scrolled / rowHeight) - 2);
    const shown = this.#rows.slice(first, first + Math.ceil(this.height / rowHeight) + 5);
    const selected = shown.findIndex((row) => row.path === this.field);
    return html`
      <div
        class=${selected < 0 ? 'tree unselected' : 'tree'}
        role="tree"
        tabindex="0"
        aria-label=${t('Packet fields')}
        aria-activedescendant=${selected < 0 ? nothing : `field-${first + selected}`}
        @scroll=${this.#scroll}
        @keydown=${this.#key}
        @pointerdown=${this.#press}
        @dblclick=${this.#toggleAt}
      >
        <div
          class="rows"
          role="presentation"
          .style=${`height: ${this.#rows.length * rowHeight}px; padding-top: ${first * rowHeight}px`}
        >
          ${shown.map((row, index) => this.#row(row, first + index))}
        </div>
      </div>
    `;
  }

  #row(row: TreeRow, index: number): TemplateResult {
    const { node, level } = row;
    const isParent = hasChildren(node);
    const isSelected = row.path === this.field;
    return html`
      <div
        class="row ${isSelected ? 'selected' : ''} ${node.problem === true ? 'problem' : ''}"
        id="field-${index}"
        role="treeitem"
        aria-level=${level}
        aria-posinset=${row.position}
        aria-setsize=${row.brothers}
        aria-expanded=${isParent ? row.isOpen : nothing}
        aria-selected=${isSelected}
        data-index=${index}
        .style=${`padding-left: ${4 + (level - 1) * 16}px`}
      >
        ${isParent ? twisty(row.isOpen) : html`<span class="leaf"></span>`}${
          node.problem === true ? warningMark(t('Problem')) : nothing
        }${harmless(node.label)}
      </div>
    `;
  }

  readonly #scroll = (): void => {
    this.scrolled = this.tree?.scrollTop ?? 0;
  };

  #reveal(): void {
    const index = this.#rows.findIndex((row) => row.path === this.field);
    if (index < 0 || !this.tree || this.height === 0) return;
    const top = index * rowHeight;
    const { scrollTop } = this.tree;
    if (top < scrollTop) this.tree.scrollTop = top;
    else if (top + rowHeight > scrollTop + this.height) this.tree.scrollTop = top + rowHeight - this.height;
  }

  #rowAt(event: Event): TreeRow | undefined {
    const element = event.target instanceof Element ? event.target.closest<HTMLElement>('.row') : null;
    return element ? this.#rows[Number(element.dataset['index'])] : undefined;
  }

  readonly #press = (event: PointerEvent): void => {
    const row = this.#rowAt(event);
    if (!row) return;
    this.#select(row);
    const isTwisty = event.target instanceof Element && event.target.closest('.twisty') !== null;
    if (event.button === 0 && isTwisty) this.#setOpen(row, !row.isOpen);
  };

  readonly #toggleAt = (event: MouseEvent): void => {
    const row = this.#rowAt(event);
    const isTwisty = event.target instanceof Element && event.target.closest('.twisty') !== null;
    if (row && !isTwisty) this.#setOpen(row, !row.isOpen);
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.altKey || event.metaKey || event.ctrlKey) return;
    const index = this.#rows.findIndex((row) => row.path === this.field);
    if (this.#move(event.key, index, this.#rows[index]) || this.#type(event, index)) event.preventDefault();
  };

  /** Does what a key asks for; says whether it was a key of the tree's. */
  #move(key: string, index: number, row: TreeRow | undefined): boolean {
    const page = Math.max(1, Math.floor(this.height / rowHeight) - 1);
    const last = this.#rows.length - 1;
    switch (key) {
      case 'ArrowDown':
        this.#select(this.#rows[Math.min(last, index + 1)]);
        return true;
      case 'ArrowUp':
        this.#select(this.#rows[Math.max(0, index - 1)]);
        return true;
      case 'PageDown':
        this.#select(this.#rows[Math.min(last, index + page)]);
        return true;
      case 'PageUp':
        this.#select(this.#rows[Math.max(0, index - page)]);
        return true;
      case 'Home':
        this.#select(this.#rows[0]);
        return true;
      case 'End':
        this.#select(this.#rows[last]);
        return true;
      case 'ArrowRight':
        if (row?.isOpen) this.#select(this.#rows[index + 1]);
        else if (row) this.#setOpen(row, true);
        return true;
      case 'ArrowLeft':
        if (row?.isOpen) this.#setOpen(row, false);
        else this.#select(this.#rows.find((other) => other.path === pathsAbove(this.field).at(-1)));
        return true;
      case 'Enter':
      case ' ':
        if (row) this.#setOpen(row, !row.isOpen);
        return true;
      case '*':
        if (row) this.#openAll(pathsBelow(this.layers, row.path));
        return true;
      case 'Escape':
        tell(this, 'pane-wanted', 'list');
        return true;
      default:
        return false;
    }
  }

  /** Type-ahead: the next row whose label begins with what was typed lately. */
  #type(event: KeyboardEvent, index: number): boolean {
    if (event.key.length !== 1) return false;
    const isFresh = event.timeStamp - this.#typedAt > typingMilliseconds;
    this.#typed = (isFresh ? '' : this.#typed) + event.key.toLowerCase();
    this.#typedAt = event.timeStamp;
    const from = isFresh ? index + 1 : Math.max(0, index);
    const turned = [...this.#rows.slice(from), ...this.#rows.slice(0, from)];
    this.#select(turned.find((row) => row.node.label.toLowerCase().startsWith(this.#typed)));
    return true;
  }

  #select(row: TreeRow | undefined): void {
    if (row && row.path !== this.field) tell(this, 'field-selected', row.path);
  }

  #setOpen(row: TreeRow, isOpen: boolean): void {
    if (!hasChildren(row.node) || row.isOpen === isOpen) return;
    if (isOpen) {
      this.#openAll([row.path]);
      return;
    }
    tell(
      this,
      'tree-opened',
      [...this.open].filter((path) => path !== row.path),
    );
  }

  #openAll(paths: readonly string[]): void {
    tell(this, 'tree-opened', [...new Set([...this.open, ...paths])]);
  }
}
