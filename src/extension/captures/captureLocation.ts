import * as path from 'node:path';
import * as vscode from 'vscode';
import { sizeText } from '../../core/base/amounts.js';
import type { CaptureLocation } from '../../node/startCaptureWorker.js';
import type { CaptureViewStart } from '../../rpc/captureView.js';
import { captureSettings, chosenLimits } from './captureSettings.js';

/** Bytes copied at a time: a few milliseconds, so that whatever else runs in this process is not held up. */
const copiedAtOnce = 16 * 1024 * 1024;

/** The file's name, as its tab shows it. */
export function captureName(uri: vscode.Uri): string {
  return path.posix.basename(uri.path);
}

/** The file's size in bytes; nothing when its file system cannot tell. */
export async function captureSize(uri: vscode.Uri): Promise<number | undefined> {
  try {
    return (await vscode.workspace.fs.stat(uri)).size;
  } catch {
    return undefined;
  }
}

/** True for a file whose bytes the worker reads by itself; VS Code gives those of all others only whole. */
export function isOnDisk(uri: vscode.Uri): boolean {
  return uri.scheme === 'file';
}

/** What is said until the first packets are there; for files that are read whole, that too. */
export function openingText(uri: vscode.Uri, size: number | undefined): string {
  const name = captureName(uri);
  if (size === undefined) return vscode.l10n.t('Opening {0}', name);
  if (isOnDisk(uri)) return vscode.l10n.t('Opening {0} ({1})', name, sizeText(size));
  return vscode.l10n.t('Opening {0} ({1}, held in memory as a whole)', name, sizeText(size));
}

/** Why a file of this size is not opened without being asked twice; nothing when it may be. */
export function tooLarge(uri: vscode.Uri, size: number | undefined): CaptureViewStart['tooLarge'] {
  const { wholeFile } = chosenLimits();
  if (isOnDisk(uri) || size === undefined || size <= wholeFile) return undefined;
  return {
    message: vscode.l10n.t(
      'This file system gives files only whole, so all {0} of {1} would be held in memory. The limit for that is {2}. A copy on a disk of this machine is read piece by piece.',
      sizeText(size),
      captureName(uri),
      sizeText(wholeFile),
    ),
    setting: captureSettings.wholeFileLimit,
  };
}

/**
 * Where the worker finds a capture: the path of a file on disk, else the bytes themselves. Rejects with a sentence
 * for people when a file of another file system cannot be read, or is too large to be held and not `allowed`.
 */
export async function captureLocation(uri: vscode.Uri, allowed: boolean): Promise<CaptureLocation> {
  if (isOnDisk(uri)) return { path: uri.fsPath };
  const refusal = allowed ? undefined : tooLarge(uri, await captureSize(uri));
  if (refusal) throw new Error(refusal.message);
  return { name: captureName(uri), bytes: await ownBytes(await vscode.workspace.fs.readFile(uri)) };
}

/** The bytes in a buffer of their own: a view into a larger one would drag that along into the worker. */
async function ownBytes(bytes: Uint8Array): Promise<Uint8Array> {
  if (bytes.byteLength === bytes.buffer.byteLength) return bytes;
  const own = new Uint8Array(bytes.byteLength);
  for (let at = 0; at < own.length; at += copiedAtOnce) {
    own.set(bytes.subarray(at, at + copiedAtOnce), at);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return own;
}
