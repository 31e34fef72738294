import * as vscode from 'vscode';
import type { CaptureViewCommand } from '../../rpc/captureView.js';
import { CaptureMemory } from './captureMemory.js';
import type { CaptureReaders } from './captureReader.js';
import { captureSettings, chosenColours, chosenTime } from './captureSettings.js';
import { CaptureView } from './captureView.js';
import { watchWholeFile } from './captureWatch.js';
import { askForTime } from './timePick.js';

/** The custom editor's type, as package.json declares it. */
export const captureViewType = 'cilium-lens.capture';

/** True while the capture in front grows; the menus of package.json ask for it. */
const growingContext = 'ciliumLensGrowing';

/** The editor of capture files: opens a view in each panel that VS Code gives it, and reaches the one in front. */
export class CaptureEditorProvider implements vscode.CustomReadonlyEditorProvider {
  readonly #extension: vscode.Uri;
  readonly #memory: CaptureMemory;
  readonly #readers: CaptureReaders;
  readonly #allowed: Set<string>;
  readonly #views = new Set<CaptureView>();
  #lastList = 0;
  #isGrowing = false;

  /** `allowed` holds the addresses of files that may be opened although they are too large. */
  constructor(context: vscode.ExtensionContext, readers: CaptureReaders, allowed: Set<string>) {
    this.#extension = context.extensionUri;
    this.#memory = new CaptureMemory(context.workspaceState);
    this.#readers = readers;
    this.#allowed = allowed;
  }

  openCustomDocument(uri: vscode.Uri): vscode.CustomDocument {
    const reader = this.#readers.acquire(uri);
    const watch = watchWholeFile(uri, (message) => {
      reader.lose(message);
    });
    return {
      uri,
      dispose: () => {
        watch.dispose();
        this.#readers.release(uri);
        this.#allowed.delete(uri.toString());
      },
    };
  }

  resolveCustomEditor({ uri }: vscode.CustomDocument, panel: vscode.WebviewPanel): void {
    const noteGrowth = (): void => {
      this.#noteGrowth();
    };
    const view = new CaptureView(
      panel,
      {
        extension: this.#extension,
        uri,
        reader: this.#readers.acquire(uri),
        memory: this.#memory,
        list: ++this.#lastList,
        allowed: this.#allowed,
      },
      noteGrowth,
    );
    this.#views.add(view);
    panel.onDidChangeViewState(noteGrowth);
    panel.onDidDispose(() => {
      this.#views.delete(view);
      view.dispose();
      this.#readers.release(uri);
    });
  }

  /** Hands a command to the capture that is in front; without one, nothing happens. */
  command(command: CaptureViewCommand): void {
    this.#inFront?.command(command);
  }

  /** Asks how times shall be written, for the capture that is in front. */
  async chooseTime(): Promise<void> {
    const view = this.#inFront;
    if (!view) return;
    const time = await askForTime(view.time);
    if (time) view.writeTimes(time);
  }

  /** Brings what the settings now say to all captures that are open. */
  settingsChanged(change: vscode.ConfigurationChangeEvent): void {
    const { layout, colourRules, timeFormat, timeDigits } = captureSettings;
    const timeChanged = change.affectsConfiguration(timeFormat) || change.affectsConfiguration(timeDigits);
    for (const view of this.#views) {
      if (change.affectsConfiguration(layout)) view.layOut();
      if (change.affectsConfiguration(colourRules)) view.colour(chosenColours());
      if (timeChanged) view.writeTimes(chosenTime());
    }
  }

  get #inFront(): CaptureView | undefined {
    return [...this.#views].find(({ panel }) => panel.active);
  }

  #noteGrowth(): void {
    const isGrowing = this.#inFront?.growing ?? false;
    if (isGrowing === this.#isGrowing) return;
    this.#isGrowing = isGrowing;
    void vscode.commands.executeCommand('setContext', growingContext, isGrowing);
  }
}
