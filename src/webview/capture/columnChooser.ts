import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { FilterCompletion, FilterMistake } from '../../rpc/packetList.js';
import { harmless } from '../harmless.js';
import { t } from '../l10n.js';
import {
  columnTitle,
  withField,
  withHidden,
  withMoved,
  withoutColumn,
  withTitle,
  type ListColumn,
} from './columns.js';
import { controlStyle } from './controlStyle.js';
import './filterInput.js';
import type { FilterInput } from './filterInput.js';
import { drawing, type DrawingName } from './icons.js';
import { overlayStyle } from './overlayStyle.js';
import { partStyle } from './styles.js';
import { tell, type ViewEvent } from './viewEvents.js';

/** A field's name, or the n-th of it: `ip.ttl`, `ip.ttl#2`. */
const fieldName = /^[a-z_][\w.-]*(?:#-?\d+)?$/i;

/** The small page over the list that says which columns there are: shown or not, in what order, under what name. */
@customElement('cl-column-chooser')
export class ColumnChooser extends LitElement {
  static override styles = [
    partStyle,
    controlStyle,
    overlayStyle,
    css`
      ul {
        margin: 0;
        padding: 4px 0;
        max-height: min(60vh, 420px);
        overflow: auto;
        list-style: none;
      }
      li {
        display: flex;
        align-items: center;
        gap: 4px;
        height: 26px;
        padding: 0 8px;
      }
      li:hover {
        background: var(--vscode-list-hoverBackground);
      }
      input[type='checkbox'] {
        margin: 0 4px 0 0;
        accent-color: var(--vscode-focusBorder);
      }
      .name {
        flex: 1;
        min-width: 0;
        height: 20px;
        padding: 0 4px;
        font: inherit;
        color: inherit;
        background: none;
        border: 1px solid transparent;
        text-overflow: ellipsis;
      }
      .name:hover {
        border-color: var(--vscode-input-border, var(--vscode-panel-border));
      }
      .name:focus {
        color: var(--vscode-input-foreground);
        background: var(--vscode-input-background);
        border-color: var(--vscode-focusBorder);
        outline: none;
      }
      .field {
        flex: none;
        max-width: 45%;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        color: var(--vscode-descriptionForeground);
        font-family: var(--vscode-editor-font-family, monospace);
      }
      .add {
        display: flex;
        align-items: center;
        gap: 8px;
        padding: 8px;
        border-top: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder));
      }
      cl-filter-input {
        flex: 1;
        position: relative;
      }
      .wrong {
        padding: 0 8px 8px;
        color: var(--vscode-errorForeground);
        overflow-wrap: anywhere;
      }
    `,
  ];

  /** All columns, hidden ones too. */
  @property({ attribute: false }) accessor columns: readonly ListColumn[] = [];
  @property({ attribute: false }) accessor complete:
    ((text: string, at: number) => Promise<readonly FilterCompletion[]>) | undefined = undefined;
  /** What is wrong with a column that was added, a sentence. */
  @property() accessor wrong = '';

  @state() private accessor mistakes: readonly FilterMistake[] = [];
  @query('cl-filter-input') private accessor input: FilterInput | null = null;

  override focus(): void {
    void this.updateComplete.then(() => {
      this.renderRoot.querySelector<HTMLElement>('input')?.focus();
    });
  }

  protected override render(): unknown {
    return html`
      <div class="overlay" role="dialog" aria-label=${t('Columns')} @keydown=${this.#key}>
        <div class="head">
          <h2>${t('Columns')}</h2>
          <button
            class="text-button"
            @click=${() => {
              tell(this, 'columns-reset', undefined);
            }}
          >
            ${t('Reset')}
          </button>
          ${this.#button('close', t('Close'), () => {
            tell(this, 'dismissed', undefined);
          })}
        </div>
        <ul>
          ${this.columns.map((column, at) => this.#item(column, at))}
        </ul>
        <div class="add">
          <span>${t('Add a field')}</span>
          <cl-filter-input
            .label=${t('Name of a field, such as ip.ttl')}
            .placeholder=${'ip.ttl'}
            .mistakes=${this.mistakes}
            .complete=${this.complete}
            @filter-edited=${() => {
              this.mistakes = [];
            }}
            @filter-entered=${this.#add}
          ></cl-filter-input>
        </div>
        ${this.wrong === '' ? nothing : html`<div class="wrong" role="alert">${harmless(this.wrong)}</div>`}
      </div>
    `;
  }

  #item(column: ListColumn, at: number): TemplateResult {
    const name = harmless(columnTitle(column));
    const move = (to: number) => () => {
      const place = this.columns[to];
      if (place) this.#change(withMoved(this.columns, column.id, place.id));
    };
    return html`<li data-column=${column.id}>
      <input
        type="checkbox"
        aria-label=${t('Show {0}', name)}
        .checked=${column.hidden !== true}
        @change=${(event: Event) => {
          const box = event.currentTarget;
          if (!(box instanceof HTMLInputElement)) return;
          this.#change(withHidden(this.columns, column.id, !box.checked));
          // The last column that is shown stays so.
          this.requestUpdate();
          void this.updateComplete.then(() => {
            box.checked = this.columns.find(({ id }) => id === column.id)?.hidden !== true;
          });
        }}
      />
      <input
        class="name"
        aria-label=${t('Name of column {0}', name)}
        .value=${columnTitle(column)}
        @change=${(event: Event) => {
          const box = event.currentTarget;
          if (box instanceof HTMLInputElement) this.#change(withTitle(this.columns, column.id, box.value));
        }}
      />
      ${
        column.field !== undefined && column.title !== undefined
          ? html`<span class="field">${harmless(column.field)}</span>`
          : nothing
      }
      ${
        column.kind === 'field'
          ? this.#button('close', t('Remove {0}', name), () => {
              this.#change(withoutColumn(this.columns, column.id));
            })
          : nothing
      }
      ${this.#button('up', t('Move {0} up', name), move(at - 1), at === 0)}
      ${this.#button('down', t('Move {0} down', name), move(at + 1), at === this.columns.length - 1)}
    </li>`;
  }

  #button(icon: DrawingName, label: string, run: () => void, isOff = false): TemplateResult {
    return html`<button
      class="icon-button"
      aria-label=${label}
      title=${label}
      ?disabled=${isOff}
      @click=${run}
    >
      ${drawing(icon)}
    </button>`;
  }

  readonly #add = (event: ViewEvent<'filter-entered'>): void => {
    const field = event.detail.text.trim();
    if (field === '') return;
    if (!fieldName.test(field)) {
      const message = t('Enter the name of one field, such as ip.ttl or ip.ttl#2.');
      this.mistakes = [{ start: 0, end: event.detail.text.length, message }];
      return;
    }
    this.#change(withField(this.columns, field));
    this.input?.put('');
  };

  #change(columns: readonly ListColumn[]): void {
    if (columns !== this.columns) tell(this, 'columns-changed', columns);
  }

  readonly #key = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    tell(this, 'dismissed', undefined);
  };
}
