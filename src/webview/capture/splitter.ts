import { LitElement, css } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { tell } from './viewEvents.js';
import { clampShare } from './viewState.js';

/** Where a splitter can move: pixels in the window along its way. */
export interface SplitRange {
  readonly from: number;
  readonly to: number;
}

/** How far an arrow key moves a splitter. */
const keyStep = 0.03;

/** The line between two panes: drag it, move it with arrow keys, double-click or press Enter to put it back. */
@customElement('cl-splitter')
export class Splitter extends LitElement {
  static override styles = css`
    :host {
      position: relative;
      z-index: 2;
      background: var(--vscode-panel-border, var(--vscode-contrastBorder));
      touch-action: none;
      outline: none;
    }
    :host::after {
      content: '';
      position: absolute;
      inset: -3px 0;
      cursor: row-resize;
    }
    :host([aria-orientation='vertical'])::after {
      inset: 0 -3px;
      cursor: col-resize;
    }
    :host(:hover)::after {
      background: var(--vscode-sash-hoverBorder, var(--vscode-focusBorder));
      background-clip: content-box;
      padding: 1px;
      transition: background-color 0.1s 0.3s;
    }
    :host(:focus-visible)::after,
    :host(.dragged)::after {
      background: var(--vscode-sash-hoverBorder, var(--vscode-focusBorder));
      background-clip: content-box;
      padding: 1px;
    }
  `;

  /** A line that lies moves up and down, one that stands moves left and right. */
  @property() accessor lie: 'horizontal' | 'vertical' = 'horizontal';
  /** Share of the first pane, 0 to 1. */
  @property({ type: Number }) accessor share = 0.5;
  @property({ attribute: false }) accessor range: () => SplitRange = () => ({ from: 0, to: 1 });

  override connectedCallback(): void {
    super.connectedCallback();
    this.role = 'separator';
    this.tabIndex = 0;
    this.ariaValueMin = '10';
    this.ariaValueMax = '90';
    this.addEventListener('pointerdown', this.#press);
    this.addEventListener('pointermove', this.#drag);
    this.addEventListener('lostpointercapture', this.#release);
    this.addEventListener('dblclick', this.#reset);
    this.addEventListener('keydown', this.#key);
  }

  protected override updated(): void {
    this.ariaOrientation = this.lie;
    this.ariaValueNow = Math.round(this.share * 100).toString();
  }

  readonly #press = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    event.preventDefault();
    this.setPointerCapture(event.pointerId);
    this.classList.add('dragged');
  };

  readonly #drag = (event: PointerEvent): void => {
    if (!this.hasPointerCapture(event.pointerId)) return;
    const { from, to } = this.range();
    const at = this.lie === 'horizontal' ? event.clientY : event.clientX;
    this.#move((at - from) / Math.max(1, to - from));
  };

  readonly #release = (): void => {
    this.classList.remove('dragged');
  };

  readonly #reset = (): void => {
    tell(this, 'split-moved', undefined);
  };

  readonly #key = (event: KeyboardEvent): void => {
    const [less, more] = this.lie === 'horizontal' ? ['ArrowUp', 'ArrowDown'] : ['ArrowLeft', 'ArrowRight'];
    if (event.key === less) this.#move(this.share - keyStep);
    else if (event.key === more) this.#move(this.share + keyStep);
    else if (event.key === 'Home') this.#move(0);
    else if (event.key === 'End') this.#move(1);
    else if (event.key === 'Enter') this.#reset();
    else return;
    event.preventDefault();
  };

  #move(share: number): void {
    tell(this, 'split-moved', clampShare(share));
  }
}
