import * as vscode from 'vscode';
import { sizeText } from '../../core/base/amounts.js';
import {
  captureLayouts,
  type CaptureLayout,
  type CaptureSizes,
  type CaptureViewCalls,
  type CaptureViewCommand,
  type CaptureViewEvents,
} from '../../rpc/captureView.js';
import { captureCallNames, type CaptureCalls } from '../../rpc/capture.js';
import type { Handlers } from '../../rpc/messages.js';
import { handOn, respond, type Responder } from '../../rpc/post.js';
import { captureName, captureSize } from './captureLocation.js';
import { capturePage, resourceRoots } from './capturePage.js';
import type { CaptureReaders } from './captureReader.js';

/** The custom editor's type, as package.json declares it. */
export const captureViewType = 'cilium-lens.capture';

/** The setting that says how the panes lie. */
export const layoutSetting = 'ciliumLens.captures.layout';

/** Where the workspace keeps what a person has chosen. */
const sizesKey = 'captures.sizes';
const lookKey = 'captures.look';
const filtersKey = 'captures.filters';

interface CaptureView {
  readonly panel: vscode.WebviewPanel;
  readonly responder: Responder<CaptureViewEvents>;
}

/** The layout of the panes that the settings ask for. */
export function chosenLayout(): CaptureLayout {
  const chosen = vscode.workspace.getConfiguration().get<string>(layoutSetting);
  return captureLayouts.find((layout) => layout === chosen) ?? 'beside';
}

/**
 * The editor of capture files. The host is a post office: it hands the view's calls on to the file's worker and the
 * worker's events to the views, does the few things that only the host can do, and keeps no packets.
 */
export class CaptureEditorProvider implements vscode.CustomReadonlyEditorProvider {
  readonly #context: vscode.ExtensionContext;
  readonly #readers: CaptureReaders;
  readonly #views = new Set<CaptureView>();
  #lastList = 0;

  constructor(context: vscode.ExtensionContext, readers: CaptureReaders) {
    this.#context = context;
    this.#readers = readers;
  }

  openCustomDocument(uri: vscode.Uri): vscode.CustomDocument {
    this.#readers.acquire(uri);
    return {
      uri,
      dispose: () => {
        this.#readers.release(uri);
      },
    };
  }

  resolveCustomEditor({ uri }: vscode.CustomDocument, panel: vscode.WebviewPanel): void {
    const { extensionUri } = this.#context;
    const reader = this.#readers.acquire(uri);
    panel.webview.options = { enableScripts: true, localResourceRoots: resourceRoots(extensionUri) };
    const disposables: vscode.Disposable[] = [];
    const list = ++this.#lastList;
    const handlers: Handlers<CaptureViewCalls> = {
      ...handOn<CaptureCalls>(captureCallNames, (name, argument) => reader.call(name, argument)),
      start: () => this.#start(uri, list),
      openAnyway: () => undefined,
      copy: async ({ text }) => {
        await vscode.env.clipboard.writeText(text);
        return undefined;
      },
      remember: async (sizes: CaptureSizes) => {
        await this.#context.workspaceState.update(sizesKey, sizes);
        return undefined;
      },
      rememberLook: async (look) => {
        await this.#context.workspaceState.update(lookKey, look);
        return undefined;
      },
      rememberFilters: async (filters) => {
        await this.#context.workspaceState.update(filtersKey, filters);
        return undefined;
      },
      exportPackets: () => Promise.reject(new Error(vscode.l10n.t('Packets cannot be exported yet.'))),
      openExported: () => undefined,
      openSettings: async ({ id }) => {
        await vscode.commands.executeCommand('workbench.action.openSettings', id);
        return undefined;
      },
      reopenWith: async () => {
        panel.reveal();
        await vscode.commands.executeCommand('workbench.action.reopenWithEditor');
        return undefined;
      },
      openAsText: async () => {
        await vscode.commands.executeCommand('vscode.openWith', uri, 'default', panel.viewColumn);
        panel.dispose();
        return undefined;
      },
    };
    const responder = respond<CaptureViewCalls, CaptureViewEvents>(
      {
        postMessage: (message) => panel.webview.postMessage(message),
        onMessage: (listener) => disposables.push(panel.webview.onDidReceiveMessage(listener)),
      },
      handlers,
    );
    const view = { panel, responder };
    this.#views.add(view);
    disposables.push(
      reader.onEvent(({ name, payload }) => {
        responder.send(name, payload);
      }),
    );
    panel.onDidDispose(() => {
      responder.close();
      this.#views.delete(view);
      this.#readers.release(uri);
      for (const disposable of disposables) disposable.dispose();
    });
    panel.webview.html = capturePage(panel.webview, extensionUri);
  }

  /** Hands a command to the capture that is in front; without one, nothing happens. */
  command(command: CaptureViewCommand): void {
    for (const { panel, responder } of this.#views) if (panel.active) responder.send('command', { command });
  }

  /** Lays the panes of all captures out as the settings now say. */
  layOut(): void {
    for (const { responder } of this.#views) responder.send('layout', { layout: chosenLayout() });
  }

  async #start(uri: vscode.Uri, list: number): Promise<ReturnType<CaptureViewCalls['start']>> {
    const size = await captureSize(uri);
    const name = captureName(uri);
    const look = this.#context.workspaceState.get<Partial<Record<'columns' | 'time', unknown>>>(lookKey);
    return {
      list,
      columns: look?.columns,
      time: look?.time,
      filters: this.#context.workspaceState.get(filtersKey),
      colours: [],
      mistakes: [],
      opening:
        size === undefined
          ? vscode.l10n.t('Opening {0}', name)
          : vscode.l10n.t('Opening {0} ({1})', name, sizeText(size)),
      layout: chosenLayout(),
      sizes: this.#context.workspaceState.get(sizesKey),
      texts: vscode.l10n.bundle ?? {},
    };
  }
}
