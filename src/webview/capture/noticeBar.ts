import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { harmless } from '../harmless.js';
import { t } from '../l10n.js';
import { warningMark } from './icons.js';

/** Something a person can do about what a message says. */
export interface Action {
  /** What happens, in the imperative. */
  readonly label: string;
  readonly run: () => void;
}

/** A quiet bar above the list: something is wrong with the file, and what can be done; the packets stay in view. */
@customElement('cl-notice-bar')
export class NoticeBar extends LitElement {
  static override styles = css`
    :host {
      display: flex;
      flex: none;
      align-items: flex-start;
      gap: 8px;
      padding: 4px 8px;
      line-height: 20px;
      color: var(--vscode-editorWidget-foreground, var(--vscode-foreground));
      background: var(--vscode-editorWidget-background);
      border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder));
    }
    .mark {
      flex: none;
      width: 16px;
      height: 20px;
      color: var(--vscode-editorWarning-foreground);
    }
    .message {
      flex: 1;
      min-width: 0;
      overflow-wrap: anywhere;
    }
    button {
      flex: none;
      padding: 0 4px;
      font: inherit;
      line-height: 20px;
      color: var(--vscode-textLink-foreground);
      background: none;
      border: none;
      cursor: pointer;
    }
    button:hover {
      color: var(--vscode-textLink-activeForeground);
      text-decoration: underline;
    }
    button:focus-visible {
      outline: 1px solid var(--vscode-focusBorder);
    }
  `;

  @property() accessor message = '';
  @property({ attribute: false }) accessor actions: readonly Action[] = [];
  /** Nothing is wrong: the bar only tells something. */
  @property({ type: Boolean }) accessor isPlain = false;

  protected override render(): unknown {
    return html`
      ${this.isPlain ? nothing : warningMark(t('Warning'))}
      <span class="message" role="status">${harmless(this.message)}</span>
      ${this.actions.map(
        ({ label, run }) =>
          html`<button
            @click=${() => {
              run();
            }}
          >
            ${label}
          </button>`,
      )}
    `;
  }
}
