import { css } from 'lit';

/** Text fields and the small buttons beside and inside of them, as the workbench draws its own. */
export const controlStyle = css`
  .icon {
    display: block;
    flex: none;
  }
  .icon-button {
    display: flex;
    flex: none;
    align-items: center;
    justify-content: center;
    box-sizing: border-box;
    width: 20px;
    height: 20px;
    padding: 0;
    color: var(--vscode-icon-foreground, var(--vscode-foreground));
    background: none;
    border: 1px solid transparent;
    border-radius: 3px;
    cursor: pointer;
  }
  .icon-button:hover {
    background: var(--vscode-toolbar-hoverBackground);
    outline: 1px dashed var(--vscode-toolbar-hoverOutline, var(--vscode-contrastActiveBorder, transparent));
    outline-offset: -1px;
  }
  .icon-button:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: -1px;
  }
  .icon-button[aria-pressed='true'] {
    color: var(--vscode-inputOption-activeForeground, var(--vscode-foreground));
    background: var(--vscode-inputOption-activeBackground);
    border-color: var(--vscode-inputOption-activeBorder, var(--vscode-contrastActiveBorder, transparent));
  }
  .icon-button:disabled {
    opacity: 0.4;
    background: none;
    outline: none;
    cursor: default;
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (forced-colors: active) {
    .icon-button[aria-pressed='true'] {
      border-color: Highlight;
    }
  }
`;

/** Lists that drop down from a field: completions, history. Options are placed by the one who fills the list. */
export const dropDownStyle = css`
  .drop-down {
    position: absolute;
    z-index: 10;
    top: 100%;
    box-sizing: border-box;
    max-width: 100%;
    overflow: hidden auto;
    color: var(--vscode-editorSuggestWidget-foreground, var(--vscode-foreground));
    background: var(--vscode-editorSuggestWidget-background, var(--vscode-editorWidget-background));
    border: 1px solid
      var(
        --vscode-editorSuggestWidget-border,
        var(--vscode-editorWidget-border, var(--vscode-contrastBorder))
      );
    outline: none;
  }
  .option {
    box-sizing: border-box;
    height: 22px;
    line-height: 22px;
    padding: 0 8px;
    white-space: pre;
    cursor: pointer;
    user-select: none;
  }
  .option:hover {
    color: var(--vscode-list-hoverForeground, inherit);
    background: var(--vscode-list-hoverBackground);
    outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -1px;
  }
  .option[aria-selected='true'] {
    color: var(--vscode-editorSuggestWidget-selectedForeground, var(--vscode-list-activeSelectionForeground));
    background: var(
      --vscode-editorSuggestWidget-selectedBackground,
      var(--vscode-list-activeSelectionBackground)
    );
    outline: 1px solid var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -1px;
  }
  @media (forced-colors: active) {
    .option[aria-selected='true'] {
      color: HighlightText;
      background: Highlight;
      forced-color-adjust: none;
    }
  }
`;
