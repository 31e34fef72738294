import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { captureLayouts } from '../../src/rpc/captureView.js';
import { columnTracks, usualColumns } from '../../src/webview/capture/columns.js';
import { packetNumber } from '../../src/webview/capture/packetNumber.js';
import { gridTemplate, layoutFor } from '../../src/webview/capture/paneLayout.js';
import {
  freshState,
  readFilters,
  readSizes,
  readState,
  readTime,
  usualSizes,
} from '../../src/webview/capture/viewState.js';

test('a state that was kept comes back as it was', () => {
  const state = {
    packet: 4_000_000,
    position: 3_999_990.5,
    field: 'ip/ip.ttl',
    open: ['ip'],
    pane: 'tree' as const,
    sizes: { listShare: 0.3, treeShare: 0.7, columns: { info: 500 } },
    filter: 'ip.ttl < 60',
    sort: { column: 'time', descending: true },
    reference: 17,
    follow: true,
  };
  assert.deepEqual(readState(JSON.parse(JSON.stringify(state)), usualSizes), state);
});

test('whatever else is stored gives a state that can be used', () => {
  assert.deepEqual(readState(undefined, usualSizes), freshState);
  fc.assert(
    fc.property(fc.anything(), (stored) => {
      const { sizes, packet, position, open, filter, reference } = readState(stored, usualSizes);
      assert.ok(typeof filter === 'string' && Number.isInteger(reference));
      assert.ok(packet >= 0 && position >= 0 && Array.isArray(open));
      assert.ok(sizes.listShare >= 0.1 && sizes.listShare <= 0.9);
      assert.ok(Object.values(sizes.columns).every(Number.isFinite));
    }),
  );
});

test('the workspace sizes are those of a new view, its own those of a view that was there', () => {
  const workspace = readSizes({ listShare: 0.25, columns: { time: 200 } });
  assert.deepEqual(workspace, { listShare: 0.25, treeShare: usualSizes.treeShare, columns: { time: 200 } });
  assert.deepEqual(readState(null, workspace).sizes, workspace);
  assert.equal(readState({ sizes: { listShare: 0.8 } }, workspace).sizes.listShare, 0.8);
});

test('times and filters out of storage are what they were, or as usual', () => {
  assert.deepEqual(readTime({ form: 'utc', digits: 3 }), { form: 'utc', digits: 3 });
  assert.deepEqual(readTime({ form: 'sundial', digits: 40 }), { form: 'relative' });
  assert.deepEqual(readTime(undefined), { form: 'relative' });
  assert.deepEqual(readFilters({ history: ['ip', 7, 'x'.repeat(20_000)], saved: 'ip' }), {
    history: ['ip'],
    saved: [],
  });
});

test('widths out of storage stay within bounds', () => {
  const widths = columnTracks(usualColumns, { number: -5, time: 1e9 }).split(' ');
  assert.equal(widths[0], '32px');
  assert.equal(widths[1], '4000px');
  assert.equal(columnTracks(usualColumns, {}).match(/px/g)?.length, usualColumns.length);
});

test('every layout gives each pane its area', () => {
  for (const layout of captureLayouts)
    for (const area of ['list', 'tree', 'bytes', 'split-list', 'split-tree'])
      assert.match(gridTemplate(layout, usualSizes), new RegExp(`['\\s]${area}['\\s]`));
  assert.equal(layoutFor('beside', 300), 'stacked');
  assert.equal(layoutFor('right', 1200), 'right');
});

test('packet numbers are read as people write them', () => {
  assert.equal(packetNumber(' 1204 '), 1204);
  assert.equal(packetNumber('1,204,000'), 1_204_000);
  assert.equal(packetNumber('#7'), 7);
  assert.equal(packetNumber('12a'), undefined);
  assert.equal(packetNumber('-3'), undefined);
  assert.equal(packetNumber(''), undefined);
});
