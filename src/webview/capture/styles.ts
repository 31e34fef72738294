import { css } from 'lit';

/** The page itself, against the margins VS Code gives to web pages. */
export const pageStyle = css`
  html,
  body {
    height: 100%;
    margin: 0;
    padding: 0;
    overflow: hidden;
  }
  body {
    color: var(--vscode-foreground);
    background: var(--vscode-editor-background);
    font: var(--vscode-font-weight, normal) var(--vscode-font-size, 13px)
      var(--vscode-font-family, sans-serif);
  }
`;

/** Box model, and scroll bars as the workbench draws its own. */
export const partStyle = css`
  :host,
  * {
    box-sizing: border-box;
    scrollbar-color: auto;
  }
  ::-webkit-scrollbar {
    width: 10px;
    height: 10px;
  }
  ::-webkit-scrollbar-corner {
    background: transparent;
  }
  ::-webkit-scrollbar-thumb {
    min-height: 20px;
    background: var(--vscode-scrollbarSlider-background);
    border: 1px solid var(--vscode-contrastBorder, transparent);
  }
  ::-webkit-scrollbar-thumb:hover {
    background: var(--vscode-scrollbarSlider-hoverBackground);
  }
  ::-webkit-scrollbar-thumb:active {
    background: var(--vscode-scrollbarSlider-activeBackground);
  }
`;

/**
 * Rows of list and tree, coloured as the workbench's own lists. High-contrast themes have no backgrounds for them but
 * border colours, hence the outlines.
 */
export const rowStyle = css`
  .row {
    height: 22px;
    line-height: 22px;
    white-space: nowrap;
    cursor: default;
    user-select: none;
    outline: 1px solid transparent;
    outline-offset: -1px;
  }
  .row:hover {
    background: var(--vscode-list-hoverBackground);
    color: var(--vscode-list-hoverForeground);
    outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
  }
  .row.selected {
    background: var(--vscode-list-inactiveSelectionBackground);
    color: var(--vscode-list-inactiveSelectionForeground);
    outline: 1px dotted var(--vscode-contrastActiveBorder, transparent);
  }
  :focus > .row.selected,
  :focus .row.selected {
    background: var(--vscode-list-activeSelectionBackground);
    color: var(--vscode-list-activeSelectionForeground);
    outline: 1px solid var(--vscode-list-focusOutline, var(--vscode-focusBorder));
  }
  .text {
    white-space: pre;
  }
  .problem .mark {
    width: 14px;
    height: 14px;
    margin-right: 4px;
    vertical-align: -2px;
    color: var(--vscode-editorWarning-foreground);
  }
  :focus .selected.problem .mark {
    color: inherit;
  }
`;
