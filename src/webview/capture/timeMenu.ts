import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { timeForms, type TimeWish } from '../../rpc/packetList.js';
import { t } from '../l10n.js';
import { dropDownStyle } from './controlStyle.js';
import { checkIcon } from './filterIcons.js';
import { timeDigits, timeFormTexts } from './timeTexts.js';
import { tell } from './viewEvents.js';

/** The menu of time forms and digits. Arrow keys move, Enter chooses, Escape closes. */
@customElement('cl-time-menu')
export class TimeMenu extends LitElement {
  static override styles = [
    dropDownStyle,
    css`
      .drop-down {
        right: 0;
        width: max-content;
        max-width: none;
        padding: 4px 0;
      }
      .option {
        position: relative;
        padding: 0 16px 0 28px;
        white-space: nowrap;
        outline: none;
      }
      .option:focus {
        color: var(--vscode-menu-selectionForeground, var(--vscode-list-activeSelectionForeground));
        background: var(--vscode-menu-selectionBackground, var(--vscode-list-activeSelectionBackground));
        outline: 1px solid var(--vscode-menu-selectionBorder, var(--vscode-contrastActiveBorder, transparent));
        outline-offset: -1px;
      }
      .option .icon {
        position: absolute;
        left: 7px;
        top: 3px;
      }
      hr {
        margin: 4px 0;
        border: none;
        border-top: 1px solid var(--vscode-menu-separatorBackground, var(--vscode-panel-border));
      }
    `,
  ];

  @property({ attribute: false }) accessor time: TimeWish = { form: 'relative' };

  override focus(): void {
    void this.updateComplete.then(() => {
      this.renderRoot.querySelector<HTMLElement>('[aria-checked=true]')?.focus();
    });
  }

  protected override render(): unknown {
    const { form, digits, reference } = this.time;
    return html`<div
      class="drop-down"
      role="menu"
      aria-label=${t('Time format')}
      @keydown=${this.#key}
      @focusout=${this.#left}
    >
      ${timeForms
        .filter((one) => one !== 'reference' || reference !== undefined)
        .map((one) => this.#option(t(timeFormTexts[one]), one === form, { ...this.time, form: one }))}
      <hr />
      ${timeDigits.map(([one, text]) => {
        const wish = {
          form,
          ...(reference === undefined ? {} : { reference }),
          ...(one === undefined ? {} : { digits: one }),
        };
        return this.#option(t(text), one === digits, wish);
      })}
    </div>`;
  }

  #option(text: string, isChosen: boolean, time: TimeWish): TemplateResult {
    const choose = (): void => {
      tell(this, 'time-wanted', time);
    };
    return html`<div
      class="option"
      role="menuitemradio"
      aria-checked=${isChosen}
      tabindex="-1"
      @click=${choose}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        choose();
      }}
    >
      ${isChosen ? checkIcon : nothing}${text}
    </div>`;
  }

  readonly #key = (event: KeyboardEvent): void => {
    event.stopPropagation();
    const options = [...this.renderRoot.querySelectorAll<HTMLElement>('.option')];
    const at = options.findIndex((option) => option.matches(':focus'));
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (by !== 0) options[(at + by + options.length) % options.length]?.focus();
    else if (event.key === 'Home') options[0]?.focus();
    else if (event.key === 'End') options.at(-1)?.focus();
    else if (event.key === 'Escape' || event.key === 'Tab') tell(this, 'dismissed', undefined);
    else return;
    event.preventDefault();
  };

  readonly #left = (event: FocusEvent): void => {
    if (!(event.relatedTarget instanceof Node && this.renderRoot.contains(event.relatedTarget)))
      tell(this, 'dismissed', undefined);
  };
}
