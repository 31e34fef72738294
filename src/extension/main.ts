import { sinceStart } from './started.js';
import type * as vscode from 'vscode';
import { registerCaptures } from './captures/register.js';
import { registerConfig } from './config/register.js';
import { registerMonitor } from './monitor/register.js';

/** What other extensions, and our tests, get from `activate`. */
export interface CiliumLensApi {
  /** From the first line of our code to the end of `activate`: on the clock, and of the processor. */
  readonly activation: ReturnType<typeof sinceStart>;
}

/** Called by VS Code when the first file of ours is opened. Registers and returns; work starts on demand. */
export function activate(context: vscode.ExtensionContext): CiliumLensApi {
  registerCaptures(context);
  registerMonitor(context);
  registerConfig(context);
  return { activation: sinceStart() };
}

/** Called by VS Code at its end. All that was registered hangs on the context, which VS Code disposes. */
export function deactivate(): void {
  // Nothing is left to do.
}
