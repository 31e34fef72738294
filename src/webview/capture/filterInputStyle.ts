import { css } from 'lit';

/** A text field in a frame, with what is underlined drawn behind its text. */
export const filterInputStyle = css`
  :host {
    position: relative;
    display: block;
    min-width: 0;
    --right: var(--vscode-charts-green, var(--vscode-testing-iconPassed));
    --wrong: var(--vscode-inputValidation-errorBorder, var(--vscode-editorError-foreground));
  }
  .frame {
    display: flex;
    align-items: center;
    height: 22px;
    padding: 0 0 0 4px;
    color: var(--vscode-input-foreground);
    background: var(--vscode-input-background);
    border: 1px solid var(--vscode-input-border, var(--vscode-panel-border, transparent));
    border-radius: 2px;
  }
  .frame:focus-within {
    border-color: var(--vscode-focusBorder);
  }
  :host([data-verdict='right']) .frame {
    border-color: var(--right);
  }
  :host([data-verdict='wrong']) .frame {
    border-color: var(--wrong);
  }
  :host([data-verdict='right']) .frame:focus-within,
  :host([data-verdict='wrong']) .frame:focus-within {
    outline: 1px solid var(--vscode-focusBorder);
  }
  .line {
    position: relative;
    flex: 1;
    min-width: 40px;
    height: 20px;
  }
  input,
  .underlay {
    position: absolute;
    inset: 0;
    padding: 0 4px;
    line-height: 20px;
    font-family: var(--vscode-editor-font-family, monospace);
    font-size: var(--vscode-editor-font-size, 13px);
    font-weight: normal;
    letter-spacing: 0;
    font-variant-ligatures: none;
  }
  input {
    width: 100%;
    color: inherit;
    background: transparent;
    border: none;
    outline: none;
  }
  input::placeholder {
    color: var(--vscode-input-placeholderForeground);
    line-height: 20px;
    font-family: var(--vscode-font-family, sans-serif);
    opacity: 1;
  }
  input::selection {
    color: var(--vscode-editor-selectionForeground, currentColor);
    background: var(--vscode-editor-selectionBackground);
  }
  .underlay {
    overflow: hidden;
    color: transparent;
    pointer-events: none;
    user-select: none;
    forced-color-adjust: none;
  }
  .moved {
    position: relative;
    white-space: pre;
  }
  .ruler {
    position: absolute;
    white-space: pre;
    visibility: hidden;
  }
  .wrong {
    text-decoration: underline wavy var(--vscode-editorError-foreground, var(--wrong)) 1px;
    text-decoration-skip-ink: none;
    text-underline-offset: 2px;
  }
  .verdict {
    flex: none;
    padding: 0 2px;
  }
  :host([data-verdict='right']) .verdict {
    color: var(--right);
  }
  :host([data-verdict='wrong']) .verdict {
    color: var(--vscode-editorError-foreground, var(--wrong));
  }
  :host([data-verdict='checking']) .verdict .icon {
    animation: turn 1s linear infinite;
  }
  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    :host([data-verdict='checking']) .verdict .icon {
      animation: none;
    }
  }
  .message {
    position: absolute;
    z-index: 9;
    top: calc(100% - 1px);
    left: 0;
    right: 0;
    padding: 2px 8px;
    line-height: 20px;
    overflow-wrap: anywhere;
    color: var(--vscode-inputValidation-errorForeground, var(--vscode-foreground));
    background: var(--vscode-inputValidation-errorBackground, var(--vscode-editorWidget-background));
    border: 1px solid var(--wrong);
  }
`;
