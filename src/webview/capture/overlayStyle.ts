import { css } from 'lit';

/** Small pages over the panes: a frame as the workbench's own widgets have, with a heading and its buttons. */
export const overlayStyle = css`
  :host {
    position: absolute;
    z-index: 4;
    top: 0;
    right: 28px;
    width: min(420px, calc(100% - 56px));
  }
  .overlay {
    color: var(--vscode-editorWidget-foreground, var(--vscode-foreground));
    background: var(--vscode-editorWidget-background, var(--vscode-editor-background));
    border: 1px solid
      var(--vscode-editorWidget-border, var(--vscode-contrastBorder, var(--vscode-panel-border)));
    border-top: none;
  }
  .head {
    display: flex;
    align-items: center;
    gap: 4px;
    height: 30px;
    padding: 0 8px;
    border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder));
  }
  h2 {
    flex: 1;
    margin: 0;
    font-size: inherit;
    font-weight: 600;
  }
  .text-button {
    padding: 0 6px;
    font: inherit;
    line-height: 20px;
    color: var(--vscode-textLink-foreground);
    background: none;
    border: none;
    cursor: pointer;
  }
  .text-button:hover {
    color: var(--vscode-textLink-activeForeground);
    text-decoration: underline;
  }
  .text-button:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
  }
`;
