import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { counted, grouped } from '../../core/base/words.js';
import { t } from '../l10n.js';
import { packetNumber } from './packetNumber.js';
import { tell } from './viewEvents.js';

/** The small box over the list that takes a packet number. */
@customElement('cl-go-to-packet')
export class GoToPacket extends LitElement {
  static override styles = css`
    :host {
      position: absolute;
      z-index: 3;
      top: 0;
      right: 28px;
      padding: 4px;
      color: var(--vscode-editorWidget-foreground);
      background: var(--vscode-editorWidget-background);
      border: 1px solid var(--vscode-editorWidget-border, var(--vscode-contrastBorder));
      border-top: none;
    }
    label {
      display: flex;
      align-items: center;
      gap: 8px;
    }
    input {
      width: 14ch;
      height: 24px;
      box-sizing: border-box;
      padding: 0 6px;
      font: inherit;
      color: var(--vscode-input-foreground);
      background: var(--vscode-input-background);
      border: 1px solid var(--vscode-input-border, transparent);
      outline: none;
    }
    input:focus {
      border-color: var(--vscode-focusBorder);
    }
    input::placeholder {
      color: var(--vscode-input-placeholderForeground);
    }
    input.wrong {
      border-color: var(--vscode-inputValidation-errorBorder);
    }
    .wrong-text {
      margin-top: 4px;
      padding: 2px 6px;
      color: var(--vscode-inputValidation-errorForeground, inherit);
      background: var(--vscode-inputValidation-errorBackground);
      border: 1px solid var(--vscode-inputValidation-errorBorder);
    }
  `;

  @property({ type: Number }) accessor packets = 0;
  @state() private accessor wrong = '';
  @query('input') private accessor input: HTMLInputElement | null = null;

  override focus(): void {
    this.input?.focus();
    this.input?.select();
  }

  protected override firstUpdated(): void {
    this.focus();
  }

  protected override render(): unknown {
    return html`
      <label>
        ${t('Go to packet')}
        <input
          class=${this.wrong === '' ? '' : 'wrong'}
          inputmode="numeric"
          placeholder=${t('1 to {0}', grouped(this.packets))}
          aria-invalid=${this.wrong !== ''}
          aria-describedby=${this.wrong === '' ? nothing : 'wrong'}
          @keydown=${this.#key}
          @input=${() => {
            this.wrong = '';
          }}
          @blur=${() => {
            tell(this, 'dismissed', undefined);
          }}
        />
      </label>
      ${this.wrong === '' ? nothing : html`<div class="wrong-text" id="wrong" role="alert">${this.wrong}</div>`}
    `;
  }

  readonly #key = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === 'Escape') tell(this, 'pane-wanted', 'list');
    if (event.key !== 'Enter') return;
    const number = packetNumber(this.input?.value ?? '');
    if (number === undefined) this.wrong = t('Enter a packet number.');
    else if (number < 1 || number > this.packets)
      this.wrong = t('This capture has {0}.', counted(this.packets, t('packet'), t('packets')));
    else tell(this, 'go-to', number);
  };
}
