import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { PropertyGroup } from '../../rpc/packetList.js';
import { harmless } from '../harmless.js';
import { t } from '../l10n.js';
import { errorText } from './captureModel.js';
import { controlStyle } from './controlStyle.js';
import { drawing } from './icons.js';
import { overlayStyle } from './overlayStyle.js';
import { partStyle } from './styles.js';
import { tell } from './viewEvents.js';

type Asked =
  | { readonly kind: 'asking' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'here'; readonly groups: readonly PropertyGroup[] };

/** All groups as text: a heading, then a line each. */
export function propertiesText(groups: readonly PropertyGroup[]): string {
  return groups
    .map(({ title, rows }) => `${title}\n${rows.map(([label, value]) => `  ${label}: ${value}\n`).join('')}`)
    .join('\n');
}

/** The page over the panes that says what is known of the file as a whole. */
@customElement('cl-properties-page')
export class PropertiesPage extends LitElement {
  static override styles = [
    partStyle,
    controlStyle,
    overlayStyle,
    css`
      :host {
        bottom: 22px;
        width: min(680px, calc(100% - 56px));
        display: flex;
        flex-direction: column;
        justify-content: flex-start;
      }
      .overlay {
        display: flex;
        flex-direction: column;
        max-height: 100%;
        border-bottom: 1px solid
          var(--vscode-editorWidget-border, var(--vscode-contrastBorder, var(--vscode-panel-border)));
      }
      .body {
        flex: 1;
        min-height: 0;
        overflow: auto;
        padding: 4px 12px 12px;
        outline: none;
        user-select: text;
      }
      .body:focus-visible {
        outline: 1px solid var(--vscode-focusBorder);
        outline-offset: -1px;
      }
      h3 {
        margin: 12px 0 4px;
        font-size: inherit;
        font-weight: 600;
      }
      dl {
        display: grid;
        grid-template-columns: minmax(120px, 30%) 1fr;
        gap: 0 16px;
        margin: 0;
        line-height: 22px;
      }
      dt {
        color: var(--vscode-descriptionForeground);
        overflow-wrap: anywhere;
      }
      dd {
        margin: 0;
        overflow-wrap: anywhere;
        white-space: pre-wrap;
      }
      .partial,
      .empty {
        margin: 8px 0 0;
        color: var(--vscode-descriptionForeground);
      }
    `,
  ];

  /** Asks for what is known; asked again when `revision` grows while the file is still read. */
  @property({ attribute: false }) accessor ask: () => Promise<readonly PropertyGroup[]> = () =>
    Promise.resolve([]);
  /** The file is still read: figures grow. */
  @property({ type: Boolean }) accessor isPartial = false;
  /** Puts text on the clipboard. */
  @property({ attribute: false }) accessor copy: (text: string) => void = () => undefined;

  @state() private accessor asked: Asked = { kind: 'asking' };
  @query('.body') private accessor body: HTMLElement | null = null;

  override focus(): void {
    void this.updateComplete.then(() => {
      this.body?.focus();
    });
  }

  protected override firstUpdated(): void {
    void this.#load();
  }

  protected override updated(changed: ReadonlyMap<PropertyKey, unknown>): void {
    // All is read now: the figures are final.
    if (changed.get('isPartial') === true && !this.isPartial) void this.#load();
  }

  protected override render(): unknown {
    const { asked } = this;
    return html`<div
      class="overlay"
      role="dialog"
      aria-label=${t('Properties of the capture')}
      @keydown=${this.#key}
    >
      <div class="head">
        <h2>${t('Properties of the capture')}</h2>
        ${
          asked.kind === 'here' && asked.groups.length > 0
            ? html`<button
                class="text-button"
                @click=${() => {
                  this.copy(propertiesText(asked.groups));
                }}
              >
                ${t('Copy All')}
              </button>`
            : nothing
        }
        <button
          class="icon-button"
          aria-label=${t('Close')}
          title=${t('Close')}
          @click=${() => {
            tell(this, 'dismissed', undefined);
          }}
        >
          ${drawing('close')}
        </button>
      </div>
      <div class="body" tabindex="0">${this.#body()}</div>
    </div>`;
  }

  #body(): unknown {
    const { asked } = this;
    if (asked.kind === 'asking')
      return html`<p class="partial">${t('Gathering what is known of the file')}</p>
        <vscode-progress-bar indeterminate></vscode-progress-bar>`;
    if (asked.kind === 'failed')
      return html`<p class="empty" role="alert">${harmless(asked.message)}</p>
        <button class="text-button" @click=${this.#load}>${t('Try Again')}</button>`;
    if (asked.groups.length === 0)
      return html`<p class="empty">${t('Nothing more is known of this file.')}</p>`;
    return html`
      ${
        this.isPartial
          ? html`<p class="partial" role="status">
              ${t('The file is still being read: figures are as of now.')}
            </p>`
          : nothing
      }
      ${asked.groups.map(
        ({ title, rows }) =>
          html`<h3>${harmless(title)}</h3>
            <dl>
              ${rows.map(
                ([label, value]) =>
                  html`<dt>${harmless(label)}</dt>
                    <dd>${harmless(value)}</dd>`,
              )}
            </dl>`,
      )}
    `;
  }

  readonly #load = async (): Promise<void> => {
    try {
      this.asked = { kind: 'here', groups: await this.ask() };
    } catch (error) {
      this.asked = { kind: 'failed', message: errorText(error) };
    }
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    tell(this, 'dismissed', undefined);
  };
}
