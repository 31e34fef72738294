import * as vscode from 'vscode';
import { sizeText } from '../../core/base/amounts.js';
import { counted } from '../../core/base/words.js';
import type { CaptureCalls } from '../../rpc/capture.js';
import type { ExportOutcome, ExportWish } from '../../rpc/captureView.js';
import type { Answer, Argument } from '../../rpc/messages.js';
import type { ExportOrder } from '../../rpc/packetList.js';
import { captureName, isOnDisk } from './captureLocation.js';
import { askForExport, type ExportPlan } from './exportQuestions.js';

/** The worker of a capture, as far as an export needs it. */
export interface ExportingReader {
  call<K extends keyof CaptureCalls>(
    name: K,
    argument: Argument<CaptureCalls, K>,
  ): Promise<Answer<CaptureCalls, K>>;
}

/**
 * Asks what to export and where to, and has it written. A file on disk is written by the worker itself; for other
 * file systems the bytes come through here. Nothing when the user does not go through with it.
 */
export async function exportPackets(
  capture: vscode.Uri,
  reader: ExportingReader,
  wish: ExportWish,
): Promise<ExportOutcome | undefined> {
  const plan = await askForExport(capture, wish, await reader.call('state', { list: wish.list }));
  if (!plan) return undefined;
  const name = captureName(plan.target);
  const progress = {
    location: vscode.ProgressLocation.Window,
    title: vscode.l10n.t('Exporting to {0}', name),
  };
  return vscode.window.withProgress(progress, () => write(reader, wish, plan));
}

async function write(
  reader: ExportingReader,
  { list, selected }: ExportWish,
  { part, format, target }: ExportPlan,
): Promise<ExportOutcome> {
  const which: ExportOrder['which'] = part === 'selected' ? selected : part;
  const path = isOnDisk(target) ? { path: target.fsPath } : {};
  const { packets, size, bytes, notes, stopped } = await reader.call('export', {
    list,
    which,
    format,
    ...path,
  });
  if (stopped) return { message: vscode.l10n.t('The export was stopped. Nothing was written.'), notes: [] };
  if (bytes) await vscode.workspace.fs.writeFile(target, bytes);
  const message = vscode.l10n.t(
    'Exported {0} ({1}) to {2}',
    counted(packets, vscode.l10n.t('packet'), vscode.l10n.t('packets')),
    sizeText(size),
    captureName(target),
  );
  return { message, notes, file: target.toString() };
}
