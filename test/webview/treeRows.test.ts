import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TreeNode } from '../../src/rpc/capture.js';
import { fieldAtByte, nodeAt, pathsAbove, pathsBelow, treeRows } from '../../src/webview/capture/treeRows.js';

function node(name: string, start: number, length: number, ...children: TreeNode[]): TreeNode {
  return { name, label: name.toUpperCase(), start, length, children };
}

/** An IP packet in VXLAN, in outline. */
const layers = [
  { ...node('frame', 0, 60), generated: true },
  node(
    'eth',
    0,
    14,
    node('eth.dst', 0, 6, node('eth.addr', 0, 6), node('eth.lg', 0, 3), node('eth.ig', 0, 3)),
    node('eth.src', 6, 6, node('eth.addr', 6, 6)),
  ),
  node(
    'ip',
    14,
    20,
    node('ip.version', 14, 1),
    node('ip.hdr_len', 14, 1),
    node('ip.flags', 20, 1, node('ip.flags.rb', 20, 1), node('ip.flags.df', 20, 1)),
    { ...node('ip.checksum.status', 24, 2), generated: true },
  ),
  node('ip', 40, 20, node('ip.version', 40, 1)),
];

test('only what is open shows its children', () => {
  const paths = (...open: string[]): string[] => treeRows(layers, new Set(open)).map((row) => row.path);
  assert.deepEqual(paths(), ['frame', 'eth', 'ip', 'ip#2']);
  assert.deepEqual(paths('ip#2'), ['frame', 'eth', 'ip', 'ip#2', 'ip#2/ip.version']);
  // An open node inside a closed one stays out of sight.
  assert.deepEqual(paths('ip/ip.flags'), ['frame', 'eth', 'ip', 'ip#2']);
});

test('rows say where they stand among their brothers', () => {
  const rows = treeRows(layers, new Set(['eth']));
  assert.deepEqual(
    rows.map(({ level, position, brothers, isOpen }) => [level, position, brothers, isOpen]),
    [
      [1, 1, 4, false],
      [1, 2, 4, true],
      [2, 1, 2, false],
      [2, 2, 2, false],
      [1, 3, 4, false],
      [1, 4, 4, false],
    ],
  );
});

test('a path leads to its node, the second of a name to the second', () => {
  assert.equal(nodeAt(layers, 'ip/ip.version')?.start, 14);
  assert.equal(nodeAt(layers, 'ip#2/ip.version')?.start, 40);
  assert.equal(nodeAt(layers, 'eth/eth.src/eth.addr')?.start, 6);
  assert.equal(nodeAt(layers, 'tcp/tcp.port'), undefined);
  assert.equal(nodeAt(layers, ''), undefined);
});

test('paths above and below', () => {
  assert.deepEqual(pathsAbove('ip/ip.flags/ip.flags.df'), ['ip', 'ip/ip.flags']);
  assert.deepEqual(pathsAbove('ip'), []);
  assert.deepEqual(pathsBelow(layers, 'ip'), ['ip', 'ip/ip.flags']);
  assert.deepEqual(pathsBelow(layers, 'ip#2'), ['ip#2']);
});

test('a byte belongs to the shortest field that holds it', () => {
  const at = (offset: number): string | undefined => fieldAtByte(layers, offset)?.path;
  assert.equal(at(3), 'eth/eth.dst');
  assert.equal(at(1), 'eth/eth.dst', 'the address, not a bit of it');
  assert.equal(at(12), 'eth', 'no field of its own: the layer');
  assert.equal(at(14), 'ip/ip.version', 'of two equally short ones the first');
  assert.equal(at(20), 'ip/ip.flags', 'the flags, not the first flag');
  assert.equal(at(24), 'ip', 'worked-out fields have no bytes');
  assert.equal(at(41), 'ip#2');
  assert.equal(at(99), undefined);
});

test('a tree deeper than the stack does no harm', () => {
  let deep = node('x', 0, 1);
  for (let level = 0; level < 50_000; level++) deep = node('x', 0, 1, deep);
  assert.equal(fieldAtByte([deep], 0)?.path, 'x');
  assert.ok(pathsBelow([deep], 'x').length > 100);
});
