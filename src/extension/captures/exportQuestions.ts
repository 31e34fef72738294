/** What a person is asked before packets are exported: which ones, in what format, where to. */
import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { counted, grouped } from '../../core/base/words.js';
import type { ExportWish } from '../../rpc/captureView.js';
import type { ExportFormat, ListState } from '../../rpc/packetList.js';
import { captureName } from './captureLocation.js';
import { exportExtensions, exportName, type ExportedPart } from './exportName.js';

/** The answers. */
export interface ExportPlan {
  readonly part: ExportedPart;
  readonly format: ExportFormat;
  readonly target: vscode.Uri;
}

interface PartChoice extends vscode.QuickPickItem {
  readonly part: ExportedPart;
}

interface FormatChoice extends vscode.QuickPickItem {
  readonly format: ExportFormat;
}

/** Asks; nothing when the user does not go through with it. Rejects when the target cannot be taken. */
export async function askForExport(
  capture: vscode.Uri,
  wish: ExportWish,
  list: ListState,
): Promise<ExportPlan | undefined> {
  const parts = partChoices(wish, list);
  for (;;) {
    const part = await pickOne(vscode.l10n.t('Export Which Packets?'), parts, false);
    if (!part || part === 'back') return undefined;
    const format = await pickOne(vscode.l10n.t('Export in What Format?'), formatChoices(), true);
    if (format === 'back') continue;
    if (!format) return undefined;
    const target = await askForTarget(capture, part.part, format.format);
    if (!target) return undefined;
    if (await isSameFile(capture, target))
      throw new Error(
        vscode.l10n.t('{0} is the capture that is open here. Choose another name.', captureName(target)),
      );
    return { part: part.part, format: format.format, target };
  }
}

/** The parts that there are, the most likely one first. */
function partChoices({ selected, shown, marked, packets }: ExportWish, list: ListState): PartChoice[] {
  const choices: PartChoice[] = [];
  const add = (part: ExportedPart, label: string, count: number, detail?: string): void => {
    if (count > 0)
      choices.push({
        part,
        label,
        description: counted(count, vscode.l10n.t('packet'), vscode.l10n.t('packets')),
        ...(detail === undefined ? {} : { detail }),
      });
  };
  if (shown < packets || list.sort) {
    const order = list.sort ? vscode.l10n.t('In the order of the list.') : undefined;
    const unfinished =
      list.phase === 'filtering'
        ? vscode.l10n.t(
            'Those found so far: {0} of {1} packets were looked at.',
            grouped(list.examined),
            grouped(packets),
          )
        : undefined;
    add('shown', vscode.l10n.t('Shown packets'), shown, unfinished ?? order);
  }
  if (selected.length > 1) add('selected', vscode.l10n.t('Selected packets'), selected.length);
  add('marked', vscode.l10n.t('Marked packets'), marked);
  add('all', vscode.l10n.t('All packets'), packets);
  if (selected.length === 1) add('selected', vscode.l10n.t('Selected packet'), selected.length);
  return choices;
}

function formatChoices(): FormatChoice[] {
  return [
    {
      format: 'pcapng',
      label: 'pcapng',
      description: vscode.l10n.t('with interfaces, comments and times as they are'),
    },
    { format: 'pcap', label: 'pcap', description: vscode.l10n.t('for tools that read nothing newer') },
    { format: 'csv', label: 'CSV', description: vscode.l10n.t('the columns of the list, for spreadsheets') },
    { format: 'json', label: 'JSON', description: vscode.l10n.t('every field of every packet') },
    {
      format: 'text',
      label: vscode.l10n.t('Text'),
      description: vscode.l10n.t('every packet as a tree, to read'),
    },
  ];
}

/** Shows a list to choose from; `back` when the user wants to go to the question before. */
function pickOne<T extends vscode.QuickPickItem>(
  title: string,
  items: readonly T[],
  canGoBack: boolean,
): Promise<T | 'back' | undefined> {
  const pick = vscode.window.createQuickPick<T>();
  pick.title = title;
  pick.items = items;
  pick.matchOnDescription = true;
  // The view may get the keyboard back from the palette only after this is shown; that is no answer.
  pick.ignoreFocusOut = true;
  if (canGoBack) pick.buttons = [vscode.QuickInputButtons.Back];
  return new Promise((resolve) => {
    const end = (answer: T | 'back' | undefined): void => {
      resolve(answer);
      pick.dispose();
    };
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      if (chosen) end(chosen);
    });
    pick.onDidTriggerButton(() => {
      end('back');
    });
    pick.onDidHide(() => {
      end(undefined);
    });
    pick.show();
  });
}

function askForTarget(
  capture: vscode.Uri,
  part: ExportedPart,
  format: ExportFormat,
): Thenable<vscode.Uri | undefined> {
  const extension = exportExtensions[format];
  return vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export Packets'),
    saveLabel: vscode.l10n.t('Export'),
    filters: { [extension]: [extension] },
    defaultUri: vscode.Uri.joinPath(targetFolder(capture), exportName(captureName(capture), part, format)),
  });
}

/** Beside the capture where that can be written to, else in the workspace, else where the system begins. */
function targetFolder(capture: vscode.Uri): vscode.Uri {
  if (vscode.workspace.fs.isWritableFileSystem(capture.scheme) === true)
    return vscode.Uri.joinPath(capture, '..');
  return vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
}

/** Whether two addresses mean one file, be it by links. */
async function isSameFile(one: vscode.Uri, other: vscode.Uri): Promise<boolean> {
  if (one.toString() === other.toString()) return true;
  if (one.scheme !== 'file' || other.scheme !== 'file') return false;
  try {
    const [a, b] = await Promise.all([
      stat(one.fsPath, { bigint: true }),
      stat(other.fsPath, { bigint: true }),
    ]);
    return a.dev === b.dev && a.ino === b.ino;
  } catch {
    // Usually there is no file yet at the target.
    return false;
  }
}
