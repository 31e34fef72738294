import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { counted } from '../../core/base/words.js';
import type { CaptureSummary } from '../../rpc/capture.js';
import { harmless } from '../harmless.js';
import { t } from '../l10n.js';
import { shareText, sizeText, spanText } from '../../core/base/amounts.js';

/** The interfaces' link types, each once: `Ethernet, Linux cooked v2`. */
function linkTypes(summary: CaptureSummary): string {
  return [...new Set(summary.interfaces.map((one) => one.linkType))].join(', ');
}

/** The line below all panes: what the capture is, and how far indexing has come. */
@customElement('cl-status-line')
export class StatusLine extends LitElement {
  static override styles = css`
    :host {
      display: flex;
      gap: 16px;
      flex: none;
      height: 22px;
      line-height: 22px;
      padding: 0 8px;
      white-space: nowrap;
      color: var(--vscode-descriptionForeground);
      border-top: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder));
    }
    .facts {
      flex: 1;
      overflow: hidden;
      text-overflow: ellipsis;
    }
  `;

  @property({ attribute: false }) accessor summary: CaptureSummary | undefined = undefined;

  /** What was just done; stands before the progress for a while. */
  @property() accessor note = '';

  protected override render(): unknown {
    if (!this.summary) return nothing;
    const { format, interfaces, packets, duration, size, indexed, done } = this.summary;
    const facts = [
      format,
      linkTypes(this.summary),
      interfaces.length > 1 ? counted(interfaces.length, t('interface'), t('interfaces')) : '',
      counted(packets, t('packet'), t('packets')),
      spanText(duration),
      sizeText(size),
    ];
    return html`
      <span class="facts">${harmless(facts.filter((fact) => fact !== '').join(' · '))}</span>
      <span>${this.note}</span>
      <span class="indexed">${done ? t('indexed 100 %') : t('indexing {0}', shareText(indexed, size))}</span>
    `;
  }
}
