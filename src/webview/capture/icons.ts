/** The few drawings of the view: lines in the colour of the text around them, so that every theme fits. */
import { svg, html, type TemplateResult } from 'lit';

/** An open (pointing down) or closed (pointing right) tree node. */
export function twisty(isOpen: boolean): TemplateResult {
  return html`<svg class="twisty" viewBox="0 0 16 16" aria-hidden="true">
    ${isOpen ? svg`<path d="M3.5 6 8 10.5 12.5 6" />` : svg`<path d="M6 3.5 10.5 8 6 12.5" />`}
  </svg>`;
}

/** A triangle with an exclamation mark: damaged, cut short, wrong checksum. */
export function warningMark(label: string): TemplateResult {
  return html`<svg class="mark" viewBox="0 0 16 16" role="img" aria-label=${label}>
    <path
      d="M8 2 14.5 13.5 H1.5 Z M8 6.2 V9.8 M8 11.2 V12.3"
      fill="none"
      stroke="currentColor"
      stroke-width="1.2"
      stroke-linejoin="round"
    />
  </svg>`;
}

/** Small signs in a row, drawn like letters. */
function sign(label: string, path: string): TemplateResult {
  return html`<svg class="sign" viewBox="0 0 16 16" role="img" aria-label=${label}>
    <path d=${path} fill="none" stroke="currentColor" stroke-width="1.3" stroke-linejoin="round" />
  </svg>`;
}

/** A ribbon: the packet is marked. */
export function bookmark(label: string): TemplateResult {
  return sign(label, 'M4.5 2 H11.5 V14 L8 10.8 4.5 14 Z');
}

/** A speech bubble: the packet has a comment. */
export function commentMark(label: string): TemplateResult {
  return sign(label, 'M2 3 H14 V11 H7.5 L4.5 14 V11 H2 Z');
}

/** The drawings of the tool bar. */
const drawings = {
  follow: 'M8 2 V10 M4.5 6.8 8 10.3 11.5 6.8 M3 13.5 H13',
  time: 'M8 2.2 A5.8 5.8 0 1 0 8 13.8 A5.8 5.8 0 1 0 8 2.2 Z M8 4.8 V8.2 L10.4 9.7',
  columns: 'M2.5 3 H13.5 V13 H2.5 Z M6.2 3 V13 M9.8 3 V13',
  export: 'M8 10 V2.2 M5 4.8 8 2 11 4.8 M3 8.5 V13.5 H13 V8.5',
  properties: 'M8 2.2 A5.8 5.8 0 1 0 8 13.8 A5.8 5.8 0 1 0 8 2.2 Z M8 7.2 V11.2 M8 4.7 V5.7',
  up: 'M8 13 V3 M4 7 8 3 12 7',
  down: 'M8 3 V13 M4 9 8 13 12 9',
  close: 'M4 4 L12 12 M12 4 L4 12',
  ascending: 'M4.5 10 8 6 11.5 10',
  descending: 'M4.5 6 8 10 11.5 6',
} as const;
export type DrawingName = keyof typeof drawings;

/** A drawing beside a label, or on a button that has one. */
export function drawing(name: DrawingName): TemplateResult {
  return html`<svg class="drawing" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
    <path
      d=${drawings[name]}
      fill="none"
      stroke="currentColor"
      stroke-width="1.2"
      stroke-linecap="round"
      stroke-linejoin="round"
    />
  </svg>`;
}
