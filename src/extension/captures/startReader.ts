import type * as vscode from 'vscode';
import { startCaptureWorker, type CaptureWorker } from '../../node/startCaptureWorker.js';
import { captureLocation } from './captureLocation.js';
import { chosenLimits } from './captureSettings.js';

/**
 * Starts the worker of a capture, within the limits that the settings have at that time. `program` is the bundled
 * worker; `allowed` holds the addresses of files that may be held in memory although they are too large.
 */
export async function startReader(
  program: string,
  uri: vscode.Uri,
  allowed: ReadonlySet<string>,
): Promise<CaptureWorker> {
  const location = await captureLocation(uri, allowed.has(uri.toString()));
  const { columns, unpacked } = chosenLimits();
  return startCaptureWorker(program, location, { columns, unpacked });
}
