import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  captureCallNames,
  type CaptureCalls,
  type CaptureSummary,
  type NotACapture,
  type PacketDetail,
  type PacketRow,
} from '../../src/rpc/capture.js';
import type { CaptureViewCalls, CaptureViewEvents } from '../../src/rpc/captureView.js';
import type { Handlers } from '../../src/rpc/messages.js';
import { createCaller, handOn, respond, type Channel } from '../../src/rpc/post.js';
import { CaptureModel } from '../../src/webview/capture/captureModel.js';

function row(number: number): PacketRow {
  return { number, time: '', source: '', destination: '', protocol: '', length: 0, info: '', tone: 'plain' };
}

function detail(number: number): PacketDetail {
  return { row: row(number), bytes: new Uint8Array(), layers: [] };
}

function summary(packets: number, done: boolean): CaptureSummary {
  return {
    name: 'a.pcap',
    size: 1000,
    format: 'pcap',
    interfaces: [],
    packets,
    indexed: done ? 1000 : packets,
    done,
    duration: '',
    firstTime: '',
    damage: [],
  };
}

/** A model whose host answers as `answers` say, over a real post. */
function modelOver(answers: Partial<Handlers<CaptureViewCalls>>): CaptureModel {
  let toHost: (message: unknown) => void = () => undefined;
  let toView: (message: unknown) => void = () => undefined;
  const viewEnd: Channel = {
    postMessage: (message) => {
      toHost(message);
    },
    onMessage: (listener) => (toView = listener),
  };
  const hostEnd: Channel = {
    postMessage: (message) => {
      toView(message);
    },
    onMessage: (listener) => (toHost = listener),
  };
  const nothing = () => undefined;
  respond<CaptureViewCalls, CaptureViewEvents>(hostEnd, {
    ...handOn<CaptureCalls>(captureCallNames, (name) => Promise.reject(new Error(`No answer to ${name}.`))),
    open: () => summary(10, true),
    rows: ({ first, count }) => ({
      age: 0,
      rows: Array.from({ length: count }, (_, index) => ({ number: first + index + 1, cells: [] })),
    }),
    packet: ({ number }) => detail(number),
    start: () => ({
      list: 1,
      opening: '',
      layout: 'beside',
      sizes: undefined,
      columns: undefined,
      time: undefined,
      filters: undefined,
      colours: [],
      mistakes: [],
      texts: {},
    }),
    openAnyway: nothing,
    copy: nothing,
    remember: nothing,
    rememberLook: nothing,
    rememberFilters: nothing,
    exportPackets: nothing,
    openExported: nothing,
    openSettings: nothing,
    reopenWith: nothing,
    openAsText: nothing,
    ...answers,
  });
  const caller = createCaller<CaptureViewCalls, CaptureViewEvents>(viewEnd);
  return new CaptureModel((name, argument) => caller.call(name, argument), nothing);
}

function shown(model: CaptureModel): number | undefined {
  return model.detail?.row.number;
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

test('opening shows the packets and the one that was selected before', async () => {
  const model = modelOver({});
  model.select(4);
  await model.open();
  await settled();
  assert.equal(model.packets, 10);
  assert.equal(shown(model), 4);
});

test('a selected packet that indexing has not reached shows once it is there', async () => {
  const model = modelOver({ open: () => summary(10, false) });
  model.select(500);
  await model.open();
  await settled();
  assert.equal(shown(model), undefined);
  model.progress(summary(600, false));
  await settled();
  assert.equal(shown(model), 500);
});

test('no packet is selected: nothing is shown, and nothing is asked for', async () => {
  const model = modelOver({});
  model.select(4);
  await model.open();
  await settled();
  model.select(0);
  assert.equal(shown(model), undefined);
});

test('progress that was overtaken is not shown', async () => {
  const model = modelOver({ open: () => summary(600, false) });
  await model.open();
  model.progress(summary(100, false));
  assert.equal(model.packets, 600);
});

test('a file that is something else, and one that cannot be read', async () => {
  const refusal: NotACapture = { seems: 'a PNG picture', message: 'a.cap looks like a PNG picture.' };
  const other = modelOver({ open: () => refusal });
  await other.open();
  assert.deepEqual(other.stage, { kind: 'refused', refusal });

  let tries = 0;
  const broken = modelOver({
    open: () => {
      if (++tries === 1) throw new Error('No permission to read a.cap.');
      return summary(3, true);
    },
  });
  await broken.open();
  assert.deepEqual(broken.stage, { kind: 'failed', message: 'No permission to read a.cap.' });
  await broken.open();
  assert.equal(broken.packets, 3);
});

test('a file that is lost keeps what is on screen', async () => {
  const model = modelOver({});
  model.select(2);
  await model.open();
  await settled();
  model.lost({ message: 'a.pcap was removed.' });
  assert.equal(model.trouble, 'a.pcap was removed.');
  assert.equal(shown(model), 2);
  assert.equal(model.packets, 10);
  await model.open();
  assert.equal(model.trouble, '');
});

test('packets and rows that cannot be had are reported', async () => {
  const model = modelOver({
    packet: () => {
      throw new Error('gone');
    },
  });
  model.select(2);
  await model.open();
  await settled();
  assert.equal(model.trouble, 'gone');
});
