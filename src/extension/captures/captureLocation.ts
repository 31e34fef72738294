import * as path from 'node:path';
import * as vscode from 'vscode';
import { sizeText } from '../../core/base/amounts.js';
import type { CaptureLocation } from '../../node/startCaptureWorker.js';

/** A file that is not on a disk of this machine has to be held in memory: VS Code reads such files only whole. */
const mostBytesInMemory = 256 * 1000 * 1000;

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

/**
 * Where the worker finds a capture: the path of a file on disk, else the bytes themselves. Rejects with a sentence
 * for people when a file of another file system is too large to be held, or cannot be read.
 */
export async function captureLocation(uri: vscode.Uri): Promise<CaptureLocation> {
  if (uri.scheme === 'file') return { path: uri.fsPath };
  const size = await captureSize(uri);
  if (size !== undefined && size > mostBytesInMemory)
    throw new Error(
      vscode.l10n.t(
        'The file is {0}. It is not on a disk of this machine, so all of it would have to be held in memory, and the limit for that is {1}. Copy it to a local folder and open it there.',
        sizeText(size),
        sizeText(mostBytesInMemory),
      ),
    );
  const bytes = await vscode.workspace.fs.readFile(uri);
  // A view into a larger buffer would drag that along into the worker.
  return {
    name: captureName(uri),
    bytes: bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice(),
  };
}
