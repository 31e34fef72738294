import * as vscode from 'vscode';
import {
  captureCallNames,
  isNotACapture,
  type CaptureCalls,
  type CaptureEvents,
  type CaptureSummary,
} from '../../rpc/capture.js';
import type {
  CaptureViewCalls,
  CaptureViewCommand,
  CaptureViewEvents,
  CaptureViewStart,
  ChosenColours,
  ExportOutcome,
  ExportWish,
} from '../../rpc/captureView.js';
import type { Handlers } from '../../rpc/messages.js';
import type { ListId, TimeWish } from '../../rpc/packetList.js';
import { handOn, respond, type Responder } from '../../rpc/post.js';
import { captureSize, openingText, tooLarge } from './captureLocation.js';
import type { CaptureMemory } from './captureMemory.js';
import { capturePage, resourceRoots } from './capturePage.js';
import type { CaptureReader, ReaderEvent } from './captureReader.js';
import { chosenColours, chosenLayout } from './captureSettings.js';
import { exportPackets } from './exportPackets.js';

/** What a view needs beside its panel. */
export interface CaptureViewParts {
  readonly extension: vscode.Uri;
  readonly uri: vscode.Uri;
  readonly reader: CaptureReader;
  readonly memory: CaptureMemory;
  /** Given out once, and kept until the panel is gone: the page comes and goes when its tab is hidden or moved. */
  readonly list: ListId;
  /** Files that may be opened although they are larger than the settings allow, by their address. */
  readonly allowed: Set<string>;
}

/**
 * One editor of a capture: the page in its panel and the host's end of the post. It hands the page's calls on to the
 * file's worker and the worker's events to the page, does the few things that only the host can do, and keeps no
 * packets.
 */
export class CaptureView {
  /** The file has grown since it was opened. */
  growing = false;
  readonly panel: vscode.WebviewPanel;
  readonly uri: vscode.Uri;
  readonly #parts: CaptureViewParts;
  readonly #responder: Responder<CaptureViewEvents>;
  readonly #disposables: vscode.Disposable[] = [];
  /** Files that packets were exported to, which alone the page can have opened. */
  readonly #exported = new Set<string>();
  #isOpened = false;
  #isDisposed = false;
  /** How often the page was loaded: VS Code drops it while its tab is hidden. */
  #pages = 0;
  #time: TimeWish;
  readonly #changed: () => void;

  /** `changed` is called when `growing` has changed. */
  constructor(panel: vscode.WebviewPanel, parts: CaptureViewParts, changed: () => void) {
    const { extension, uri, reader } = parts;
    this.panel = panel;
    this.uri = uri;
    this.#parts = parts;
    this.#time = parts.memory.time;
    this.#changed = changed;
    panel.webview.options = { enableScripts: true, localResourceRoots: resourceRoots(extension) };
    this.#responder = respond<CaptureViewCalls, CaptureViewEvents>(
      {
        postMessage: (message) => panel.webview.postMessage(message),
        onMessage: (listener) => this.#disposables.push(panel.webview.onDidReceiveMessage(listener)),
      },
      this.#handlers(),
    );
    this.#disposables.push(
      reader.onEvent((event) => {
        this.#tell(event);
      }),
    );
    panel.webview.html = capturePage(panel.webview, extension);
  }

  command(command: CaptureViewCommand): void {
    this.#responder.send('command', { command });
  }

  /** How times are written in this view, as far as the host was told. */
  get time(): TimeWish {
    return this.#time;
  }

  writeTimes(time: TimeWish): void {
    this.#time = time;
    this.#responder.send('command', { command: 'timeFormat', time });
  }

  layOut(): void {
    this.#responder.send('layout', { layout: chosenLayout() });
  }

  colour(colours: ChosenColours): void {
    this.#responder.send('colours', colours);
  }

  /** The panel is gone. */
  dispose(): void {
    const { reader, list } = this.#parts;
    this.#isDisposed = true;
    this.#responder.close();
    for (const disposable of this.#disposables) disposable.dispose();
    // A view that never opened its file must not start a worker now.
    if (this.#isOpened) reader.call('drop', { list }).catch(() => undefined);
  }

  #handlers(): Handlers<CaptureViewCalls> {
    const { uri, reader, memory, allowed } = this.#parts;
    const { panel } = this;
    const handedOn = handOn<CaptureCalls>(captureCallNames, (name, argument) => {
      this.#isOpened = true;
      return reader.call(name, argument);
    });
    return {
      ...handedOn,
      open: async () => {
        const opened = await handedOn.open(undefined);
        if (!isNotACapture(opened)) this.#noteGrowth(opened);
        return opened;
      },
      start: () => this.#start(),
      openAnyway: () => {
        allowed.add(uri.toString());
        return undefined;
      },
      copy: async ({ text }) => {
        await vscode.env.clipboard.writeText(text);
        return undefined;
      },
      remember: async (sizes) => {
        await memory.rememberSizes(sizes);
        return undefined;
      },
      rememberLook: async (look) => {
        this.#time = look.time;
        await memory.rememberLook(look);
        return undefined;
      },
      rememberFilters: async (filters) => {
        await memory.rememberFilters(filters);
        return undefined;
      },
      exportPackets: (wish) => this.#export(wish),
      openExported: async ({ file }) => {
        if (this.#exported.has(file)) await openFile(file);
        return undefined;
      },
      openSettings: async ({ id }) => {
        await vscode.commands.executeCommand('workbench.action.openSettings', `@id:${id}`);
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
  }

  /** Exports; what became of it is told by a message when the page that asked is no longer there to be told. */
  async #export(wish: ExportWish): Promise<ExportOutcome | undefined> {
    const { uri, reader } = this.#parts;
    const asking = this.#pages;
    const isGone = (): boolean => this.#isDisposed || asking !== this.#pages || !this.panel.visible;
    try {
      const outcome = await exportPackets(uri, reader, wish);
      if (!outcome) return undefined;
      if (outcome.file !== undefined) this.#exported.add(outcome.file);
      if (isGone()) void offerExported(outcome);
      return outcome;
    } catch (error) {
      if (isGone())
        void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
      throw error;
    }
  }

  /** Events of other views' lists stay here. */
  #tell({ name, payload }: ReaderEvent): void {
    if ('list' in payload && payload.list !== this.#parts.list) return;
    if (name === 'progress') this.#noteGrowth(payload as CaptureEvents['progress']);
    this.#responder.send(name, payload);
  }

  #noteGrowth({ growing }: CaptureSummary): void {
    const grows = growing === true;
    if (grows === this.growing) return;
    this.growing = grows;
    this.#changed();
  }

  async #start(): Promise<CaptureViewStart> {
    this.#pages++;
    const { uri, list, memory, allowed } = this.#parts;
    const size = await captureSize(uri);
    const refusal = allowed.has(uri.toString()) ? undefined : tooLarge(uri, size);
    return {
      list,
      opening: openingText(uri, size),
      ...(refusal ? { tooLarge: refusal } : {}),
      layout: chosenLayout(),
      sizes: memory.sizes,
      columns: memory.columns,
      time: memory.time,
      filters: memory.filters,
      ...chosenColours(),
      texts: vscode.l10n.bundle ?? {},
    };
  }
}

async function openFile(file: string): Promise<void> {
  await vscode.commands.executeCommand('vscode.open', vscode.Uri.parse(file, true));
}

/** Tells what became of an export, outside of the view. */
async function offerExported({ message, notes, file }: ExportOutcome): Promise<void> {
  const text = [message, ...notes].join(' ');
  const open = vscode.l10n.t('Open');
  const answer = await vscode.window.showInformationMessage(text, ...(file === undefined ? [] : [open]));
  if (answer === open && file !== undefined) await openFile(file);
}
