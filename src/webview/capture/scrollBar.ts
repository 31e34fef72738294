import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { grouped } from '../../core/base/words.js';
import { positionAtThumb, thumbAt, tickAt } from './scrollGeometry.js';
import { tell } from './viewEvents.js';

/** A row that the bar points out. */
export interface ScrollTick {
  readonly row: number;
  readonly what: 'mark' | 'damage' | 'found';
}

/**
 * The list's scroll bar. A browser's own would need an element as tall as all rows, and browsers cap that at a
 * million rows or so; this one knows rows, not pixels. While it is dragged it names the packet it stands at.
 */
@customElement('cl-scroll-bar')
export class ScrollBar extends LitElement {
  static override styles = css`
    :host {
      position: relative;
      width: 14px;
      touch-action: none;
    }
    .thumb {
      position: absolute;
      box-sizing: border-box;
      left: 0;
      right: 0;
      background: var(--vscode-scrollbarSlider-background);
      border: 1px solid var(--vscode-contrastBorder, transparent);
    }
    .thumb:hover {
      background: var(--vscode-scrollbarSlider-hoverBackground);
    }
    .thumb.dragged {
      background: var(--vscode-scrollbarSlider-activeBackground);
    }
    .tick {
      position: absolute;
      height: 2px;
      pointer-events: none;
    }
    .mark {
      left: 1px;
      width: 4px;
      background: var(--vscode-editorOverviewRuler-bracketMatchForeground, var(--vscode-foreground));
    }
    .found {
      left: 0;
      right: 0;
      background: var(--vscode-editorOverviewRuler-findMatchForeground, var(--vscode-focusBorder));
    }
    .damage {
      right: 1px;
      width: 4px;
      background: var(--vscode-editorOverviewRuler-warningForeground, var(--vscode-editorWarning-foreground));
    }
    @media (forced-colors: active) {
      .tick {
        forced-color-adjust: none;
      }
    }
    .place {
      position: absolute;
      z-index: 2;
      right: 18px;
      padding: 0 6px;
      line-height: 20px;
      white-space: nowrap;
      pointer-events: none;
      color: var(--vscode-editorHoverWidget-foreground);
      background: var(--vscode-editorHoverWidget-background);
      border: 1px solid var(--vscode-editorHoverWidget-border);
    }
  `;

  @property({ type: Number }) accessor position = 0;
  @property({ type: Number }) accessor rows = 0;
  /** Height of the list's view, in rows. */
  @property({ type: Number }) accessor viewRows = 0;
  /** Number of the packet at the upper edge, 0 while it is not known. */
  @property({ type: Number }) accessor label = 0;
  @property({ attribute: false }) accessor ticks: readonly ScrollTick[] = [];
  /** Height of the bar in pixels. */
  @state() accessor #track = 0;
  /** Pixels from the thumb's upper edge to where it was grasped; nothing when it is not. */
  @state() accessor #grasp: number | undefined = undefined;

  readonly #sizes = new ResizeObserver(() => (this.#track = this.clientHeight));

  override connectedCallback(): void {
    super.connectedCallback();
    // Keys and the grid's own row numbers serve those who do not see the bar.
    this.ariaHidden = 'true';
    this.#sizes.observe(this);
    this.addEventListener('pointerdown', this.#press);
    this.addEventListener('pointermove', this.#drag);
    this.addEventListener('lostpointercapture', this.#release);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizes.disconnect();
  }

  protected override render(): unknown {
    const thumb = thumbAt(this.position, this.rows, this.viewRows, this.#track);
    if (!thumb) return nothing;
    const isDragged = this.#grasp !== undefined;
    return html`
      ${this.ticks.map((tick) => this.#tick(tick))}
      <div
        class=${isDragged ? 'thumb dragged' : 'thumb'}
        .style=${`top: ${thumb.top}px; height: ${thumb.height}px`}
      ></div>
      ${
        isDragged
          ? html`<div class="place" .style=${`top: ${Math.max(0, thumb.top + thumb.height / 2 - 11)}px`}>
              ${grouped(this.label > 0 ? this.label : Math.floor(this.position) + 1)}
            </div>`
          : nothing
      }
    `;
  }

  #tick({ row, what }: ScrollTick): TemplateResult {
    return html`<div
      class="tick ${what}"
      .style=${`top: ${tickAt(row, this.rows, this.viewRows, this.#track)}px`}
    ></div>`;
  }

  readonly #press = (event: PointerEvent): void => {
    const thumb = thumbAt(this.position, this.rows, this.viewRows, this.#track);
    if (!thumb || event.button !== 0) return;
    event.preventDefault();
    const at = event.clientY - this.getBoundingClientRect().top;
    const isOnThumb = at >= thumb.top && at < thumb.top + thumb.height;
    this.#grasp = isOnThumb ? at - thumb.top : thumb.height / 2;
    this.setPointerCapture(event.pointerId);
    if (!isOnThumb) this.#drag(event);
  };

  readonly #drag = (event: PointerEvent): void => {
    if (this.#grasp === undefined) return;
    const top = event.clientY - this.getBoundingClientRect().top - this.#grasp;
    tell(this, 'bar-moved', positionAtThumb(top, this.rows, this.viewRows, this.#track));
  };

  readonly #release = (): void => {
    this.#grasp = undefined;
  };
}
