/**
 * The example's captures against the facts that the commands and the monitor log beside them print. They are read with
 * the few lines below, not with the product's own code.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { captures } from '../../examples/native-routing/make-captures.mjs';

const folder = path.resolve(import.meta.dirname, '../../examples/native-routing');

interface EthernetFrame {
  /** Microseconds since the epoch. */
  readonly time: number;
  readonly bytes: Buffer;
}

/** The records of a little-endian microsecond pcap file of Ethernet frames. */
function framesOf(file: string): EthernetFrame[] {
  const bytes = readFileSync(path.join(folder, file));
  assert.deepEqual(
    [bytes.readUInt32LE(0), bytes.readUInt16LE(4), bytes.readUInt16LE(6), bytes.readUInt32LE(16), bytes.readUInt32LE(20)],
    [0xa1b2c3d4, 2, 4, 262_144, 1],
  );
  const frames: EthernetFrame[] = [];
  let at = 24;
  while (at < bytes.length) {
    const captured = bytes.readUInt32LE(at + 8);
    assert.equal(bytes.readUInt32LE(at + 12), captured, 'frames are whole');
    const time = bytes.readUInt32LE(at) * 1_000_000 + bytes.readUInt32LE(at + 4);
    frames.push({ time, bytes: bytes.subarray(at + 16, at + 16 + captured) });
    at += 16 + captured;
  }
  assert.equal(at, bytes.length);
  return frames;
}

/** Sum of all 16-bit words with end-around carry; 0xffff over a header whose checksum is right (RFC 1071). */
function wordSum(...parts: Buffer[]): number {
  const bytes = Buffer.concat(parts);
  let sum = 0;
  for (let i = 0; i < bytes.length; i += 2) {
    sum += i + 1 < bytes.length ? bytes.readUInt16BE(i) : bytes.readUInt8(i) << 8;
    if (sum > 0xffff) sum -= 0xffff;
  }
  return sum;
}

const mac = (bytes: Buffer, at: number): string =>
  (bytes.toString('hex', at, at + 6).match(/../g) ?? []).join(':');

const isIpv4 = (frame: EthernetFrame): boolean => frame.bytes.readUInt16BE(12) === 0x0800;
const isEcho = (frame: EthernetFrame): boolean => isIpv4(frame) && frame.bytes.readUInt8(23) === 1;

/** The ping as one interface saw it: request, then reply. */
const pings = [
  {
    file: 'pod1-lxc_native_routing.cap',
    request: { from: 'c6:6d:95:cd:34:a2', to: '2a:0a:d9:17:44:22', ttl: 64 },
    reply: { from: '2a:0a:d9:17:44:22', to: 'c6:6d:95:cd:34:a2', ttl: 62 },
  },
  {
    file: 'node1_ens33.cap',
    request: { from: '00:0c:29:79:54:d3', to: '00:0c:29:8f:2d:28', ttl: 63 },
    reply: { from: '00:0c:29:8f:2d:28', to: '00:0c:29:79:54:d3', ttl: 63, checksum: 42635 },
  },
  {
    file: 'node2_ens33.cap',
    request: { from: '00:0c:29:79:54:d3', to: '00:0c:29:8f:2d:28', ttl: 63 },
    reply: { from: '00:0c:29:8f:2d:28', to: '00:0c:29:79:54:d3', ttl: 63, checksum: 42635 },
  },
  {
    file: 'pod2-lxc_native_routing.cap',
    request: { from: 'ca:0e:fa:6c:0f:30', to: '42:ef:f8:7a:9e:f7', ttl: 62, checksum: 29764 },
    reply: { from: '42:ef:f8:7a:9e:f7', to: 'ca:0e:fa:6c:0f:30', ttl: 64 },
  },
] as const;

/** The two frames of the ping in a capture. */
function pingIn(file: string): readonly [EthernetFrame, EthernetFrame] {
  const [request, reply, ...more] = framesOf(file).filter(isEcho);
  assert.ok(request && reply, `${file} holds a request and a reply`);
  assert.equal(more.length, 0);
  return [request, reply];
}

for (const ping of pings) {
  describe(ping.file, () => {
    test('is what make-captures.mjs makes', () => {
      assert.deepEqual(captures.get(ping.file), readFileSync(path.join(folder, ping.file)));
    });

    test('the ping has the MACs, TTLs and checksums of this point', () => {
      const seen = pingIn(ping.file).map(({ bytes }) => ({
        from: mac(bytes, 6),
        to: mac(bytes, 0),
        length: bytes.length,
        id: bytes.readUInt16BE(18),
        flags: bytes.readUInt16BE(20),
        ttl: bytes.readUInt8(22),
        addresses: `${bytes.subarray(26, 30).join('.')} > ${bytes.subarray(30, 34).join('.')}`,
        type: bytes.readUInt8(34),
        icmpChecksum: bytes.readUInt16BE(36),
        icmpId: bytes.readUInt16BE(38),
        sequence: bytes.readUInt16BE(40),
      }));
      const common = { length: 98, icmpId: 3072, sequence: 0 };
      const request = { id: 45716, flags: 0x4000, addresses: '10.0.0.85 > 10.0.1.124', type: 8, icmpChecksum: 20861 };
      const reply = { id: 48973, flags: 0, addresses: '10.0.1.124 > 10.0.0.85', type: 0, icmpChecksum: 22909 };
      const { request: requestHere, reply: replyHere } = ping;
      assert.deepEqual(seen, [
        { ...common, ...request, from: requestHere.from, to: requestHere.to, ttl: requestHere.ttl },
        { ...common, ...reply, from: replyHere.from, to: replyHere.to, ttl: replyHere.ttl },
      ]);
      const [requestFrame, replyFrame] = pingIn(ping.file);
      if ('checksum' in requestHere) assert.equal(requestFrame.bytes.readUInt16BE(24), requestHere.checksum);
      if ('checksum' in replyHere) assert.equal(replyFrame.bytes.readUInt16BE(24), replyHere.checksum);
    });

    test('every checksum is right and nothing is encapsulated', () => {
      for (const { bytes } of framesOf(ping.file).filter(isIpv4)) {
        assert.equal(wordSum(bytes.subarray(14, 34)), 0xffff);
        const payload = bytes.subarray(34, 14 + bytes.readUInt16BE(16));
        const protocol = bytes.readUInt8(23);
        assert.ok(protocol === 1 || protocol === 6, `protocol ${protocol} is not expected here`);
        const pseudoHeader = Buffer.from([0, protocol, payload.length >> 8, payload.length & 0xff]);
        const covered = protocol === 1 ? [payload] : [bytes.subarray(26, 34), pseudoHeader, payload];
        assert.equal(wordSum(...covered), 0xffff);
      }
    });

    test('frames stand in the order of time, on the day of the post', () => {
      const times = framesOf(ping.file).map((frame) => frame.time);
      assert.deepEqual(
        times,
        [...times].sort((a, b) => a - b),
      );
      for (const time of times) assert.equal(new Date(time / 1000).toISOString().slice(0, 10), '2022-09-11');
    });
  });
}

test('the ping travels from point to point in less than a millisecond a step', () => {
  const requests = pings.map((ping) => pingIn(ping.file)[0].time);
  const replies = pings.map((ping) => pingIn(ping.file)[1].time).reverse();
  const path = [...requests, ...replies];
  for (const [i, time] of path.entries()) {
    const before = path[i - 1];
    if (before !== undefined) assert.ok(time > before && time - before < 1000, `step ${i}`);
  }
});

test('the lxc answers ARP for the gateway of its pod', () => {
  for (const [file, lxc] of [
    ['pod1-lxc_native_routing.cap', '2a:0a:d9:17:44:22'],
    ['pod2-lxc_native_routing.cap', 'ca:0e:fa:6c:0f:30'],
  ] as const) {
    const [request, reply] = framesOf(file).filter(({ bytes }) => bytes.readUInt16BE(12) === 0x0806);
    assert.ok(request && reply);
    assert.equal(mac(request.bytes, 0), 'ff:ff:ff:ff:ff:ff');
    assert.equal(reply.bytes.readUInt16BE(20), 2);
    assert.equal(mac(reply.bytes, 22), lxc);
    assert.deepEqual(reply.bytes.subarray(28, 32), request.bytes.subarray(38, 42), 'the address that was asked for');
  }
});

test('the headers in the monitor log are those of the captured packets', () => {
  const log = readFileSync(path.join(folder, 'pod1.text'), 'utf8');
  const value = (name: string): string[] =>
    [...log.matchAll(new RegExp(`\\b${name}=([^ }]+)`, 'g'))].map((match) => match[1] ?? '');
  const request = pingIn('pod2-lxc_native_routing.cap')[0];
  const reply = pingIn('node2_ens33.cap')[1];
  const frames = [request.bytes, reply.bytes];
  assert.deepEqual(
    value('SrcMAC'),
    frames.map((bytes) => mac(bytes, 6)),
  );
  assert.deepEqual(
    value('DstMAC'),
    frames.map((bytes) => mac(bytes, 0)),
  );
  assert.deepEqual(
    value('TTL'),
    frames.map((bytes) => `${bytes.readUInt8(22)}`),
  );
  assert.deepEqual(
    value('Checksum'),
    frames.flatMap((bytes) => [`${bytes.readUInt16BE(24)}`, `${bytes.readUInt16BE(36)}`]),
  );
  assert.deepEqual(
    value('Id'),
    frames.flatMap((bytes) => [`${bytes.readUInt16BE(18)}`, `${bytes.readUInt16BE(38)}`]),
  );
});
