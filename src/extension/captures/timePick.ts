/** Lets the user choose how the times of packets are written. */
import * as vscode from 'vscode';
import type { TimeForm, TimeWish } from '../../rpc/packetList.js';

interface Choice extends vscode.QuickPickItem {
  readonly time?: TimeWish;
}

/** All forms but `reference`, which means a packet and is set on that. */
function forms(): readonly { readonly form: TimeForm; readonly label: string; readonly example: string }[] {
  return [
    { form: 'relative', label: vscode.l10n.t('Since the first packet'), example: '0.000842' },
    {
      form: 'local',
      label: vscode.l10n.t('Date and time, on the clock of this machine'),
      example: '2022-09-11 09:20:32.000842',
    },
    {
      form: 'utc',
      label: vscode.l10n.t('Date and time, UTC'),
      example: '2022-09-11 07:20:32.000842Z',
    },
    { form: 'epoch', label: vscode.l10n.t('Seconds since 1970'), example: '1662880832.000842' },
    { form: 'delta', label: vscode.l10n.t('Since the packet before in the file'), example: '0.000431' },
    {
      form: 'delta-shown',
      label: vscode.l10n.t('Since the packet before in the list'),
      example: '0.000431',
    },
  ];
}

function digitNames(): readonly { readonly digits: number | undefined; readonly label: string }[] {
  return [
    { digits: undefined, label: vscode.l10n.t('As many digits as the file has') },
    { digits: 0, label: vscode.l10n.t('Seconds') },
    { digits: 3, label: vscode.l10n.t('Milliseconds') },
    { digits: 6, label: vscode.l10n.t('Microseconds') },
    { digits: 9, label: vscode.l10n.t('Nanoseconds') },
  ];
}

/**
 * The form and digits that a person chooses; one of the two stays as it is. Nothing when none is chosen. For the form
 * `reference` the packet is left to whoever knows it.
 */
export async function askForTime({ form, digits }: TimeWish): Promise<TimeWish | undefined> {
  const choices: Choice[] = [
    separator(vscode.l10n.t('Times')),
    ...forms().map((offered) => ({
      ...choice(offered.label, offered.form === form),
      description: offered.example,
      time: wish(offered.form, digits),
    })),
    separator(vscode.l10n.t('Precision')),
    ...digitNames().map((offered) => ({
      ...choice(offered.label, offered.digits === digits),
      time: wish(form, offered.digits),
    })),
  ];
  const chosen = await vscode.window.showQuickPick(choices, {
    title: vscode.l10n.t('How Shall Times Be Written?'),
    matchOnDescription: true,
  });
  return chosen?.time;
}

function wish(form: TimeForm, digits: number | undefined): TimeWish {
  return digits === undefined ? { form } : { form, digits };
}

function separator(label: string): vscode.QuickPickItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

function choice(label: string, isCurrent: boolean): vscode.QuickPickItem {
  return isCurrent ? { label, iconPath: new vscode.ThemeIcon('check') } : { label };
}
