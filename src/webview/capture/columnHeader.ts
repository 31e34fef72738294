import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { t } from '../l10n.js';
import { columnTracks, columnWidth, columns, narrowestColumn, widestColumn, type Column } from './columns.js';
import { partStyle } from './styles.js';
import { tell } from './viewEvents.js';

/** The header row of the packet list: titles, and grips between them that size the columns. */
@customElement('cl-column-header')
export class ColumnHeader extends LitElement {
  static override styles = [
    partStyle,
    css`
      :host {
        display: grid;
        flex: none;
        height: 23px;
        min-width: min-content;
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
        padding: 0 8px;
        min-width: 0;
      }
      .text {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .end {
        text-align: right;
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

  @property({ attribute: false }) accessor widths: Readonly<Record<string, number>> = {};
  /** The width in pixels that shows all of a column's texts on screen. */
  @property({ attribute: false }) accessor fit: (column: Column) => number = (column) => column.width;

  override connectedCallback(): void {
    super.connectedCallback();
    this.role = 'row';
  }

  protected override updated(): void {
    this.style.gridTemplateColumns = columnTracks(this.widths);
  }

  protected override render(): unknown {
    return columns.map(
      (column, index) => html`
        <div class="title ${column.align}" role="columnheader" aria-colindex=${index + 1}>
          <div class="text">${t(column.title)}</div>
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
      `,
    );
  }

  /** Sizes a column for as long as the pointer holds its grip. */
  #grasp(event: PointerEvent, column: Column): void {
    const grip = event.currentTarget;
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
      () => {
        grip.classList.remove('dragged');
        grip.removeEventListener('pointermove', follow);
      },
      { once: true },
    );
  }

  #size(column: Column, width: number): void {
    const bounded = Math.round(Math.min(widestColumn, Math.max(narrowestColumn, width)));
    if (bounded !== columnWidth(column, this.widths))
      tell(this, 'columns-sized', { ...this.widths, [column.id]: bounded });
  }
}
