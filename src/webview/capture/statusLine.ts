import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { shareText, sizeText, spanText } from '../../core/base/amounts.js';
import { counted, grouped } from '../../core/base/words.js';
import type { CaptureSummary } from '../../rpc/capture.js';
import type { ListState } from '../../rpc/packetList.js';
import { harmless } from '../harmless.js';
import { t } from '../l10n.js';
import { halfWritten } from './damageText.js';
import { countRows, type RowSelection } from './rowSelection.js';

/** The interfaces' link types, each once: `Ethernet, Linux cooked v2`. */
function linkTypes(summary: CaptureSummary): string {
  return [...new Set(summary.interfaces.map((one) => one.linkType))].join(', ');
}

/** The line below all panes: what the capture is, what of it is shown, and how far indexing has come. */
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
      font-variant-numeric: tabular-nums;
    }
    span {
      overflow: hidden;
      text-overflow: ellipsis;
    }
    .facts {
      flex: 1 1 0;
      min-width: 30%;
    }
    .note {
      color: var(--vscode-foreground);
    }
    .quiet {
      flex: none;
    }
  `;

  @property({ attribute: false }) accessor summary: CaptureSummary | undefined = undefined;
  @property({ attribute: false }) accessor list: ListState | undefined = undefined;
  @property({ attribute: false }) accessor selection: RowSelection = [];
  @property({ type: Number }) accessor marked = 0;

  /** What was just done; stands before the progress for a while. */
  @property() accessor note = '';

  protected override render(): unknown {
    if (!this.summary) return nothing;
    const { format, interfaces, packets, duration, size, growing } = this.summary;
    const half = halfWritten(this.summary);
    const facts = [
      format,
      linkTypes(this.summary),
      interfaces.length > 1 ? counted(interfaces.length, t('interface'), t('interfaces')) : '',
      counted(packets, t('packet'), t('packets')),
      spanText(duration),
      sizeText(size),
      growing === true ? (half ? t('growing, last packet incomplete') : t('growing')) : '',
    ];
    return html`
      <span class="facts" title=${half ? harmless(half.message) : nothing}>${joined(facts)}</span>
      <span class="note">${harmless(this.note)}</span>
      <span class="counts">${joined(this.#counts())}</span>
      <span class="quiet indexed">${this.#progress(this.summary)}</span>
    `;
  }

  #counts(): readonly string[] {
    const { list, marked } = this;
    const chosen = countRows(this.selection);
    const commented = this.summary?.commented ?? 0;
    return [
      list && list.filter !== '' ? t('{0} of {1} shown', grouped(list.shown), grouped(list.packets)) : '',
      list?.unsorted === undefined ? '' : t('{0} not sorted yet', grouped(list.unsorted)),
      chosen > 1 ? t('{0} selected', grouped(chosen)) : '',
      marked > 0 ? t('{0} marked', grouped(marked)) : '',
      commented > 0 ? t('{0} with comments', grouped(commented)) : '',
    ];
  }

  #progress({ indexed, size, done, columns, packets }: CaptureSummary): string {
    if (!done) return t('indexing {0}', shareText(indexed, size));
    if (columns?.kept === false)
      return t('indexed 100 %, the first {0} packets for filters', grouped(columns.packets));
    if (columns && columns.packets > 0 && columns.packets < packets)
      return t('indexed 100 %, for filters {0}', shareText(columns.packets, packets));
    return t('indexed 100 %');
  }
}

function joined(facts: readonly string[]): string {
  return harmless(facts.filter((fact) => fact !== '').join(' · '));
}
