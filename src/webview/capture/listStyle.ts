import { css } from 'lit';

/** The packet list: a table of fixed rows, tints of colour rules, marks. Selection always wins over tints. */
export const listStyle = css`
  :host {
    display: flex;
    overflow: hidden;
    font-family: var(--vscode-editor-font-family, monospace);
    font-size: var(--vscode-editor-font-size, 13px);
  }
  .grid {
    flex: 1;
    min-width: 0;
    overflow: auto hidden;
    outline: none;
  }
  .grid.unselected:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: -1px;
  }
  .table {
    display: flex;
    flex-direction: column;
    height: 100%;
  }
  .view {
    flex: 1;
    min-height: 0;
    overflow: hidden;
    contain: strict;
  }
  .row {
    display: grid;
    grid-template-columns: var(--tracks);
    contain: strict;
  }
  .cell {
    padding: 0 8px;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .end {
    text-align: right;
  }
  .grid:focus .active > .current {
    outline: 1px solid var(--vscode-list-focusOutline, var(--vscode-focusBorder));
    outline-offset: -2px;
  }
  .selected:not(.active) {
    outline: none;
  }
  .letter {
    display: none;
  }
  .sign {
    width: 14px;
    height: 14px;
    margin-right: 3px;
    vertical-align: -2px;
  }

  .tinted:not(.selected, :hover) {
    background: color-mix(in srgb, var(--tint) 13%, transparent);
  }
  .red {
    --tint: var(--vscode-charts-red, #f14c4c);
  }
  .orange {
    --tint: var(--vscode-charts-orange, #d18616);
  }
  .yellow {
    --tint: var(--vscode-charts-yellow, #cca700);
  }
  .green {
    --tint: var(--vscode-charts-green, #89d185);
  }
  .blue {
    --tint: var(--vscode-charts-blue, #3794ff);
  }
  .purple {
    --tint: var(--vscode-charts-purple, #b180d7);
  }
  .grey {
    --tint: var(--vscode-descriptionForeground, #808080);
  }
  /* The reverse of the page, as Wireshark's marked packets are black. */
  .marked:not(.selected) {
    color: var(--vscode-editor-background);
    background: color-mix(in srgb, var(--vscode-foreground) 78%, var(--vscode-editor-background));
  }

  /* High contrast leaves no room for tints: a bar and the first letter of the rule's name say the same. */
  :host-context(.vscode-high-contrast) .tinted:not(.selected),
  :host-context(.vscode-high-contrast-light) .tinted:not(.selected) {
    background: none;
  }
  :host-context(.vscode-high-contrast) .tinted::before,
  :host-context(.vscode-high-contrast-light) .tinted::before {
    content: '';
    position: absolute;
    inset: 2px auto 2px 0;
    width: 4px;
    background: var(--tint);
  }
  :host-context(.vscode-high-contrast) .letter,
  :host-context(.vscode-high-contrast-light) .letter {
    display: inline;
    margin-right: 4px;
    font-weight: 700;
  }
  :host-context(.vscode-high-contrast) .marked:not(.selected),
  :host-context(.vscode-high-contrast-light) .marked:not(.selected) {
    color: var(--vscode-editor-background);
    background: var(--vscode-foreground);
  }
`;
