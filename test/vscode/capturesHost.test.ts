/** What the extension host does for captures beside handing calls on, with the real VS Code around it. */
import assert from 'node:assert/strict';
import { linkSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import * as vscode from 'vscode';
import { captureLocation, openingText, tooLarge } from '../../src/extension/captures/captureLocation.js';
import { CaptureMemory } from '../../src/extension/captures/captureMemory.js';
import {
  captureSettings,
  changeSetting,
  chosenColours,
  chosenLimits,
  chosenTime,
} from '../../src/extension/captures/captureSettings.js';
import { watchWholeFile } from '../../src/extension/captures/captureWatch.js';
import { exportPackets, type ExportingReader } from '../../src/extension/captures/exportPackets.js';
import { startReader } from '../../src/extension/captures/startReader.js';
import { askForTime } from '../../src/extension/captures/timePick.js';
import { isNotACapture, type CaptureSummary } from '../../src/rpc/capture.js';
import type { ExportWish } from '../../src/rpc/captureView.js';
import type { ExportOrder, ExportReply, ListState } from '../../src/rpc/packetList.js';
import { eventually } from './eventually.js';
import { workerProgram, writeCapture } from './madeCaptures.js';
import { MemoryFiles } from './memoryFiles.js';
import { workspaceFile } from './workspace.js';

/** Sets settings for the user while `work` runs. */
async function withSettings(values: Readonly<Record<string, unknown>>, work: () => unknown): Promise<void> {
  const set = async (name: string, value: unknown): Promise<void> => {
    await vscode.workspace.getConfiguration().update(name, value, vscode.ConfigurationTarget.Global);
  };
  for (const [name, value] of Object.entries(values)) await set(name, value);
  try {
    await work();
  } finally {
    for (const name of Object.keys(values)) await set(name, undefined);
  }
}

/** Runs `work` with files of the scheme `host-test`. */
async function withFiles(work: (files: MemoryFiles) => unknown): Promise<void> {
  const files = new MemoryFiles();
  const registration = vscode.workspace.registerFileSystemProvider('host-test', files);
  try {
    await work(files);
  } finally {
    registration.dispose();
  }
}

function inMemory(name: string): vscode.Uri {
  return vscode.Uri.from({ scheme: 'host-test', path: `/${name}` });
}

/** What VS Code gives an extension to keep things in. */
class Notes implements vscode.Memento {
  readonly #values = new Map<string, unknown>();

  keys(): readonly string[] {
    return [...this.#values.keys()];
  }

  get<T>(key: string, otherwise?: T): T | undefined {
    return (this.#values.get(key) as T | undefined) ?? otherwise;
  }

  update(key: string, value: unknown): Promise<void> {
    // VS Code keeps JSON.
    this.#values.set(key, JSON.parse(JSON.stringify(value)));
    return Promise.resolve();
  }
}

suite('Settings of captures', () => {
  test('the defaults are those of the manifest', () => {
    assert.deepEqual(chosenTime(), { form: 'relative' });
    assert.deepEqual(chosenLimits(), {
      columns: 400_000_000,
      unpacked: 16_000_000_000,
      wholeFile: 256_000_000,
    });
    const { colours, mistakes } = chosenColours();
    assert.deepEqual(mistakes, []);
    assert.ok(colours.length >= 5);
  });

  test('what is set counts', async () => {
    const { timeFormat, timeDigits, colourRules, memoryBudget } = captureSettings;
    const rules = [
      { name: 'Mine', filter: 'arp', colour: 'green' },
      { name: 'Wrong', filter: 'arp', colour: 'pink' },
    ];
    const values = { [timeFormat]: 'utc', [timeDigits]: 3, [colourRules]: rules, [memoryBudget]: 64 };
    await withSettings(values, () => {
      assert.deepEqual(chosenTime(), { form: 'utc', digits: 3 });
      assert.equal(chosenLimits().columns, 64_000_000);
      const { colours, mistakes } = chosenColours();
      assert.deepEqual(colours, [{ name: 'Mine', filter: 'arp', tint: 'green' }]);
      assert.match(mistakes.join(), /Colour rule 2/);
    });
  });

  test('what makes no sense counts as the default', async () => {
    const { timeFormat, timeDigits, memoryBudget } = captureSettings;
    const values = { [timeFormat]: 'reference', [timeDigits]: 12, [memoryBudget]: 'much' };
    await withSettings(values, () => {
      assert.deepEqual(chosenTime(), { form: 'relative' });
      assert.equal(chosenLimits().columns, 400_000_000);
    });
  });

  test('limits of memory cannot be raised by a workspace', async () => {
    const { memoryBudget } = captureSettings;
    await assert.rejects(
      async () =>
        vscode.workspace.getConfiguration().update(memoryBudget, 9000, vscode.ConfigurationTarget.Workspace),
      /workspace/i,
    );
  });

  test('a toggle writes to the user unless the workspace has a value of its own', async () => {
    const { layout } = captureSettings;
    const inspected = () => vscode.workspace.getConfiguration().inspect<string>(layout);
    await changeSetting(layout, 'stacked');
    assert.equal(inspected()?.globalValue, 'stacked');
    assert.equal(inspected()?.workspaceValue, undefined);
    await vscode.workspace.getConfiguration().update(layout, 'right', vscode.ConfigurationTarget.Workspace);
    await changeSetting(layout, 'beside');
    assert.equal(inspected()?.workspaceValue, 'beside');
    for (const target of [vscode.ConfigurationTarget.Workspace, vscode.ConfigurationTarget.Global])
      await vscode.workspace.getConfiguration().update(layout, undefined, target);
  });
});

suite('What a workspace remembers of captures', () => {
  test('times as last chosen, until the settings change', async () => {
    const memory = new CaptureMemory(new Notes());
    assert.deepEqual(memory.time, { form: 'relative' });
    await memory.rememberLook({
      columns: [{ id: 'number', kind: 'number' }],
      time: { form: 'utc', digits: 6 },
    });
    assert.deepEqual(memory.time, { form: 'utc', digits: 6 });
    assert.deepEqual(memory.columns, [{ id: 'number', kind: 'number' }]);
    await withSettings({ [captureSettings.timeFormat]: 'delta' }, () => {
      assert.deepEqual(memory.time, { form: 'delta' });
    });
    assert.deepEqual(memory.time, { form: 'utc', digits: 6 });
  });

  test('a reference packet belongs to its file and is not kept', async () => {
    const memory = new CaptureMemory(new Notes());
    await memory.rememberLook({ columns: [], time: { form: 'epoch' } });
    await memory.rememberLook({ columns: [], time: { form: 'reference', reference: 7 } });
    assert.deepEqual(memory.time, { form: 'epoch' });
  });

  test('what an older version kept does no harm', async () => {
    const notes = new Notes();
    for (const kept of ['utc', 5, null, { time: { form: 'lunar' } }]) {
      await notes.update('captures.time', kept);
      assert.deepEqual(new CaptureMemory(notes).time, { form: 'relative' });
    }
  });
});

suite('Where the bytes of a capture come from', () => {
  test('a file on disk is left to the worker', async () => {
    const uri = await workspaceFile('node1_ens33.cap');
    assert.deepEqual(await captureLocation(uri, false), { path: uri.fsPath });
    assert.equal(tooLarge(uri, 1e15), undefined);
    assert.equal(openingText(uri, 1_200_000_000), 'Opening node1_ens33.cap (1.2 GB)');
  });

  test('of another file system all bytes are fetched, in a buffer of their own', async () => {
    await withFiles(async (files) => {
      const large = new Uint8Array(100_000).map((_, at) => at % 251);
      files.put('/part.cap', large.subarray(1000, 60_000));
      const location = await captureLocation(inMemory('part.cap'), false);
      assert.ok('bytes' in location);
      assert.equal(location.name, 'part.cap');
      assert.equal(location.bytes.byteLength, location.bytes.buffer.byteLength);
      assert.deepEqual(location.bytes, large.slice(1000, 60_000));
    });
  });

  test('a large one is refused with sizes and the setting, and read when allowed', async () => {
    await withFiles(async (files) => {
      const uri = inMemory('huge.cap');
      files.put(uri.path, new Uint8Array(24), 1_200_000_000);
      const refusal = tooLarge(uri, 1_200_000_000);
      assert.match(refusal?.message ?? '', /only whole.*1\.2 GB of huge\.cap.*limit for that is 256 MB/);
      assert.equal(refusal?.setting, 'ciliumLens.captures.wholeFileLimit');
      await assert.rejects(captureLocation(uri, false), { message: refusal.message });
      assert.equal(files.reads, 0);
      await captureLocation(uri, true);
      assert.equal(files.reads, 1);
      await withSettings({ [captureSettings.wholeFileLimit]: 2000 }, () => {
        assert.equal(tooLarge(uri, 1_200_000_000), undefined);
      });
    });
  });

  test('a worker keeps to the limits of the settings', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(folder);
    const plain = vscode.Uri.joinPath(folder, 'packed.pcap');
    const packed = vscode.Uri.joinPath(folder, 'packed.pcap.gz');
    writeCapture(plain.fsPath, 30_000);
    writeFileSync(packed.fsPath, gzipSync(readFileSync(plain.fsPath)));
    const open = async (): Promise<CaptureSummary> => {
      const worker = await startReader(workerProgram(), packed, new Set());
      try {
        const done = new Promise<CaptureSummary>((resolve) => {
          worker.on('progress', (summary) => {
            if (summary.done) resolve(summary);
          });
        });
        const opened = await worker.call('open', undefined);
        assert.ok(!isNotACapture(opened));
        return opened.done ? opened : await done;
      } finally {
        await worker.terminate();
      }
    };
    try {
      const whole = await open();
      assert.equal(whole.packets, 30_000);
      assert.deepEqual(whole.damage, []);
      await withSettings({ [captureSettings.unpackLimit]: 1 }, async () => {
        const { packets, damage } = await open();
        // A record takes 70 bytes behind the 24 of the file's header.
        assert.equal(packets, Math.floor((1_000_000 - 24) / 70));
        assert.match(damage.map(({ message }) => message).join(' '), /1,000,000 bytes/);
      });
    } finally {
      rmSync(plain.fsPath);
      rmSync(packed.fsPath);
    }
  });

  test('that it was deleted or changed there is told, and nothing of its neighbours', async () => {
    await withFiles(async (files) => {
      const uri = inMemory('odd[1].cap');
      const told: string[] = [];
      const watch = watchWholeFile(uri, (message) => told.push(message));
      try {
        files.put(uri.path, new Uint8Array(24));
        files.tell(inMemory('odd1.cap'), vscode.FileChangeType.Deleted);
        files.tell(inMemory('oddx1y.cap'), vscode.FileChangeType.Deleted);
        // Watching begins some time after it was asked for.
        await eventually('the change', () => {
          if (told.length === 0) files.tell(uri, vscode.FileChangeType.Changed);
          return told.length > 0 ? true : undefined;
        });
        assert.match(told[0] ?? '', /^odd\[1\]\.cap has changed\./);
        files.delete(uri);
        await eventually('the deletion', () => told.find((message) => message.includes('was deleted')));
        assert.ok(told.every((message) => message.startsWith('odd[1].cap ')));
      } finally {
        watch.dispose();
      }
    });
  });
});

/** Takes the first entry of the list that is open, or moves on first. */
async function accept(moves = 0): Promise<void> {
  for (let move = 0; move < moves; move++)
    await vscode.commands.executeCommand('workbench.action.quickOpenSelectNext');
  await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
}

/** Answers questions as a person would, one after the other, until `asking` is answered. */
async function answering<T>(asking: Promise<T>, moves: readonly number[]): Promise<T> {
  for (const steps of moves) {
    await new Promise((resolve) => setTimeout(resolve, 700));
    await accept(steps);
  }
  return asking;
}

interface SaveDialog {
  readonly options: vscode.SaveDialogOptions[];
  restore(): void;
}

/** Puts an answer in place of the save dialog, which belongs to the system. */
function answerSaveDialog(target: vscode.Uri | undefined): SaveDialog {
  const original = Object.getOwnPropertyDescriptor(vscode.window, 'showSaveDialog');
  assert.ok(original);
  const options: vscode.SaveDialogOptions[] = [];
  Object.defineProperty(vscode.window, 'showSaveDialog', {
    configurable: true,
    value: (given: vscode.SaveDialogOptions) => {
      options.push(given);
      return Promise.resolve(target);
    },
  });
  return {
    options,
    restore: () => {
      Object.defineProperty(vscode.window, 'showSaveDialog', original);
    },
  };
}

const wish: ExportWish = { list: 1, selected: [3, 5], shown: 4, marked: 1, packets: 10 };

/** A worker that notes what it is asked to export. */
function reader(reply: Partial<ExportReply> = {}, state: Partial<ListState> = {}) {
  const orders: ExportOrder[] = [];
  const answers: Record<string, (argument: never) => unknown> = {
    state: () => ({
      list: 1,
      age: 1,
      filter: 'icmp',
      sort: undefined,
      shown: 4,
      examined: 10,
      packets: 10,
      phase: 'ready',
      ...state,
    }),
    export: (order: ExportOrder) => {
      orders.push(order);
      return { packets: 4, size: 1234, notes: [], ...reply };
    },
  };
  const call = (name: string, argument: unknown) => Promise.resolve(answers[name]?.(argument as never));
  return { orders, reader: { call } as ExportingReader };
}

suite('Exporting packets', function () {
  this.timeout(30_000);

  test('asks which packets, in what format and where to; the worker writes a file on disk', async () => {
    const capture = await workspaceFile('node1_ens33.cap');
    const target = vscode.Uri.joinPath(capture, '..', 'wanted.csv');
    const dialog = answerSaveDialog(target);
    try {
      const asked = reader({ notes: ['A note.'] });
      // Selected packets, as CSV.
      const outcome = await answering(exportPackets(capture, asked.reader, wish), [1, 2]);
      assert.deepEqual(asked.orders, [{ list: 1, which: [3, 5], format: 'csv', path: target.fsPath }]);
      assert.deepEqual(outcome, {
        message: 'Exported 4 packets (1,234 bytes) to wanted.csv',
        notes: ['A note.'],
        file: target.toString(),
      });
      const proposed = dialog.options[0]?.defaultUri;
      assert.equal(proposed?.path, vscode.Uri.joinPath(capture, '..', 'node1_ens33-selected.csv').path);
    } finally {
      dialog.restore();
    }
  });

  test('bytes for another file system go through VS Code', async () => {
    await withFiles(async (files) => {
      const dialog = answerSaveDialog(inMemory('out.pcapng'));
      try {
        const asked = reader({ bytes: Uint8Array.of(1, 2, 3) });
        const outcome = await answering(exportPackets(inMemory('in.cap'), asked.reader, wish), [0, 0]);
        assert.deepEqual(asked.orders, [{ list: 1, which: 'shown', format: 'pcapng' }]);
        assert.deepEqual(files.files.get('/out.pcapng')?.bytes, Uint8Array.of(1, 2, 3));
        assert.equal(outcome?.file, 'host-test:/out.pcapng');
        assert.equal(dialog.options[0]?.defaultUri?.toString(), 'host-test:/in-shown.pcapng');
      } finally {
        dialog.restore();
      }
    });
  });

  test('the open file itself is never written over, under no name', async () => {
    const capture = await workspaceFile('node1_ens33.cap');
    const linked = vscode.Uri.joinPath(capture, '..', 'linked.cap');
    const symbolic = vscode.Uri.joinPath(capture, '..', 'symbolic.cap');
    linkSync(capture.fsPath, linked.fsPath);
    symlinkSync(capture.fsPath, symbolic.fsPath);
    try {
      for (const target of [capture, linked, symbolic]) {
        const dialog = answerSaveDialog(target);
        const asked = reader();
        await assert.rejects(
          answering(exportPackets(capture, asked.reader, wish), [0, 0]),
          /is the capture that is open here/,
        );
        assert.deepEqual(asked.orders, []);
        dialog.restore();
      }
    } finally {
      rmSync(linked.fsPath);
      rmSync(symbolic.fsPath);
    }
  });

  test('whoever does not go through with it exports nothing', async () => {
    const capture = await workspaceFile('node1_ens33.cap');
    const dialog = answerSaveDialog(undefined);
    try {
      const asked = reader();
      assert.equal(await answering(exportPackets(capture, asked.reader, wish), [0, 0]), undefined);
      const closed = exportPackets(capture, asked.reader, wish);
      await new Promise((resolve) => setTimeout(resolve, 700));
      await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
      assert.equal(await closed, undefined);
      assert.deepEqual(asked.orders, []);
      assert.equal(dialog.options.length, 1);
    } finally {
      dialog.restore();
    }
  });

  test('a stopped export is told as that, and has no file to open', async () => {
    const capture = await workspaceFile('node1_ens33.cap');
    const dialog = answerSaveDialog(vscode.Uri.joinPath(capture, '..', 'stopped.pcap'));
    try {
      const asked = reader({ stopped: true });
      const outcome = await answering(exportPackets(capture, asked.reader, wish), [0, 1]);
      assert.deepEqual(outcome, { message: 'The export was stopped. Nothing was written.', notes: [] });
      assert.equal(asked.orders[0]?.format, 'pcap');
    } finally {
      dialog.restore();
    }
  });

  test('with all packets shown, in the order of the file, there is no question of shown or not', async () => {
    const capture = await workspaceFile('node1_ens33.cap');
    const dialog = answerSaveDialog(vscode.Uri.joinPath(capture, '..', 'all.json'));
    try {
      const asked = reader();
      const everything = { ...wish, selected: [], shown: 10, marked: 0 };
      await answering(exportPackets(capture, asked.reader, everything), [0, 3]);
      assert.deepEqual(
        asked.orders.map(({ which, format }) => [which, format]),
        [['all', 'json']],
      );
    } finally {
      dialog.restore();
    }
  });
});

suite('Choosing how times are written', () => {
  test('a form keeps the digits, digits keep the form', async () => {
    const current = { form: 'relative', digits: 6 } as const;
    assert.deepEqual(await answering(askForTime(current), [2]), { form: 'utc', digits: 6 });
    assert.deepEqual(await answering(askForTime(current), [8]), { form: 'relative', digits: 3 });
    assert.deepEqual(await answering(askForTime(current), [6]), { form: 'relative' });
  });
});
