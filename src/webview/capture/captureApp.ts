import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { counted, grouped } from '../../core/base/words.js';
import type { CaptureSummary } from '../../rpc/capture.js';
import type { CaptureLayout, CaptureViewCommand, CaptureViewStart } from '../../rpc/captureView.js';
import { t } from '../l10n.js';
import { shareText } from '../../core/base/amounts.js';
import { CaptureModel, errorText, type AskHost } from './captureModel.js';
import { CapturePanes } from './capturePanes.js';
import { copiedText, type Copy } from './copiedText.js';
import { damageText } from './damageText.js';
import './messagePage.js';
import './noticeBar.js';
import type { Action } from './noticeBar.js';
import { StateKeeper, type StateStore } from './stateKeeper.js';
import './statusLine.js';
import type { Pane } from './viewState.js';

/** How long the status line says what was just done. */
const noteMilliseconds = 4000;

/** What Ctrl+C copies in each pane. */
const copiedInPane: Readonly<Record<Pane, Copy>> = { list: 'row', tree: 'label', bytes: 'hex' };

/** The capture editor's view: the panes, or what stands in their place, bars above and the status line below. */
@customElement('cl-capture-app')
export class CaptureApp extends LitElement {
  static override styles = css`
    :host {
      display: flex;
      flex-direction: column;
      height: 100vh;
    }
    .unseen {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  `;

  @state() private accessor note = '';
  /** Which of several damages the bar is at. */
  @state() private accessor damageAt = 0;

  /** The capture; what the host tells unasked goes here. */
  readonly model: CaptureModel;
  readonly #ask: AskHost;
  readonly #opening: string;
  readonly #keeper: StateKeeper;
  readonly #panes: CapturePanes;
  #noteTimer: ReturnType<typeof setTimeout> | undefined;

  /** `store` keeps what the page must know when it is shown again. */
  constructor(ask: AskHost, store: StateStore, start: CaptureViewStart) {
    super();
    this.#ask = ask;
    this.#opening = start.opening;
    this.#keeper = new StateKeeper(store, start.sizes, (sizes) => void ask('remember', sizes));
    this.model = new CaptureModel(ask, () => {
      this.#panes.revision++;
      this.requestUpdate();
    });
    this.#panes = new CapturePanes(this.model, this.#keeper);
    this.#panes.layout = start.layout;
    this.model.select(this.#keeper.state.packet);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('copy', this.#copyFocused);
    this.addEventListener('contextmenu', this.#describeContext);
    void this.model.open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('copy', this.#copyFocused);
  }

  setLayout(layout: CaptureLayout): void {
    this.#panes.layout = layout;
  }

  /** Does what the palette, a key or a menu asks for. */
  command(command: CaptureViewCommand): void {
    if (this.model.packets === 0) return;
    switch (command) {
      case 'goToPacket':
        this.#panes.askForPacket();
        return;
      case 'nextPacket':
        this.#panes.step(1);
        return;
      case 'previousPacket':
        this.#panes.step(-1);
        return;
      case 'nextPane':
        this.#panes.cyclePane(1);
        return;
      case 'previousPane':
        this.#panes.cyclePane(-1);
        return;
      case 'copyPacketAsText':
        void this.#copy('packet text', t('Copied the packet as text'));
        return;
      case 'copyPacketAsJson':
        void this.#copy('packet JSON', t('Copied the packet as JSON'));
        return;
      case 'copyFieldAsFilter':
        void this.#copy('filter', t('Copied the field as a display filter'));
        return;
      case 'copyFieldValue':
        void this.#copy('value', t('Copied the value of the field'));
        return;
      case 'copyBytesAsHex':
        void this.#copy('hex', t('Copied the bytes as hex digits'));
        return;
    }
  }

  protected override render(): unknown {
    const { stage } = this.model;
    switch (stage.kind) {
      case 'opening':
        return this.#page(this.#opening, '', [], true);
      case 'refused':
        return this.#page(
          t('Not a packet capture'),
          stage.refusal.message,
          this.#otherEditors(stage.refusal.seems),
        );
      case 'failed':
        return this.#page(t('This file could not be read'), stage.message, [
          this.#tryAgain(),
          ...this.#otherEditors(),
          this.#copyDetails(stage.message),
        ]);
      case 'ready':
        return html`
          ${this.#troubleBar()} ${this.#damageBar(stage.summary)}
          ${stage.summary.packets > 0 ? this.#panes : this.#noPackets(stage.summary)}
          <cl-status-line .summary=${stage.summary} .note=${this.note}></cl-status-line>
          <div class="unseen" role="status">${this.note || this.#count(stage.summary)}</div>
        `;
    }
  }

  /** Said once the number is final; while it grows, saying every step would drown all else. */
  #count({ done, packets }: CaptureSummary): string {
    return done ? counted(packets, t('packet'), t('packets')) : '';
  }

  #page(heading: string, message: string, actions: readonly Action[], busy = false): TemplateResult {
    return html`<cl-message-page
      .heading=${heading}
      .message=${message}
      .actions=${actions}
      .busy=${busy}
    ></cl-message-page>`;
  }

  #noPackets({ done, indexed, size, format }: CaptureSummary): TemplateResult {
    if (!done) return this.#page(this.#opening, t('{0} read', shareText(indexed, size)), [], true);
    const why = t(
      'This is a {0} file without a packet: nothing passed the capture filter, or the capture was stopped before the first packet.',
      format,
    );
    return this.#page(t('No packets'), why, this.#otherEditors());
  }

  #troubleBar(): unknown {
    const { trouble } = this.model;
    if (trouble === '') return nothing;
    return html`<cl-notice-bar
      .message=${trouble}
      .actions=${[this.#tryAgain(), this.#copyDetails(trouble)]}
    ></cl-notice-bar>`;
  }

  #damageBar({ damage, packets }: CaptureSummary): unknown {
    const at = this.damageAt % Math.max(1, damage.length);
    const shown = damage[at];
    if (!shown) return nothing;
    const show: Action = {
      label: t('Show'),
      run: () => {
        this.#panes.goTo(Math.min(packets, Math.max(1, shown.afterPacket)));
      },
    };
    const next: Action = {
      label: t('Next'),
      run: () => {
        this.damageAt = at + 1;
      },
    };
    const place = damage.length > 1 ? `${grouped(at + 1)}/${grouped(damage.length)} · ` : '';
    return html`<cl-notice-bar
      .message=${place + damageText(shown)}
      .actions=${[
        ...(packets > 0 ? [show] : []),
        ...(damage.length > 1 ? [next] : []),
        this.#copyDetails(damage.map(damageText).join('\n')),
      ]}
    ></cl-notice-bar>`;
  }

  #tryAgain(): Action {
    return { label: t('Try Again'), run: () => void this.model.open() };
  }

  /** The better one first, by what the file seems to be. */
  #otherEditors(seems = ''): readonly Action[] {
    const reopen = { label: t('Reopen With…'), run: () => void this.#ask('reopenWith', undefined) };
    const asText = { label: t('Open as Text'), run: () => void this.#ask('openAsText', undefined) };
    return /\btext\b/.test(seems) ? [asText, reopen] : [reopen, asText];
  }

  #copyDetails(text: string): Action {
    return { label: t('Copy Details'), run: () => void this.#putOnClipboard(text, t('Copied the details')) };
  }

  async #copy(what: Copy, done: string): Promise<void> {
    const text = this.#copied(what);
    if (text === undefined) this.#say(t('Select a field with bytes first.'));
    else await this.#putOnClipboard(text, done);
  }

  #copied(what: Copy): string | undefined {
    const { detail, selected } = this.model;
    return detail?.row.number === selected ? copiedText(what, detail, this.#panes.field) : undefined;
  }

  async #putOnClipboard(text: string, done: string): Promise<void> {
    try {
      await this.#ask('copy', { text });
      this.#say(done);
    } catch (error) {
      this.#say(errorText(error));
    }
  }

  #say(note: string): void {
    this.note = note;
    clearTimeout(this.#noteTimer);
    this.#noteTimer = setTimeout(() => {
      this.note = '';
    }, noteMilliseconds);
  }

  /** Ctrl+C, or Copy in the Edit menu: a row as text, a field as its label, bytes as hex digits. */
  readonly #copyFocused = (event: ClipboardEvent): void => {
    const hasOtherText = this.#panes.isTyping || !(getSelection()?.isCollapsed ?? true);
    if (hasOtherText || !this.#panes.isConnected) return;
    const text = this.#copied(copiedInPane[this.#keeper.state.pane]);
    if (text === undefined) return;
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
  };

  /** Tells the workbench, which looks for this attribute, which pane a context menu is for. */
  readonly #describeContext = (event: MouseEvent): void => {
    const pane = event
      .composedPath()
      .map((target) => (target instanceof HTMLElement ? target.dataset['pane'] : undefined))
      .find((name) => name !== undefined);
    document.body.dataset['vscodeContext'] = JSON.stringify({
      ciliumLensPane: pane ?? '',
      preventDefaultContextMenuItems: true,
    });
  };
}
