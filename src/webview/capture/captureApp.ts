import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { shareText } from '../../core/base/amounts.js';
import type { CaptureSummary } from '../../rpc/capture.js';
import type { CaptureViewStart } from '../../rpc/captureView.js';
import { t } from '../l10n.js';
import './captureBars.js';
import { CaptureController } from './captureController.js';
import type { AskHost } from './captureModel.js';
import './columnChooser.js';
import { contextOf, hasOwnMenu } from './contextOf.js';
import './filterBar.js';
import type { FilterBar } from './filterBar.js';
import './findBar.js';
import './goToPacket.js';
import './messagePage.js';
import type { Action } from './noticeBar.js';
import './propertiesPage.js';
import type { StateStore } from './stateKeeper.js';
import './statusLine.js';
import './toolBar.js';
import type { ViewEvent } from './viewEvents.js';
import { countRows } from './rowSelection.js';

/** The capture editor's view: the panes, or what stands in their place, bars above and the status line below. */
@customElement('cl-capture-app')
export class CaptureApp extends LitElement {
  static override styles = css`
    :host {
      display: flex;
      flex-direction: column;
      height: 100vh;
    }
    .top {
      display: flex;
      flex: none;
      align-items: flex-start;
      border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
    }
    .space {
      position: relative;
      display: flex;
      flex: 1;
      min-height: 0;
    }
    .unseen {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  `;

  /** Grows with every change of what there is to show. */
  @property({ type: Number }) accessor revision = 0;
  @query('cl-filter-bar') private accessor bar: FilterBar | null = null;
  @query('.overlay') private accessor overlay: HTMLElement | null = null;

  /** What the host tells unasked goes here. */
  readonly controller: CaptureController;
  #overlayAsked = 0;

  /** `store` keeps what the page must know when it is shown again. */
  constructor(ask: AskHost, store: StateStore, start: CaptureViewStart) {
    super();
    this.controller = new CaptureController(ask, store, start, () => {
      this.revision++;
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('copy', this.#copyFocused);
    this.addEventListener('contextmenu', this.#describeContext);
    if (!this.controller.tooLarge) void this.controller.open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('copy', this.#copyFocused);
  }

  protected override updated(): void {
    this.controller.bar = this.bar ?? undefined;
    const { overlayAsked } = this.controller;
    if (overlayAsked !== this.#overlayAsked) this.overlay?.focus();
    this.#overlayAsked = overlayAsked;
  }

  protected override render(): unknown {
    const { model, opening, tooLarge } = this.controller;
    if (tooLarge) return this.#largePage(tooLarge);
    const { stage } = model;
    switch (stage.kind) {
      case 'opening':
        return page(opening, '', [], true);
      case 'refused':
        return page(
          t('Not a packet capture'),
          stage.refusal.message,
          this.#otherEditors(stage.refusal.seems),
        );
      case 'failed':
        return page(t('This file could not be read'), stage.message, [
          { label: t('Try Again'), run: () => void this.controller.open() },
          ...this.#otherEditors(),
          {
            label: t('Copy Details'),
            run: () => void this.controller.actions.putOnClipboard(stage.message, t('Copied the details')),
          },
        ]);
      case 'ready':
        return this.#ready(stage.summary);
    }
  }

  #ready(summary: CaptureSummary): TemplateResult {
    const { controller, revision } = this;
    const { list, note, spokenCount, panes } = controller;
    const hasPackets = summary.packets > 0;
    return html`
      ${hasPackets ? this.#top(summary) : nothing}
      <cl-capture-bars .controller=${controller} .revision=${revision}></cl-capture-bars>
      <div class="space">${hasPackets ? panes : this.#noPackets(summary)} ${this.#overlay(summary)}</div>
      <cl-status-line
        .summary=${summary}
        .list=${list.state}
        .selection=${list.selection}
        .marked=${list.marked}
        .note=${note}
      ></cl-status-line>
      <div class="unseen" role="status">${note || spokenCount}</div>
    `;
  }

  #top({ growing }: CaptureSummary): TemplateResult {
    const { controller } = this;
    const { list, look, keeper, filters, actions } = controller;
    const { follow } = keeper.state;
    return html`<div class="top">
      <cl-filter-bar
        .filter=${list.newest.filter}
        .mistakes=${controller.mistakes}
        .state=${list.newest}
        .history=${filters.history}
        .saved=${filters.saved}
        .complete=${controller.complete}
        .check=${controller.check}
        @filter-wanted=${(event: ViewEvent<'filter-wanted'>) => void controller.applyFilter(event.detail, true)}
        @filters-kept=${(event: ViewEvent<'filters-kept'>) => {
          controller.keepFilters(event.detail);
        }}
        @stop-wanted=${() => void list.stop()}
        @pane-wanted=${() => {
          controller.panes.focusPane('list');
        }}
      ></cl-filter-bar>
      <cl-tool-bar
        .time=${look.time}
        .follow=${follow}
        .canFollow=${growing === true || follow}
        @time-wanted=${(event: ViewEvent<'time-wanted'>) => {
          look.setTime(event.detail);
        }}
        @command-wanted=${(event: ViewEvent<'command-wanted'>) => {
          actions.run(event.detail);
        }}
      ></cl-tool-bar>
    </div>`;
  }

  #overlay(summary: CaptureSummary): unknown {
    const { controller } = this;
    const close = (): void => {
      controller.closeOverlay();
    };
    switch (controller.overlay) {
      case undefined:
        return nothing;
      case 'goTo':
        return html`<cl-go-to-packet
          class="overlay"
          .packets=${summary.packets}
          @go-to=${(event: ViewEvent<'go-to'>) => void controller.goTo(event.detail)}
          @pane-wanted=${close}
          @dismissed=${() => {
            controller.dropOverlay();
          }}
        ></cl-go-to-packet>`;
      case 'find':
        return html`<cl-find-bar
          class="overlay"
          .state=${controller.finder.state}
          .last=${controller.finder.last}
          .complete=${controller.complete}
          .check=${controller.check}
          @find-wanted=${(event: ViewEvent<'find-wanted'>) => void controller.find(event.detail)}
          @stop-wanted=${() => void controller.list.stop()}
          @dismissed=${close}
        ></cl-find-bar>`;
      case 'columns':
        return html`<cl-column-chooser
          class="overlay"
          .columns=${controller.look.columns}
          .complete=${controller.complete}
          .wrong=${controller.list.lookMistakes.columns.join(' ')}
          @columns-changed=${(event: ViewEvent<'columns-changed'>) => {
            controller.look.setColumns(event.detail);
          }}
          @columns-reset=${() => {
            controller.actions.resetColumns();
          }}
          @dismissed=${close}
        ></cl-column-chooser>`;
      case 'properties':
        return html`<cl-properties-page
          class="overlay"
          .ask=${() => controller.ask('properties', undefined)}
          .isPartial=${!summary.done}
          .copy=${(text: string) => void controller.actions.putOnClipboard(text, t('Copied the properties'))}
          @dismissed=${close}
        ></cl-properties-page>`;
    }
  }

  #noPackets({ done, indexed, size, format }: CaptureSummary): TemplateResult {
    if (!done) return page(this.controller.opening, t('{0} read', shareText(indexed, size)), [], true);
    const why = t(
      'This is a {0} file without a packet: nothing passed the capture filter, or the capture was stopped before the first packet.',
      format,
    );
    return page(t('No packets'), why, this.#otherEditors());
  }

  #largePage({ message, setting }: NonNullable<CaptureViewStart['tooLarge']>): TemplateResult {
    return page(t('This file is large'), message, [
      { label: t('Open Anyway'), run: () => void this.controller.openAnyway() },
      { label: t('Settings'), run: () => void this.controller.ask('openSettings', { id: setting }) },
    ]);
  }

  /** The better one first, by what the file seems to be. */
  #otherEditors(seems = ''): readonly Action[] {
    const { ask } = this.controller;
    const reopen = { label: t('Reopen With…'), run: () => void ask('reopenWith', undefined) };
    const asText = { label: t('Open as Text'), run: () => void ask('openAsText', undefined) };
    return /\btext\b/.test(seems) ? [asText, reopen] : [reopen, asText];
  }

  /** Ctrl+C, or Copy in the Edit menu: rows as text, a field as its label, bytes as hex digits. */
  readonly #copyFocused = (event: ClipboardEvent): void => {
    const { actions, panes, list, keeper } = this.controller;
    const hasOtherText = !panes.matches(':focus-within') || !(getSelection()?.isCollapsed ?? true);
    if (hasOtherText || !panes.isConnected) return;
    if (keeper.state.pane === 'list' && countRows(list.selection) > 0) {
      event.preventDefault();
      const text = actions.copiedRowNow();
      if (text === undefined) void actions.copyRows();
      else event.clipboardData?.setData('text/plain', text);
      return;
    }
    const text = actions.copiedNow();
    if (text === undefined) return;
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
  };

  /** Tells the workbench, which looks for this attribute, what a context menu is for. */
  readonly #describeContext = (event: MouseEvent): void => {
    if (hasOwnMenu(event)) return;
    const { look, panes } = this.controller;
    document.body.dataset['vscodeContext'] = JSON.stringify(
      contextOf(event, look.shown, panes.field !== undefined),
    );
  };
}

function page(heading: string, message: string, actions: readonly Action[], busy = false): TemplateResult {
  return html`<cl-message-page
    .heading=${heading}
    .message=${message}
    .actions=${actions}
    .busy=${busy}
  ></cl-message-page>`;
}
