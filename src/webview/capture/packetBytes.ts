import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { counted } from '../../core/base/words.js';
import type { TreeNode } from '../../rpc/capture.js';
import { harmless } from '../harmless.js';
import { t } from '../l10n.js';
import { rowHeight } from './scrollGeometry.js';
import { partStyle } from './styles.js';
import { fieldAtByte } from './treeRows.js';
import { tell } from './viewEvents.js';

/** Bytes of the packet that belong together. */
export interface ByteRange {
  readonly start: number;
  readonly length: number;
}

function isWithin(offset: number, range: ByteRange | undefined): boolean {
  return range !== undefined && offset >= range.start && offset < range.start + range.length;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}

/** Widths in characters: a byte's two digits with the space around them, and the gaps between groups. */
const byteCharacters = 2.7;
const gapCharacters = 0.6;

/** The byte as ASCII, a dot for what has no shape. */
function ascii(byte: number): string {
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·';
}

/**
 * The bytes of the packet: offset, hex, ASCII. The selected field is lit, the layer it belongs to is tinted; choosing
 * a byte chooses the innermost field that holds it. Below stands what is lit or pointed at.
 */
@customElement('cl-packet-bytes')
export class PacketBytes extends LitElement {
  static override styles = [
    partStyle,
    css`
      :host {
        display: flex;
        flex-direction: column;
        overflow: hidden;
      }
      .grid {
        flex: 1;
        min-height: 0;
        overflow: auto;
        outline: none;
        font-family: var(--vscode-editor-font-family, monospace);
        font-size: var(--vscode-editor-font-size, 13px);
        cursor: default;
        user-select: none;
      }
      .lines {
        width: max-content;
        min-width: 100%;
      }
      .line {
        height: 22px;
        line-height: 22px;
        padding: 0 8px;
        white-space: nowrap;
      }
      .offset {
        color: var(--vscode-descriptionForeground);
        margin-right: ${gapCharacters}ch;
      }
      .byte,
      .char {
        display: inline-block;
        text-align: center;
        outline-offset: -1px;
      }
      .byte {
        width: ${byteCharacters}ch;
      }
      .gap {
        display: inline-block;
      }
      .byte.middle {
        margin-left: ${gapCharacters}ch;
      }
      .chars {
        margin-left: ${2 * gapCharacters}ch;
      }
      .char {
        width: 1ch;
      }
      .in-layer {
        background: var(--vscode-editor-inactiveSelectionBackground);
      }
      /* High-contrast themes select in full white or blue, on which text in the layer could not be read. */
      :host-context(.vscode-high-contrast) .in-layer {
        background: none;
        box-shadow: inset 0 -2px var(--vscode-contrastBorder);
      }
      .lit {
        background: var(--vscode-editor-selectionBackground);
        color: var(--vscode-editor-selectionForeground, inherit);
        outline: 1px solid var(--vscode-contrastActiveBorder, transparent);
      }
      .byte:hover,
      .char:hover {
        outline: 1px solid var(--vscode-focusBorder);
      }
      .grid:focus .byte.cursor {
        outline: 1px solid var(--vscode-focusBorder);
      }
      .about {
        flex: none;
        height: 22px;
        line-height: 22px;
        padding: 0 8px;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        color: var(--vscode-descriptionForeground);
        border-top: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder));
      }
    `,
  ];

  @property({ attribute: false }) accessor bytes: Uint8Array = new Uint8Array();
  @property({ attribute: false }) accessor layers: readonly TreeNode[] = [];
  /** The selected field, when this packet has it. */
  @property({ attribute: false }) accessor field: TreeNode | undefined = undefined;
  /** The layer of the selected field. */
  @property({ attribute: false }) accessor layer: ByteRange | undefined = undefined;

  @state() private accessor scrolled = 0;
  @state() private accessor height = 0;
  @state() private accessor perLine = 16;
  @state() private accessor cursor = 0;
  @state() private accessor pointed: number | undefined = undefined;
  @query('.grid') private accessor grid: HTMLElement | null = null;

  readonly #sizes = new ResizeObserver(() => {
    this.#measure();
  });

  override focus(): void {
    this.grid?.focus();
  }

  protected override firstUpdated(): void {
    if (this.grid) this.#sizes.observe(this.grid);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('field') && !changed.has('bytes')) return;
    this.pointed = undefined;
    // A byte that was chosen stays under the cursor while it lies in the selected field.
    if (this.field && this.field.length > 0 && !isWithin(this.cursor, this.field))
      this.cursor = this.field.start;
    if (this.cursor >= this.bytes.length) this.cursor = 0;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('field') || changed.has('bytes') || (changed as Map<string, unknown>).has('cursor'))
      this.#reveal();
  }

  protected override render(): unknown {
    const lines = Math.ceil(this.bytes.length / this.perLine);
    const first = Math.max(0, Math.floor(this.scrolled / rowHeight) - 2);
    const last = Math.min(lines, first + Math.ceil(this.height / rowHeight) + 5);
    const shown: TemplateResult[] = [];
    for (let line = first; line < last; line++) shown.push(this.#line(line));
    const isCursorShown = this.cursor >= first * this.perLine && this.cursor < last * this.perLine;
    return html`
      <div
        class="grid"
        role="grid"
        tabindex="0"
        aria-label=${t('Packet bytes')}
        aria-rowcount=${lines}
        aria-colcount=${this.perLine}
        aria-activedescendant=${isCursorShown ? `byte-${this.cursor}` : nothing}
        @scroll=${this.#scroll}
        @keydown=${this.#key}
        @pointerdown=${this.#press}
        @pointerover=${this.#point}
        @pointerleave=${() => {
          this.pointed = undefined;
        }}
      >
        <div
          class="lines"
          role="presentation"
          .style=${`height: ${lines * rowHeight}px; padding-top: ${first * rowHeight}px`}
        >
          ${shown}
        </div>
      </div>
      <div class="about">${this.#about()}</div>
    `;
  }

  #line(line: number): TemplateResult {
    const start = line * this.perLine;
    const offsets = Array.from(this.bytes.subarray(start, start + this.perLine), (_, index) => start + index);
    const digits = this.bytes.length > 0x10000 ? 6 : 4;
    return html`
      <div class="line" role="row" aria-rowindex=${line + 1}>
        <span class="offset" role="rowheader">${hex(start, digits)}</span>${offsets.map((offset) =>
          this.#byte(offset, start),
        )}${this.#gap(offsets.length)}<span class="chars" aria-hidden="true"
          >${offsets.map(
            (offset) =>
              html`<span class="char ${this.#look(offset)}" data-offset=${offset}
                >${ascii(this.bytes[offset] ?? 0)}</span
              >`,
          )}</span
        >
      </div>
    `;
  }

  #byte(offset: number, lineStart: number): TemplateResult {
    const value = hex(this.bytes[offset] ?? 0, 2);
    const column = offset - lineStart;
    return html`<span
      class="byte ${column === 8 ? 'middle' : ''} ${this.#look(offset)}"
      id="byte-${offset}"
      role="gridcell"
      aria-colindex=${column + 1}
      aria-selected=${isWithin(offset, this.field)}
      aria-label=${offset === this.cursor ? this.#spoken(offset, value) : nothing}
      data-offset=${offset}
      >${value}</span
    >`;
  }

  /** Keeps the ASCII column of a short last line in its place. */
  #gap(length: number): TemplateResult | typeof nothing {
    const missing = this.perLine - length;
    if (missing === 0) return nothing;
    const middle = this.perLine > 8 && length <= 8 ? gapCharacters : 0;
    return html`<span
      class="gap"
      .style=${`width: ${missing * byteCharacters + middle}ch`}
      aria-hidden="true"
    ></span>`;
  }

  #look(offset: number): string {
    const look = isWithin(offset, this.field) ? 'lit' : isWithin(offset, this.layer) ? 'in-layer' : '';
    return offset === this.cursor ? `${look} cursor` : look;
  }

  /** What a screen reader says of the byte under the cursor. */
  #spoken(offset: number, value: string): string {
    const label = fieldAtByte(this.layers, offset)?.node.label;
    return t('offset {0}, {1}', `0x${hex(offset, 4)}`, label === undefined ? value : `${value}, ${label}`);
  }

  #about(): string {
    const node = this.pointed === undefined ? this.field : fieldAtByte(this.layers, this.pointed)?.node;
    if (!node) return counted(this.bytes.length, t('byte'), t('bytes'));
    const size =
      node.length > 0 ? counted(node.length, t('byte'), t('bytes')) : t('worked out, not in the packet');
    return harmless(`${node.name}, ${size} · ${node.label}`);
  }

  #measure(): void {
    if (!this.grid) return;
    this.height = this.grid.clientHeight;
    const context = document.createElement('canvas').getContext('2d');
    if (!context) return;
    context.font = getComputedStyle(this.grid).font;
    const characters = (this.grid.clientWidth - 16) / context.measureText('0').width;
    const rest = 4 + 4 * gapCharacters;
    this.perLine = characters >= rest + 16 * (byteCharacters + 1) ? 16 : 8;
  }

  #reveal(): void {
    if (!this.grid || this.height === 0) return;
    const top = Math.floor(this.cursor / this.perLine) * rowHeight;
    const { scrollTop } = this.grid;
    if (top < scrollTop) this.grid.scrollTop = top;
    else if (top + rowHeight > scrollTop + this.height) this.grid.scrollTop = top + rowHeight - this.height;
  }

  readonly #scroll = (): void => {
    this.scrolled = this.grid?.scrollTop ?? 0;
  };

  #offsetAt(event: Event): number | undefined {
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-offset]') : null;
    return cell ? Number(cell.dataset['offset']) : undefined;
  }

  readonly #press = (event: PointerEvent): void => {
    const offset = this.#offsetAt(event);
    if (offset !== undefined) this.#choose(offset);
  };

  readonly #point = (event: PointerEvent): void => {
    this.pointed = this.#offsetAt(event);
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.altKey || event.metaKey) return;
    const last = this.bytes.length - 1;
    const line = Math.floor(this.cursor / this.perLine) * this.perLine;
    const page = Math.max(1, Math.floor(this.height / rowHeight) - 1) * this.perLine;
    const plain: Readonly<Record<string, number>> = {
      ArrowLeft: this.cursor - 1,
      ArrowRight: this.cursor + 1,
      ArrowUp: this.cursor - this.perLine,
      ArrowDown: this.cursor + this.perLine,
      PageUp: this.cursor - page,
      PageDown: this.cursor + page,
      Home: line,
      End: line + this.perLine - 1,
    };
    const withControl: Readonly<Record<string, number>> = { Home: 0, End: last };
    const target = (event.ctrlKey ? withControl : plain)[event.key];
    if (target !== undefined && last >= 0) this.#choose(Math.min(last, Math.max(0, target)));
    else if (event.key === 'Escape') tell(this, 'pane-wanted', 'list');
    else return;
    event.preventDefault();
  };

  #choose(offset: number): void {
    this.cursor = offset;
    tell(this, 'byte-selected', offset);
  }
}
