import { LitElement, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { grouped } from '../../core/base/words.js';
import type { CaptureSummary } from '../../rpc/capture.js';
import { t } from '../l10n.js';
import type { CaptureController } from './captureController.js';
import { damageText, lastingDamage } from './damageText.js';
import './noticeBar.js';
import type { Action } from './noticeBar.js';

/** The setting that holds the colour rules. */
const coloursSetting = 'ciliumLens.captures.colourRules';

/** The quiet bars above the list: what is wrong with the file or the settings, and what became of an export. */
@customElement('cl-capture-bars')
export class CaptureBars extends LitElement {
  @property({ attribute: false }) accessor controller: CaptureController | undefined = undefined;
  /** Grows with every change of what `controller` holds. */
  @property({ type: Number }) accessor revision = 0;

  /** Which of several damages the bar is at. */
  @state() private accessor damageAt = 0;
  /** Wrong colour rules that the user has seen. */
  @state() private accessor seenColours = '';

  protected override render(): unknown {
    const { controller } = this;
    if (controller?.model.stage.kind !== 'ready') return nothing;
    return [
      this.#trouble(controller),
      this.#damage(controller, controller.model.stage.summary),
      this.#list(controller),
      this.#colours(controller),
      this.#outcome(controller),
    ];
  }

  #trouble(controller: CaptureController): unknown {
    const { trouble } = controller.model;
    if (trouble === '') return nothing;
    const again = { label: t('Try Again'), run: () => void controller.open() };
    return bar(trouble, [again, copyDetails(controller, trouble)]);
  }

  #damage(controller: CaptureController, summary: CaptureSummary): unknown {
    const { packets } = summary;
    const damage = lastingDamage(summary);
    const at = this.damageAt % Math.max(1, damage.length);
    const shown = damage[at];
    if (!shown) return nothing;
    const show: Action = {
      label: t('Show'),
      run: () => void controller.goTo(Math.min(packets, Math.max(1, shown.afterPacket))),
    };
    const next: Action = {
      label: t('Next'),
      run: () => {
        this.damageAt = at + 1;
      },
    };
    const place = damage.length > 1 ? `${grouped(at + 1)}/${grouped(damage.length)} · ` : '';
    return bar(place + damageText(shown), [
      ...(packets > 0 ? [show] : []),
      ...(damage.length > 1 ? [next] : []),
      copyDetails(controller, damage.map(damageText).join('\n')),
    ]);
  }

  /** Why the list is not as it was asked for. */
  #list({ list }: CaptureController): unknown {
    return list.state.trouble === undefined ? nothing : bar(list.state.trouble, []);
  }

  #colours(controller: CaptureController): unknown {
    const wrong = controller.wrongColours.join(' ');
    if (wrong === '' || wrong === this.seenColours) return nothing;
    return bar(wrong, [
      {
        label: t('Settings'),
        run: () => void controller.ask('openSettings', { id: coloursSetting }),
      },
      {
        label: t('Dismiss'),
        run: () => {
          this.seenColours = wrong;
        },
      },
    ]);
  }

  #outcome(controller: CaptureController): unknown {
    const { outcome } = controller;
    if (!outcome || (outcome.file === undefined && outcome.notes.length === 0)) return nothing;
    const { file } = outcome;
    const open: Action | undefined =
      file === undefined
        ? undefined
        : { label: t('Open'), run: () => void controller.ask('openExported', { file }) };
    const dismiss: Action = {
      label: t('Dismiss'),
      run: () => {
        controller.outcome = undefined;
        this.requestUpdate();
      },
    };
    const isPlain = outcome.notes.length === 0;
    return bar([outcome.message, ...outcome.notes].join(' '), [...(open ? [open] : []), dismiss], isPlain);
  }
}

function bar(message: string, actions: readonly Action[], isPlain = false): unknown {
  return html`<cl-notice-bar .message=${message} .actions=${actions} .isPlain=${isPlain}></cl-notice-bar>`;
}

function copyDetails({ actions }: CaptureController, text: string): Action {
  return { label: t('Copy Details'), run: () => void actions.putOnClipboard(text, t('Copied the details')) };
}
