import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytesFromHex } from '../../../src/core/base/bytes.js';
import { Decoder } from '../../../src/core/dissect/decoder.js';

test('a frame of a link type that is not decoded says which one it is', () => {
  const decoder = new Decoder();
  const { protocol, info } = decoder.summary(decoder.walk(new Uint8Array(20), 999, 20));
  assert.deepEqual({ protocol, info }, { protocol: 'UNKNOWN', info: 'link type 999' });
  assert.match(decoder.summary(decoder.walk(new Uint8Array(20), -1, 20)).info, /not described/);
});

test('a time in echo data is believed only near the time of the capture', () => {
  const seconds = 1_662_862_447;
  const stamp = new DataView(new ArrayBuffer(4));
  stamp.setUint32(0, seconds, true);
  const time = Buffer.from(stamp.buffer).toString('hex');
  const frame = bytesFromHex(
    `4500 0024 0001 0000 4001 0000 0a000055 0a00017c 0800 0000 0c00 0000 ${time} 01000000`,
  );
  const names = (at: number | undefined) => {
    const decoder = new Decoder();
    return JSON.stringify(decoder.tree(decoder.walk(frame, 101, frame.length, at)));
  };
  assert.ok(names(seconds + 60).includes('icmp.data_time'));
  assert.ok(!names(seconds + 400 * 86_400).includes('icmp.data_time'));
});
