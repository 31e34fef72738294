/** Lines put together into events, in the orders in which the versions of Cilium print them. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MonitorReader } from '../../../src/core/monitor/reader.js';

const separator = '-'.repeat(78);
const ethernet = 'Ethernet\t{Contents=[..14..] Payload=[..86..] EthernetType=IPv4 Length=0}';
const ip = 'IPv4\t{Contents=[..20..] Payload=[..64..] TTL=62 SrcIP=10.0.0.85 DstIP=10.0.1.124}';
const note = '  Failed to decode layer: No decoder for layer type Payload';
const trace = 'CPU 01: MARK 0x0 FROM 7 to-endpoint: 98 bytes (98 captured), state new, orig-ip 0.0.0.0';
const drop = 'CPU 01: MARK 0x0 FROM 7 DROP: 98 bytes, reason Policy denied';
const capture = 'CPU 01: MARK 0x0 FROM 7 DEBUG: 98 bytes, Delivery to ifindex 26';
const debug = 'CPU 01: MARK 0x0 FROM 7 DEBUG: CT verdict: New, revnat=0';
const summary = '-> endpoint 7 flow 0x0 , identity 2->7 state new ifindex 0 orig-ip ::: 10.0.0.1 -> 10.0.0.2';
const hex = '00000000  42 ef f8 7a 9e f7 ca 0e  fa 6c 0f 30 08 00 45 00  |B..z.....l.0..E.|';

function events(lines: readonly string[]): (number | undefined)[] {
  const reader = new MonitorReader();
  return lines.map((line) => reader.next(line).event);
}

const none = undefined;

describe('events', () => {
  test('1.10 to 1.18: the packet stands above its header', () => {
    assert.deepEqual(
      events([
        debug,
        separator,
        ethernet,
        ip,
        note,
        trace,
        debug,
        separator,
        ethernet,
        ip,
        drop,
        separator,
        ethernet,
        trace,
      ]),
      [1, none, 2, 2, 2, 2, 3, none, 4, 4, 4, none, 5, 5],
    );
  });

  test('up to 1.9 and from 1.19: it stands below', () => {
    assert.deepEqual(
      events([
        separator,
        trace,
        ethernet,
        ip,
        note,
        debug,
        separator,
        drop,
        ethernet,
        separator,
        trace,
        hex,
        hex,
      ]),
      [none, 1, 1, 1, 1, 2, none, 3, 3, none, 4, 4, 4],
    );
  });

  test('separators lost in a paste', () => {
    assert.deepEqual(events([debug, ethernet, ip, trace, ethernet, ip, trace]), [1, 2, 2, 2, 3, 3, 3]);
    assert.deepEqual(events([trace, ethernet, ip, trace, ethernet, ip]), [1, 1, 1, 2, 2, 2]);
  });

  test('captures have their header above in all versions', () => {
    assert.deepEqual(
      events([separator, ethernet, trace, separator, capture, ethernet, ip, separator, ethernet, trace]),
      [none, 1, 1, none, 2, 2, 2, none, 3, 3],
    );
  });

  test('1.19: the first layer stands on the line of the capture', () => {
    assert.deepEqual(events([separator, `${capture}${ethernet}`, ip, separator, debug]), [
      none,
      1,
      1,
      none,
      2,
    ]);
  });

  test('the recorder', () => {
    const record = 'Recorder capture: dir:ingress rule:3 ts:8 caplen:98 len:98';
    assert.deepEqual(events([record, ethernet, ip, '----', record, ethernet, '----']), [
      1,
      1,
      1,
      none,
      2,
      2,
      none,
    ]);
  });

  test('a packet whose header was lost', () => {
    assert.deepEqual(events([separator, ethernet, ip, separator, ethernet, trace]), [none, 1, 1, none, 2, 2]);
    assert.deepEqual(events([ethernet, debug, ethernet]), [1, 2, 3]);
  });

  test('lines that are events of their own, and lines that are none', () => {
    const lost = 'CPU 01: Lost 3 events';
    const json = '{"type":"agent","subtype":"Policy updated","message":{}}';
    assert.deepEqual(
      events(['Press Ctrl-C to quit', summary, summary, '', debug, 'what is this', lost, json]),
      [none, 1, 2, none, 3, none, 4, 5],
    );
  });

  test('a blank or foreign line within an event does not end it', () => {
    assert.deepEqual(events([separator, ethernet, '', ip, 'noise', trace]), [none, 1, none, 1, none, 1]);
  });

  test('numbers count all lines', () => {
    const reader = new MonitorReader();
    assert.deepEqual(
      [debug, '', 'x'].map((line) => reader.next(line).number),
      [1, 2, 3],
    );
  });
});
