import * as vscode from 'vscode';
import { captureLayouts, type CaptureLayout } from '../../rpc/captureView.js';
import { timeForms, type TimeWish } from '../../rpc/packetList.js';
import { readColourRules, type ReadColourRules } from './colourRules.js';

/** The settings of captures, as package.json declares them. */
export const captureSettings = {
  layout: 'ciliumLens.captures.layout',
  timeFormat: 'ciliumLens.captures.timeFormat',
  timeDigits: 'ciliumLens.captures.timeDigits',
  colourRules: 'ciliumLens.captures.colourRules',
  memoryBudget: 'ciliumLens.captures.memoryBudget',
  unpackLimit: 'ciliumLens.captures.unpackLimit',
  wholeFileLimit: 'ciliumLens.captures.wholeFileLimit',
} as const;

/** Limits in bytes. */
export interface CaptureLimits {
  /** Memory for the columns of one capture. */
  readonly columns: number;
  /** What a compressed capture may unpack to. */
  readonly unpacked: number;
  /** A file that has to be held in memory as a whole. */
  readonly wholeFile: number;
}

const bytesPerMegabyte = 1_000_000;

/** A setting's value, whatever it is: VS Code warns of a value that its schema forbids, and gives it all the same. */
function setting(name: string): unknown {
  return vscode.workspace.getConfiguration().get<unknown>(name);
}

/** The layout of the panes that the settings ask for. */
export function chosenLayout(): CaptureLayout {
  const chosen = setting(captureSettings.layout);
  return captureLayouts.find((layout) => layout === chosen) ?? 'beside';
}

/** How the settings want times to be written. */
export function chosenTime(): TimeWish {
  const format = setting(captureSettings.timeFormat);
  const digits = setting(captureSettings.timeDigits);
  const form = timeForms.find((known) => known === format && known !== 'reference') ?? 'relative';
  return isDigits(digits) ? { form, digits } : { form };
}

/** Whether this many decimal digits of a second can be written. */
export function isDigits(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 9;
}

/** The colour rules of the settings. */
export function chosenColours(): ReadColourRules {
  return readColourRules(setting(captureSettings.colourRules), (text, ...values) =>
    vscode.l10n.t(text, ...values),
  );
}

/** The limits of the settings; one that is no usable number counts as its default. */
export function chosenLimits(): CaptureLimits {
  return {
    columns: megabytes(captureSettings.memoryBudget),
    unpacked: megabytes(captureSettings.unpackLimit),
    wholeFile: megabytes(captureSettings.wholeFileLimit),
  };
}

function megabytes(name: string): number {
  const chosen = setting(name);
  const usual = vscode.workspace.getConfiguration().inspect<number>(name)?.defaultValue ?? 0;
  const usable = typeof chosen === 'number' && Number.isFinite(chosen) && chosen >= 1;
  return Math.floor(usable ? chosen : usual) * bytesPerMegabyte;
}

/** The setting that a toggle writes to: the workspace's when that has its own, else the user's. */
export async function changeSetting(name: string, value: unknown): Promise<void> {
  const settings = vscode.workspace.getConfiguration();
  const target =
    settings.inspect(name)?.workspaceValue === undefined
      ? vscode.ConfigurationTarget.Global
      : vscode.ConfigurationTarget.Workspace;
  await settings.update(name, value, target);
}
