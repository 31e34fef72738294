import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import type { VscodeTextfield } from '@vscode-elements/elements/dist/vscode-textfield/index.js';
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
    vscode-textfield {
      width: 16ch;
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
  @query('vscode-textfield') private accessor field: VscodeTextfield | null = null;

  override focus(): void {
    // The field makes its input when it is first drawn.
    void this.field?.updateComplete.then(() => {
      this.field?.wrappedElement.focus();
      this.field?.wrappedElement.select();
    });
  }

  protected override firstUpdated(): void {
    this.focus();
  }

  protected override render(): unknown {
    return html`
      <label>
        ${t('Go to packet')}
        <vscode-textfield
          label=${t('Go to packet')}
          .placeholder=${t('1 to {0}', grouped(this.packets))}
          ?invalid=${this.wrong !== ''}
          @keydown=${this.#key}
          @input=${() => {
            this.wrong = '';
          }}
          @focusout=${() => {
            tell(this, 'dismissed', undefined);
          }}
        ></vscode-textfield>
      </label>
      ${this.wrong === '' ? nothing : html`<div class="wrong-text" id="wrong" role="alert">${this.wrong}</div>`}
    `;
  }

  readonly #key = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === 'Escape') tell(this, 'pane-wanted', 'list');
    if (event.key !== 'Enter') return;
    const number = packetNumber(this.field?.value ?? '');
    if (number === undefined) this.wrong = t('Enter a packet number.');
    else if (number < 1 || number > this.packets)
      this.wrong = t('This capture has {0}.', counted(this.packets, t('packet'), t('packets')));
    else tell(this, 'go-to', number);
  };
}
