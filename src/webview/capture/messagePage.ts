import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { harmless } from '../harmless.js';
import type { Action } from './noticeBar.js';

/** A page in place of the packets: the file is still opening, is something else, cannot be read, or is empty. */
@customElement('cl-message-page')
export class MessagePage extends LitElement {
  static override styles = css`
    :host {
      display: flex;
      flex: 1;
      flex-direction: column;
      align-items: center;
      justify-content: center;
      gap: 12px;
      padding: 24px;
      text-align: center;
    }
    /* A file that opens at once shows its packets, and no flash of this page. */
    :host([busy]) {
      animation: appear 0s 0.4s backwards;
    }
    @keyframes appear {
      from {
        visibility: hidden;
      }
    }
    h1 {
      margin: 0;
      font-size: 1.3em;
      font-weight: 600;
      overflow-wrap: anywhere;
    }
    p {
      margin: 0;
      max-width: 60ch;
      line-height: 1.5;
      color: var(--vscode-descriptionForeground);
      overflow-wrap: anywhere;
    }
    .actions {
      display: flex;
      flex-wrap: wrap;
      justify-content: center;
      gap: 8px;
    }
    vscode-progress-bar {
      width: min(320px, 80%);
    }
  `;

  @property() accessor heading = '';
  @property() accessor message = '';
  @property({ attribute: false }) accessor actions: readonly Action[] = [];
  /** Something is under way and will replace this page. */
  @property({ type: Boolean, reflect: true }) accessor busy = false;

  protected override render(): unknown {
    return html`
      <h1>${harmless(this.heading)}</h1>
      ${this.message === '' ? nothing : html`<p>${harmless(this.message)}</p>`}
      ${this.busy ? html`<vscode-progress-bar indeterminate aria-label=${this.heading}></vscode-progress-bar>` : nothing}
      ${
        this.actions.length === 0
          ? nothing
          : html`<div class="actions">
              ${this.actions.map(
                ({ label, run }, at) =>
                  html`<vscode-button
                    ?secondary=${at > 0}
                    @click=${() => {
                      run();
                    }}
                    >${label}</vscode-button
                  >`,
              )}
            </div>`
      }
    `;
  }
}
