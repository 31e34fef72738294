import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PacketDetail, TreeNode } from '../../src/rpc/capture.js';
import { copiedText, fieldFilter } from '../../src/webview/capture/copiedText.js';

const ttl: TreeNode = { name: 'ip.ttl', label: 'Time to Live: 62', value: '62', start: 2, length: 1 };
const packet: PacketDetail = {
  row: {
    number: 3,
    time: '0.000842',
    source: '10.0.0.85',
    destination: '10.0.1.124',
    protocol: 'ICMP',
    length: 98,
    info: 'Echo (ping) request',
    tone: 'plain',
  },
  bytes: Uint8Array.of(0x45, 0x00, 0x3e, 0xff),
  layers: [
    {
      name: 'frame',
      label: 'Frame 3',
      start: 0,
      length: 4,
      children: [
        {
          name: 'frame.time_epoch',
          label: 'Epoch',
          value: '1662882000.000842',
          start: 0,
          length: 0,
          generated: true,
        },
      ],
    },
    { name: 'ip', label: 'Internet Protocol Version 4', start: 0, length: 4, children: [ttl] },
  ],
};

test('a row and a packet as text', () => {
  const row = '3  0.000842  10.0.0.85  10.0.1.124  ICMP  98  Echo (ping) request';
  assert.equal(copiedText('row', packet, undefined), row);
  assert.equal(
    copiedText('packet text', packet, undefined),
    `${row}\nFrame 3\n    Epoch\nInternet Protocol Version 4\n    Time to Live: 62\n`,
  );
});

test('a packet as JSON has the shape of the command line', () => {
  assert.deepEqual(JSON.parse(copiedText('packet JSON', packet, undefined) ?? ''), {
    number: 3,
    time: '1662882000.000842',
    length: 98,
    captured: 4,
    protocol: 'ICMP',
    source: '10.0.0.85',
    destination: '10.0.1.124',
    info: 'Echo (ping) request',
    layers: [
      {
        name: 'ip',
        label: 'Internet Protocol Version 4',
        start: 0,
        length: 4,
        fields: [{ name: 'ip.ttl', label: 'Time to Live: 62', value: '62', start: 2, length: 1 }],
      },
    ],
  });
});

test('a field as label, value, filter and bytes', () => {
  assert.equal(copiedText('label', packet, ttl), 'Time to Live: 62');
  assert.equal(copiedText('value', packet, ttl), '62');
  assert.equal(copiedText('filter', packet, ttl), 'ip.ttl == 62');
  assert.equal(copiedText('hex', packet, ttl), '3e');
  assert.equal(copiedText('hex', packet, undefined), '45003eff');
  assert.equal(copiedText('filter', packet, undefined), undefined);
});

test('what is no number or address is quoted in a filter', () => {
  const filter = (value: string | undefined): string =>
    fieldFilter({ name: 'f', label: '', start: 0, length: 1, ...(value === undefined ? {} : { value }) });
  assert.equal(filter(undefined), 'f');
  assert.equal(filter('0x1f2e'), 'f == 0x1f2e');
  assert.equal(filter('-5'), 'f == -5');
  assert.equal(filter('10.0.0.85'), 'f == 10.0.0.85');
  assert.equal(filter('fe80::1'), 'f == fe80::1');
  assert.equal(filter('42:ef:f8:7a:9e:f7'), 'f == 42:ef:f8:7a:9e:f7');
  assert.equal(filter('web-1'), 'f == "web-1"');
  assert.equal(filter('say "a\\b"'), 'f == "say \\"a\\\\b\\""');
});
