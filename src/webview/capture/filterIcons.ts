/** The drawings of the filter bar and the find bar, lines in the colour of the text around them. */
import { html, svg, type TemplateResult } from 'lit';

function lines(drawing: unknown, fill = 'none'): TemplateResult {
  return html`<svg
    class="icon"
    viewBox="0 0 16 16"
    width="16"
    height="16"
    fill=${fill}
    stroke="currentColor"
    stroke-width="1.1"
    stroke-linejoin="round"
    stroke-linecap="round"
    aria-hidden="true"
  >
    ${drawing}
  </svg>`;
}

const starPath = svg`<path d="M8 1.9 9.9 5.9 14.2 6.4 11 9.4 11.9 13.7 8 11.5 4.1 13.7 5 9.4 1.8 6.4 6.1 5.9Z" />`;

export const funnelIcon = lines(svg`<path d="M2 3h12L9.5 8.3v4.9L6.5 11.6V8.3Z" />`);
export const checkIcon = lines(svg`<path d="M3 8.6 6.4 12 13 4.4" />`);
export const wrongIcon = lines(
  svg`<circle cx="8" cy="8" r="6" /><path d="M8 4.6v4.2M8 11v.4" stroke-width="1.4" />`,
);
export const busyIcon = lines(svg`<path d="M8 2a6 6 0 1 1-6 6" />`);
export const clearIcon = lines(svg`<path d="m4 4 8 8M12 4l-8 8" />`);
export const applyIcon = lines(svg`<path d="M2.5 8h11M9.5 4l4 4-4 4" />`);
export const stopIcon = lines(svg`<rect x="4" y="4" width="8" height="8" rx="1" />`, 'currentColor');
export const starIcon = lines(starPath);
export const starredIcon = lines(starPath, 'currentColor');
export const historyIcon = lines(svg`<path d="M2.6 5.4A6 6 0 1 1 2 8M2.4 2.6v3h3M8 4.8V8l2.4 1.6" />`);
export const moreIcon = lines(svg`<path d="m3.5 6 4.5 4.5L12.5 6" />`);
export const upIcon = lines(svg`<path d="M8 13.5v-11M4 6.5l4-4 4 4" />`);
export const downIcon = lines(svg`<path d="M8 2.5v11M4 9.5l4 4 4-4" />`);
export const treeIcon = lines(svg`<path d="M2.5 3.5h5M5 3.5v9h3.5M5 8h3.5M10.5 8H14M10.5 12.5H14" />`);

/** Capital and small a: letters as they are written. */
export const letterCaseIcon = lines(
  svg`<path d="M1.5 12 4.7 4 7.9 12M2.6 9.4h4.2" /><circle cx="11.3" cy="9.8" r="2.3" /><path d="M13.6 7.3V12" />`,
);

/** What a completion is; a shape each, so that colour need not tell. */
export const completionIcons = {
  field: lines(svg`<rect x="2.5" y="5" width="11" height="6" rx="1" /><path d="M5 8h3" />`),
  protocol: lines(svg`<path d="M3 4h10M3 8h10M3 12h10" />`),
  value: lines(svg`<path d="M5.5 2.5 4 13.5M12 2.5l-1.5 11M2.5 6H13.6M2.4 10H13.5" />`),
  operator: lines(svg`<path d="M3 6h10M3 10h10" />`),
  function: lines(svg`<path d="M11.5 3.4C9 2.4 8.4 4 8 6.5L7 12c-.4 1.8-1.5 2-2.5 1.3M5 7h6" />`),
} as const;
