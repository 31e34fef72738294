/**
 * Writes the four captures of this example from the facts in README.md: `node make-captures.mjs`.
 *
 * The ping, its addresses, MACs, TTLs and checksums are what the commands and the monitor log beside this file print.
 * Times, gateway addresses and the API server's traffic are not known from there; they are made up, and plausible.
 * Running the script again gives the same bytes.
 */
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/**
 * @typedef {{ mac: string, ip: string }} Host a pod, a gateway or a node on one network
 * @typedef {{ at: number, bytes: Buffer }} Seen a frame, and when: microseconds after the ping left pod1
 */

/** The ping left pod1 at this second (2022-09-11 02:14:07 UTC) plus `startMicros`. */
const startSecond = Date.UTC(2022, 8, 11, 2, 14, 7) / 1000;
const startMicros = 318_406;

const broadcast = 'ff:ff:ff:ff:ff:ff';
const pod1 = { mac: 'c6:6d:95:cd:34:a2', ip: '10.0.0.85' };
const pod2 = { mac: '42:ef:f8:7a:9e:f7', ip: '10.0.1.124' };
const node1 = { mac: '00:0c:29:79:54:d3', ip: '192.168.0.120' };
const node2 = { mac: '00:0c:29:8f:2d:28', ip: '192.168.0.130' };
/** The gateway a pod knows is its node's cilium_host address; Cilium answers for it with the MAC of the pod's own lxc. */
const gateway1 = { mac: '2a:0a:d9:17:44:22', ip: '10.0.0.207' };
const gateway2 = { mac: 'ca:0e:fa:6c:0f:30', ip: '10.0.1.31' };
const apiServer = { mac: '00:0c:29:4e:a1:07', ip: '192.168.0.110' };

/**
 * Internet checksum (RFC 1071) of whole 16-bit words; an odd byte at the end counts as the high half of a word.
 * @param {Buffer} bytes
 */
function checksum(bytes) {
  let sum = 0;
  for (let i = 0; i < bytes.length; i++) sum += i % 2 === 0 ? bytes.readUInt8(i) * 256 : bytes.readUInt8(i);
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return ~sum & 0xffff;
}

/** @param {string} mac */
const macBytes = (mac) => Buffer.from(mac.replaceAll(':', ''), 'hex');

/** @param {string} ip */
const ipBytes = (ip) => Buffer.from(ip.split('.').map(Number));

/**
 * @param {string} from source MAC
 * @param {string} to destination MAC
 * @param {number} type EtherType
 * @param {Buffer} payload
 */
function ethernet(from, to, type, payload) {
  return Buffer.concat([macBytes(to), macBytes(from), Buffer.from([type >> 8, type & 0xff]), payload]);
}

/**
 * The frame as it arrives at another network card: Ethernet fills short ones up to 60 bytes.
 * @param {Buffer} frame
 */
function padded(frame) {
  return frame.length < 60 ? Buffer.concat([frame, Buffer.alloc(60 - frame.length)]) : frame;
}

/**
 * @param {1 | 2} operation 1 asks, 2 answers
 * @param {Host} sender
 * @param {Host} target
 */
function arp(operation, sender, target) {
  const asks = operation === 1;
  const body = Buffer.concat([
    Buffer.from([0, 1, 8, 0, 6, 4, 0, operation]),
    macBytes(sender.mac),
    ipBytes(sender.ip),
    asks ? Buffer.alloc(6) : macBytes(target.mac),
    ipBytes(target.ip),
  ]);
  return ethernet(sender.mac, asks ? broadcast : target.mac, 0x0806, body);
}

/**
 * @param {{ from: string, to: string, ttl: number, id: number, keepWhole: boolean, protocol: 1 | 6 }} header
 *   `keepWhole` is the flag DF
 * @param {Buffer} payload
 */
function ipv4({ from, to, ttl, id, keepWhole, protocol }, payload) {
  const header = Buffer.alloc(20);
  header.writeUInt8(0x45, 0);
  header.writeUInt16BE(20 + payload.length, 2);
  header.writeUInt16BE(id, 4);
  header.writeUInt16BE(keepWhole ? 0x4000 : 0, 6);
  header.writeUInt8(ttl, 8);
  header.writeUInt8(protocol, 9);
  ipBytes(from).copy(header, 12);
  ipBytes(to).copy(header, 16);
  header.writeUInt16BE(checksum(header), 10);
  return Buffer.concat([header, payload]);
}

/**
 * The 56 bytes that BusyBox's ping sends: its own clock in microseconds (32 bits, as the machine stores them), then
 * zeros. Of all clock values this is the one near an uptime of 16.8 hours that gives the checksums in the log.
 */
const pingPayload = Buffer.alloc(56);
pingPayload.writeUInt32LE(0x191e697c, 0);

/**
 * An echo message. Its id is the process number of ping, 12, in the byte order of an x86 machine.
 * @param {8 | 0} type 8 is the request, 0 the reply
 */
function echo(type) {
  const message = Buffer.concat([Buffer.from([type, 0, 0, 0, 12, 0, 0, 0]), pingPayload]);
  message.writeUInt16BE(checksum(message), 2);
  return message;
}

/**
 * The echo request of pod1.
 * @param {number} ttl
 */
const request = (ttl) =>
  ipv4({ from: pod1.ip, to: pod2.ip, ttl, id: 45716, keepWhole: true, protocol: 1 }, echo(8));

/**
 * The echo reply of pod2.
 * @param {number} ttl
 */
const reply = (ttl) =>
  ipv4({ from: pod2.ip, to: pod1.ip, ttl, id: 48973, keepWhole: false, protocol: 1 }, echo(0));

/**
 * An IPv4 packet in a frame from one host to the next.
 * @param {Host} from
 * @param {Host} to
 * @param {Buffer} packet
 */
const routed = (from, to, packet) => ethernet(from.mac, to.mac, 0x0800, packet);

/**
 * A TCP segment of an open connection, with the time stamp option that Linux sends.
 * @param {{ from: Host, to: Host, fromPort: number, toPort: number, seq: number, ack: number, flags: number,
 *   window: number, clock: number, echoedClock: number, id: number }} segment `id` is the IP header's
 * @param {Buffer} data
 */
function tcp(segment, data) {
  const header = Buffer.alloc(32);
  header.writeUInt16BE(segment.fromPort, 0);
  header.writeUInt16BE(segment.toPort, 2);
  header.writeUInt32BE(segment.seq, 4);
  header.writeUInt32BE(segment.ack, 8);
  header.writeUInt8(0x80, 12);
  header.writeUInt8(segment.flags, 13);
  header.writeUInt16BE(segment.window, 14);
  Buffer.from([1, 1, 8, 10]).copy(header, 20);
  header.writeUInt32BE(segment.clock, 24);
  header.writeUInt32BE(segment.echoedClock, 28);
  const from = segment.from.ip;
  const to = segment.to.ip;
  const length = header.length + data.length;
  const pseudoHeader = Buffer.concat([
    ipBytes(from),
    ipBytes(to),
    Buffer.from([0, 6, length >> 8, length & 0xff]),
  ]);
  header.writeUInt16BE(checksum(Buffer.concat([pseudoHeader, header, data])), 16);
  const packet = Buffer.concat([header, data]);
  return ipv4({ from, to, ttl: 64, id: segment.id, keepWhole: true, protocol: 6 }, packet);
}

/**
 * A TLS record as it looks from outside: five readable bytes, then noise (from a fixed seed, so always the same).
 * @param {number} length of the encrypted part
 * @param {number} seed
 */
function tlsRecord(length, seed) {
  const record = Buffer.alloc(5 + length);
  Buffer.from([0x17, 3, 3, length >> 8, length & 0xff]).copy(record);
  let state = seed;
  for (let i = 5; i < record.length; i++) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    record.writeUInt8(state >>> 24, i);
  }
  return record;
}

/**
 * The API server tells a node about a change, and the node confirms: the only other traffic in the uplink captures.
 * @param {Host} node
 * @param {number} port of the node's end; also makes the connection's numbers differ from the other node's
 * @param {number} at when the change arrives
 * @returns {Seen[]}
 */
function watchEvent(node, port, at) {
  const data = tlsRecord(180, port);
  const server = { port: 6443, seq: 0x51a3c200 + 9 * port, clock: 3_011_482_113 + 271 * port };
  const client = { port, seq: 0x2e7710c4 + 5 * port, clock: 1_977_250_466 + 83 * port };
  const event = tcp(
    {
      from: apiServer,
      to: node,
      fromPort: server.port,
      toPort: client.port,
      seq: server.seq,
      ack: client.seq,
      flags: 0x18,
      window: 501,
      clock: server.clock,
      echoedClock: client.clock - 4021,
      id: port ^ 0x6b1e,
    },
    data,
  );
  const confirmation = tcp(
    {
      from: node,
      to: apiServer,
      fromPort: client.port,
      toPort: server.port,
      seq: client.seq,
      ack: server.seq + data.length,
      flags: 0x10,
      window: 1432,
      clock: client.clock,
      echoedClock: server.clock,
      id: port ^ 0x20d7,
    },
    Buffer.alloc(0),
  );
  return [
    { at, bytes: routed(apiServer, node, event) },
    { at: at + 41, bytes: routed(node, apiServer, confirmation) },
  ];
}

/**
 * What each interface saw, by file name.
 * @type {Record<string, Seen[]>}
 */
const sightings = {
  'pod1-lxc_native_routing.cap': [
    { at: -38, bytes: arp(1, pod1, gateway1) },
    { at: -21, bytes: arp(2, gateway1, pod1) },
    { at: 0, bytes: routed(pod1, gateway1, request(64)) },
    { at: 842, bytes: routed(gateway1, pod1, reply(62)) },
  ],
  'node1_ens33.cap': [
    ...watchEvent(node1, 51348, -402_817),
    { at: 63, bytes: arp(1, node1, node2) },
    { at: 288, bytes: padded(arp(2, node2, node1)) },
    { at: 301, bytes: routed(node1, node2, request(63)) },
    { at: 790, bytes: routed(node2, node1, reply(63)) },
  ],
  'node2_ens33.cap': [
    { at: 157, bytes: padded(arp(1, node1, node2)) },
    { at: 183, bytes: arp(2, node2, node1) },
    { at: 419, bytes: routed(node1, node2, request(63)) },
    { at: 671, bytes: routed(node2, node1, reply(63)) },
    ...watchEvent(node2, 40962, 286_530),
  ],
  'pod2-lxc_native_routing.cap': [
    { at: 482, bytes: routed(gateway2, pod2, request(62)) },
    { at: 547, bytes: arp(1, pod2, gateway2) },
    { at: 563, bytes: arp(2, gateway2, pod2) },
    { at: 604, bytes: routed(pod2, gateway2, reply(64)) },
  ],
};

/**
 * A pcap file as tcpdump writes it: little-endian, microseconds, version 2.4, snap length 262,144, Ethernet
 * (draft-ietf-opsawg-pcap).
 * @param {Seen[]} frames in the order of time
 */
function pcap(frames) {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b2c3d4, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(262_144, 16);
  header.writeUInt32LE(1, 20);
  const records = frames.map(({ at, bytes }) => {
    const micros = startMicros + at;
    const record = Buffer.alloc(16);
    record.writeUInt32LE(startSecond + Math.floor(micros / 1_000_000), 0);
    record.writeUInt32LE(((micros % 1_000_000) + 1_000_000) % 1_000_000, 4);
    record.writeUInt32LE(bytes.length, 8);
    record.writeUInt32LE(bytes.length, 12);
    return Buffer.concat([record, bytes]);
  });
  return Buffer.concat([header, ...records]);
}

/**
 * The captures by file name.
 * @type {ReadonlyMap<string, Buffer>}
 */
export const captures = new Map(Object.entries(sightings).map(([name, frames]) => [name, pcap(frames)]));

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const [name, bytes] of captures) writeFileSync(new URL(name, import.meta.url), bytes);
}
