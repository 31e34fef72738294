/** Counts, lengths, times and interfaces of real files, against capinfos and tshark. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { compareTimes, timeText, type CaptureTime } from '../../../src/core/capture/captureTime.js';
import { captureFolder, captureGolden } from '../../golden/captures.js';
import { indexOf, packetsOf } from './reading.js';

/** `1460049092.478747000` and `1460049092.478747` are one time. */
function time(text: string): CaptureTime {
  const [seconds = '', fraction = ''] = text.split('.');
  return { seconds: Number(seconds), fraction: Number(fraction), digits: fraction.length };
}

const files = Object.entries(captureGolden);

test('there are golden files', () => {
  assert.ok(files.length > 80);
});

for (const [name, golden] of files) {
  describe(name, () => {
    const index = indexOf(readFileSync(path.join(captureFolder, name)));
    const packets = packetsOf(index);

    test('holds every packet that tshark finds, with its lengths, time and interface', () => {
      // After damage, where tshark gives up, we may find more.
      const readable = index.damage.length === 0 ? packets : packets.slice(0, golden.packets.length);
      assert.equal(readable.length, golden.packets.length);
      for (const [at, [when, wire, captured, id]] of golden.packets.entries()) {
        const packet = readable[at];
        assert.ok(packet);
        assert.deepEqual([packet.wire, packet.captured], [wire, captured], `lengths of packet ${at + 1}`);
        if (id !== null) assert.equal(packet.interface, id, `interface of packet ${at + 1}`);
        if (when === '') assert.equal(packet.time, '');
        else
          assert.equal(
            compareTimes(time(packet.time), time(String(when))),
            0,
            `${packet.time} is ${String(when)}`,
          );
      }
    });

    const { statistics } = golden;
    if (!statistics) return;
    test('has the statistics that capinfos gives', () => {
      const ours = index.statistics;
      assert.equal(index.packets, statistics.packets);
      assert.equal(ours.wireBytes, statistics.wireBytes);
      const order = ours.ordered === undefined ? 'Unknown' : ours.ordered ? 'True' : 'False';
      assert.equal(order, statistics.order);
      // capinfos gives no times for files with packets that have none.
      if (statistics.earliest === 'n/a' || !ours.earliest || !ours.latest || !index.duration) return;
      assert.equal(timeText(ours.earliest), statistics.earliest);
      assert.equal(timeText(ours.latest), statistics.latest);
      assert.equal(timeText(index.duration), statistics.duration);
    });
  });
}
