import { expectedChecksum, onesSum } from '../checksum.js';
import { defineDissector } from '../dissector.js';
import { bytes, type Field, ipv4, label, string, uint } from '../field.js';
import { hexNumber } from '../fieldText.js';
import type { Layer } from '../walk.js';

const protocolNumber = 89;
const types: Readonly<Record<number, string>> = {
  1: 'Hello Packet',
  2: 'DB Description',
  3: 'LS Request',
  4: 'LS Update',
  5: 'LS Acknowledge',
};
const hello = 1;
const authentications: Readonly<Record<number, string>> = {
  0: 'Null',
  1: 'Simple password',
  2: 'Cryptographic',
};
const version2Header = 24;
const version3Header = 16;

const versionOf = (layer: Layer): number => layer.u8(0);
const is2 = (layer: Layer): boolean => versionOf(layer) === 2;
const is3 = (layer: Layer): boolean => versionOf(layer) === 3;
const authenticatedBy =
  (type: number) =>
  (layer: Layer): boolean =>
    is2(layer) && layer.u16(14) === type;
const isHello = (layer: Layer, version: number): boolean =>
  layer.u8(1) === hello && versionOf(layer) === version;
const hello2 = (layer: Layer): boolean => isHello(layer, 2);
const hello3 = (layer: Layer): boolean => isHello(layer, 3);

const words = (name: string, text: string, at: number, size: 2 | 4, when: (layer: Layer) => boolean): Field =>
  uint(`ospf.hello.${name}`, text, { at, bytes: size, when });
const address = (name: string, text: string, at: number, when: (layer: Layer) => boolean): Field =>
  ipv4(`ospf.hello.${name}`, text, { at, when });

const loose = {
  header: label('ospf.header', 'OSPF Header', {
    children: {
      version: uint('ospf.version', 'Version', { at: 0, bytes: 1 }),
      type: uint('ospf.msg', 'Message Type', { at: 1, bytes: 1, values: types }),
      length: uint('ospf.packet_length', 'Packet Length', { at: 2, bytes: 2 }),
      router: ipv4('ospf.srcrouter', 'Source OSPF Router', { at: 4 }),
      area: ipv4('ospf.area_id', 'Area ID', {
        at: 8,
        note: (value) => (value === '0.0.0.0' ? ' (Backbone)' : ''),
      }),
      checksum: uint('ospf.checksum', 'Checksum', {
        at: 12,
        bytes: 2,
        show: 'hex',
        note(value, { layer }) {
          if (value === 0) return ' (None)';
          const right = rightChecksum(layer);
          if (right === undefined) return '';
          return right === value ? ' [correct]' : ` [incorrect, should be ${hexNumber(right, 4)}]`;
        },
        problem: (value, { layer }) => value !== 0 && (rightChecksum(layer) ?? value) !== value,
      }),
      authentication: uint('ospf.auth.type', 'Auth Type', {
        at: 14,
        bytes: 2,
        when: is2,
        values: authentications,
      }),
      none: bytes('ospf.auth.none', 'Auth Data (none)', { at: 16, bytes: 8, when: authenticatedBy(0) }),
      password: string('ospf.auth.simple', 'Auth Data (Simple)', {
        at: 16,
        bytes: 8,
        when: authenticatedBy(1),
      }),
      keyId: uint('ospf.auth.crypt.key_id', 'Auth Crypt Key id', {
        at: 18,
        bytes: 1,
        when: authenticatedBy(2),
      }),
      digestLength: uint('ospf.auth.crypt.data_length', 'Auth Crypt Data Length', {
        at: 19,
        bytes: 1,
        when: authenticatedBy(2),
      }),
      number: uint('ospf.auth.crypt.seq_nbr', 'Auth Crypt Sequence Number', {
        at: 20,
        bytes: 4,
        when: authenticatedBy(2),
      }),
      instance: uint('ospf.instance_id', 'Instance ID', {
        at: 14,
        bytes: 1,
        when: is3,
        values: { 0: 'IPv6 unicast AF' },
      }),
      reserved: bytes('ospf.reserved', 'Reserved', { at: 15, bytes: 1, when: is3 }),
    },
  }),
  hello: label('ospf.hello', 'OSPF Hello Packet'),
  mask: address('network_mask', 'Network Mask', 24, hello2),
  interval: words('hello_interval', 'Hello Interval [sec]', 28, 2, hello2),
  options: uint('ospf.v2.options', 'Options', { show: 'hex' }),
  priority: uint('ospf.hello.router_priority', 'Router Priority'),
  dead: words('router_dead_interval', 'Router Dead Interval [sec]', 32, 4, hello2),
  designated: address('designated_router', 'Designated Router', 36, hello2),
  backup: address('backup_designated_router', 'Backup Designated Router', 40, hello2),
  neighbor: ipv4('ospf.hello.active_neighbor', 'Active Neighbor'),
  interface: words('interface_id', 'Interface ID', 16, 4, hello3),
  options3: uint('ospf.v3.options', 'Options', { show: 'hex' }),
  interval3: words('hello_interval', 'Hello Interval [sec]', 24, 2, hello3),
  dead3: words('router_dead_interval', 'Router Dead Interval [sec]', 26, 2, hello3),
};

/** OSPF versions 2 and 3: the header, and hello packets. */
export const ospf = defineDissector({
  id: 'ospf',
  title: 'Open Shortest Path First',
  column: 'OSPF',
  spec: 'https://www.rfc-editor.org/rfc/rfc2328',
  claims: [{ table: 'ip.proto', keys: [protocolNumber] }],
  fields: {},
  loose,

  measure(walk) {
    if (!walk.header(version3Header)) return;
    if (walk.u8(0) === 2 && !walk.header(version2Header)) return;
    walk.whole();
  },

  info: (layer) => (layer.has(2) ? (types[layer.u8(1)] ?? `Unknown (${layer.u8(1)})`) : undefined),

  extra(layer, emit) {
    const { start, end } = layer;
    const header = is3(layer) ? version3Header : version2Header;
    emit.add(loose.header, start, Math.min(header, end - start));
    const claimed = start + layer.u16(2);
    const stop = Math.min(end, claimed);
    const from = start + header;
    if (layer.u8(1) !== hello || from + 20 > stop || !emit.open(loose.hello, from, stop - from)) return;
    if (is3(layer)) {
      emit.add(loose.interface, from, 4);
      emit.add(loose.priority, from + 4, 1);
      emit.add(loose.options3, from + 5, 3);
      emit.add(loose.interval3, from + 8, 2);
      emit.add(loose.dead3, from + 10, 2);
      emit.add(loose.designated, from + 12, 4);
      emit.add(loose.backup, from + 16, 4);
    } else {
      emit.add(loose.mask, from, 4);
      emit.add(loose.interval, from + 4, 2);
      emit.add(loose.options, from + 6, 1);
      emit.add(loose.priority, from + 7, 1);
      emit.add(loose.dead, from + 8, 4);
      emit.add(loose.designated, from + 12, 4);
      emit.add(loose.backup, from + 16, 4);
    }
    for (let at = from + 20; at + 4 <= stop; at += 4) emit.add(loose.neighbor, at, 4);
    emit.close();
  },

  examples: [
    {
      title: 'hello of version 2',
      hex: '02 01 002c 01010101 00000000 0000 0000 0000000000000000 ffffff00 000a 02 01 00000028 0a000001 0a000002',
      fields: {
        'ospf.srcrouter': '1.1.1.1',
        'ospf.hello.network_mask': '255.255.255.0',
        'ospf.hello.hello_interval': 10,
      },
      info: 'Hello Packet',
    },
    {
      title: 'hello of version 3, one neighbour',
      hex: '03 01 0028 01010101 00000000 0000 00 00 00000005 01 000013 000a 0028 01010101 00000000 02020202',
      fields: { 'ospf.hello.interface_id': 5, 'ospf.hello.active_neighbor': '2.2.2.2' },
      info: 'Hello Packet',
    },
  ],
});

/** Version 2 leaves the password out of the sum; version 3 adds the addresses. `undefined` where it cannot be told. */
function rightChecksum(layer: Layer): number | undefined {
  const { frame, start } = layer;
  const length = layer.u16(2);
  const end = start + length;
  if (length < version3Header || end > layer.captured) return undefined;
  const held = layer.u16(12);
  if (is2(layer)) {
    if (layer.u16(14) === 2 || length < version2Header) return undefined;
    return expectedChecksum(
      held,
      onesSum(frame, start + version2Header, end, onesSum(frame, start, start + 16)),
    );
  }
  const around = layer.before('ipv6');
  if (!is3(layer) || !around) return undefined;
  const addresses = onesSum(frame, around.start + 8, around.start + 40);
  const sum = addresses + protocolNumber + length;
  return expectedChecksum(held, onesSum(frame, start, end, (sum & 0xffff) + (sum >> 16)));
}
