import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { CaptureViewCommand } from '../../rpc/captureView.js';
import type { TimeWish } from '../../rpc/packetList.js';
import { t } from '../l10n.js';
import { controlStyle } from './controlStyle.js';
import { drawing, type DrawingName } from './icons.js';
import { partStyle } from './styles.js';
import './timeMenu.js';
import type { TimeMenu } from './timeMenu.js';
import { tell, type ViewEvent } from './viewEvents.js';

/** The buttons beside the filter bar. */
@customElement('cl-tool-bar')
export class ToolBar extends LitElement {
  static override styles = [
    partStyle,
    controlStyle,
    css`
      :host {
        position: relative;
        z-index: 6;
        display: flex;
        flex: none;
        align-items: center;
        gap: 2px;
        height: 30px;
        padding-right: 8px;
      }
      .icon-button {
        width: 22px;
        height: 22px;
      }
    `,
  ];

  @property({ attribute: false }) accessor time: TimeWish = { form: 'relative' };
  /** The list stands at its end while packets come in; nothing when that is not offered. */
  @property({ type: Boolean }) accessor follow = false;
  @property({ type: Boolean }) accessor canFollow = false;

  @state() private accessor isTimeOpen = false;
  @query('.time') private accessor timeButton: HTMLElement | null = null;
  @query('cl-time-menu') private accessor timeMenu: TimeMenu | null = null;

  protected override render(): unknown {
    return html`
      ${
        this.canFollow
          ? this.#button('follow', t('Follow new packets'), 'toggleFollow', this.follow)
          : nothing
      }
      <button
        class="icon-button time"
        aria-label=${t('Time format')}
        title=${t('Time format')}
        aria-haspopup="menu"
        aria-expanded=${this.isTimeOpen}
        @pointerdown=${(event: PointerEvent) => {
          // The menu closes when it loses the keyboard, which would open it again.
          event.preventDefault();
        }}
        @click=${this.#toggleTime}
      >
        ${drawing('time')}
      </button>
      ${this.#button('columns', t('Choose columns'), 'chooseColumns')}
      ${this.#button('export', t('Export packets'), 'export')}
      ${this.#button('properties', t('Properties of the capture'), 'properties')}
      ${
        this.isTimeOpen
          ? html`<cl-time-menu
              .time=${this.time}
              @time-wanted=${(event: ViewEvent<'time-wanted'>) => {
                tell(this, 'time-wanted', event.detail);
                this.#closeTime();
              }}
              @dismissed=${this.#closeTime}
            ></cl-time-menu>`
          : nothing
      }
    `;
  }

  #button(
    icon: DrawingName,
    label: string,
    command: CaptureViewCommand,
    isPressed?: boolean,
  ): TemplateResult {
    return html`<button
      class="icon-button"
      aria-label=${label}
      title=${label}
      aria-pressed=${isPressed ?? nothing}
      @click=${() => {
        tell(this, 'command-wanted', command);
      }}
    >
      ${drawing(icon)}
    </button>`;
  }

  readonly #toggleTime = (): void => {
    this.isTimeOpen = !this.isTimeOpen;
    if (this.isTimeOpen)
      void this.updateComplete.then(() => {
        this.timeMenu?.focus();
      });
  };

  readonly #closeTime = (): void => {
    const hadKeyboard = this.timeMenu?.matches(':focus-within') === true;
    this.isTimeOpen = false;
    if (hadKeyboard) this.timeButton?.focus();
  };
}
