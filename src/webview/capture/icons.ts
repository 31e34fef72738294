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
