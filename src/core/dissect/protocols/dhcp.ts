import { macText } from '../../base/addresses.js';
import { hex, u32, u8 } from '../../base/bytes.js';
import { defineDissector } from '../dissector.js';
import { FieldCursor } from '../fieldCursor.js';
import { bytes, ether, type FieldSet, flag, ipv4, label, nameOf, string, uint } from '../field.js';
import { declared, shapeFields } from '../shapes.js';
import { hardwareTypes } from '../values/hardwareTypes.js';
import type { Layer } from '../walk.js';
import { messageTypes, optionShape, optionShapes, optionTitle } from './dhcpOptions.js';
import { reportVendorInformation } from './dhcpSubOptions.js';

const fixedLength = 236;
const cookieLength = 4;
const optionsAt = fixedLength + cookieLength;
/** BOOTP without options has so much room for the vendor (RFC 951). */
const vendorRoom = 64;
const magicCookie = 0x63825363;
/** Where the server's name and the boot file are; options may go on there (RFC 2132, section 9.3). */
const serverNameAt = 44;
const bootFileAt = 108;
const hardwareAt = 28;
const hardwareRoom = 16;

const padding = 0;
const overload = 52;
const messageType = 53;
const vendorClass = 60;
const vendorInformation = 43;
const end = 255;
/** Options of one address that their line shows. */
const shownAddresses = new Set([1, 16, 28, 32, 50, 54]);

const operations = { 1: 'Boot Request', 2: 'Boot Reply' };

const isEthernet = ({ frame }: Layer, base: number): boolean => {
  const type = u8(frame, base + 1);
  return (type === 1 || type === 6) && u8(frame, base + 2) === 6;
};
const isOther = (layer: Layer, base: number): boolean =>
  !isEthernet(layer, base) && addressLength(layer, base) > 0;
const addressLength = ({ frame }: Layer, base: number): number => Math.min(u8(frame, base + 2), hardwareRoom);
const given = (what: string) => ({
  text: (value: unknown) => (value === '' ? `${what} not given` : `${what}: ${String(value)}`),
});

const loose = {
  padding: bytes('dhcp.hw.addr_padding', 'Client hardware address padding'),
  noAddress: label('', 'Client address not given'),
  serverName: { ...string('dhcp.server', 'Server host name'), ...given('Server host name') },
  bootFile: { ...string('dhcp.file', 'Boot file name'), ...given('Boot file name') },
  cookie: ipv4('dhcp.cookie', 'Magic cookie', { text: () => 'DHCP' }),
  vendorBytes: bytes('dhcp.vendor_specific_options', 'Bootp vendor specific options'),
  option: uint('dhcp.option.type', 'Option', {
    text: (_, { layer: { frame }, at, length }) => optionLine(frame, at, length),
  }),
  optionLength: uint('dhcp.option.length', 'Length'),
  optionValue: bytes('dhcp.option.value', 'Value'),
  optionPadding: bytes('dhcp.option.padding', 'Padding'),
  optionEnd: uint('dhcp.option.end', 'Option End'),
  overloaded: label('', 'Option overload', { text: String }),
};

/** `(53) DHCP Message Type (Discover)` */
function optionLine(frame: Uint8Array, at: number, length: number): string {
  const code = u8(frame, at);
  const line = `(${code}) ${optionTitle(code)}`;
  if (code === messageType && length === 3)
    return `${line} (${nameOf(messageTypes, u8(frame, at + 2)) ?? 'Unknown'})`;
  if (shownAddresses.has(code) && length === 6)
    return `${line} (${[2, 3, 4, 5].map((i) => u8(frame, at + i)).join('.')})`;
  return line;
}

/** Where the value of the first option with that code begins, -1 where there is none. */
function findOption(layer: Layer, wanted: number): number {
  const { frame } = layer;
  if (!layer.has(optionsAt) || layer.u32(fixedLength) !== magicCookie) return -1;
  for (let at = layer.start + optionsAt; at + 2 <= layer.end;) {
    const code = u8(frame, at);
    if (code === end) return -1;
    if (code === padding) at++;
    else if (code === wanted) return at + 2;
    else at += 2 + u8(frame, at + 1);
  }
  return -1;
}

/** The kind of DHCP message; -1 for plain BOOTP. */
function typeOf(layer: Layer): number {
  const at = findOption(layer, messageType);
  return at < 0 || at >= layer.end ? -1 : u8(layer.frame, at);
}

function isPxe(layer: Layer): boolean {
  const at = findOption(layer, vendorClass);
  return at >= 0 && hex(layer.frame, at, 9) === '505845436c69656e74';
}

function reportOption(cursor: FieldCursor, layer: Layer): void {
  const code = cursor.u8();
  if (code === padding) {
    let count = 1;
    while (count < cursor.left && cursor.u8(count) === padding) count++;
    cursor.group(loose.option, 1, () => {
      new FieldCursor(layer, cursor.emit, cursor.at, cursor.end).field(loose.optionPadding, count);
    });
    cursor.skip(count - 1);
    return;
  }
  if (code === end) {
    // Wireshark's type of this one is 0.
    cursor.group(
      loose.option,
      1,
      (inner) => {
        inner.field(loose.optionEnd, 1);
      },
      0,
    );
    return;
  }
  cursor.group(
    loose.option,
    2 + cursor.u8(1),
    (inner) => {
      inner.skip(1);
      inner.field(loose.optionLength, 1);
      const shape = optionShape(code);
      if (code === vendorInformation) reportVendorInformation(inner, isPxe(layer));
      else if (inner.left === 0) return;
      else if (shape && (shape.fits?.(inner.left) ?? true)) shape.report(inner);
      else inner.rest(loose.optionValue);
      if (code === overload) reportOverloaded(layer, cursor, u8(layer.frame, cursor.at + 2));
    },
    code,
  );
}

/** The options that stand where the server's name and the boot file would be. */
function reportOverloaded(layer: Layer, { emit }: FieldCursor, where: number): void {
  const parts = [
    [2, serverNameAt, 64, 'Server host name option overload'],
    [1, bootFileAt, 128, 'Boot file name option overload'],
  ] as const;
  for (const [bit, at, length, title] of parts)
    if (where & bit)
      new FieldCursor(layer, emit, layer.start + at, layer.end).group(
        loose.overloaded,
        length,
        (inner) => {
          reportOptions(inner, layer, overload);
        },
        title,
      );
}

/** Options up to the end; `without` keeps overloaded options from overloading again. */
function reportOptions(cursor: FieldCursor, layer: Layer, without = -1): void {
  while (cursor.left > 0) {
    const code = cursor.u8();
    if (code === without) cursor.skip(2 + cursor.u8(1));
    else reportOption(cursor, layer);
    if (code === end) return;
  }
}

const fields: FieldSet = {
  operation: uint('dhcp.type', 'Message type', { at: 0, bytes: 1, values: operations }),
  hardware: uint('dhcp.hw.type', 'Hardware type', { at: 1, bytes: 1, show: 'hex', values: hardwareTypes }),
  hardwareLength: uint('dhcp.hw.len', 'Hardware address length', { at: 2, bytes: 1 }),
  hops: uint('dhcp.hops', 'Hops', { at: 3, bytes: 1 }),
  id: uint('dhcp.id', 'Transaction ID', { at: 4, bytes: 4, show: 'hex' }),
  seconds: uint('dhcp.secs', 'Seconds elapsed', { at: 8, bytes: 2 }),
  flags: uint('dhcp.flags', 'Bootp flags', {
    at: 10,
    bytes: 2,
    show: 'hex',
    note: (value) => (Number(value) & 0x8000 ? ' (Broadcast)' : ' (Unicast)'),
    children: {
      broadcast: flag('dhcp.flags.bc', 'Broadcast flag', {
        at: 10,
        bytes: 2,
        mask: 0x8000,
        values: { 0: 'Unicast', 1: 'Broadcast' },
      }),
      reserved: uint('dhcp.flags.reserved', 'Reserved flags', {
        at: 10,
        bytes: 2,
        mask: 0x7fff,
        show: 'hex',
      }),
    },
  }),
  client: ipv4('dhcp.ip.client', 'Client IP address', { at: 12 }),
  your: ipv4('dhcp.ip.your', 'Your (client) IP address', { at: 16 }),
  server: ipv4('dhcp.ip.server', 'Next server IP address', { at: 20 }),
  relay: ipv4('dhcp.ip.relay', 'Relay agent IP address', { at: 24 }),
  mac: ether('dhcp.hw.mac_addr', 'Client MAC address', { at: hardwareAt, when: isEthernet }),
  address: bytes('dhcp.hw.addr', 'Client hardware address', {
    at: hardwareAt,
    bytes: hardwareRoom,
    when: isOther,
    text: (_, { layer, at }) => hex(layer.frame, at, addressLength(layer, layer.start)),
  }),
};

/** Bytes of the message up to the last whole option; what goes beyond the end counts as far as its length says. */
function messageLength(frame: Uint8Array, start: number, available: number): number {
  let at = optionsAt;
  while (at < available) {
    const code = u8(frame, start + at);
    if (code === end) return at + 1;
    at += code === padding ? 1 : at + 1 < available ? 2 + u8(frame, start + at + 1) : 2;
  }
  return at;
}

/** DHCP, and BOOTP that it grew out of. */
export const dhcp = defineDissector({
  id: 'dhcp',
  title: 'Dynamic Host Configuration Protocol',
  column: (layer) => (typeOf(layer) < 0 ? 'BOOTP' : 'DHCP'),
  spec: 'https://www.rfc-editor.org/rfc/rfc2131',
  claims: [{ table: 'udp.port', keys: [67, 68] }],
  fields,
  loose: declared(loose, shapeFields(optionShapes)),

  measure(walk) {
    if (!walk.header(optionsAt)) return;
    const isDhcp = walk.u32(fixedLength) === magicCookie;
    const length = isDhcp ? messageLength(walk.frame, walk.start, walk.available) : fixedLength + vendorRoom;
    if (walk.header(length)) walk.whole();
  },

  heading(layer) {
    const type = typeOf(layer);
    return type < 0 ? '' : ` (${nameOf(messageTypes, type) ?? 'Unknown'})`;
  },

  info(layer) {
    if (!layer.has(hardwareAt)) return undefined;
    const type = typeOf(layer);
    if (type >= 0) {
      const name = (nameOf(messageTypes, type) ?? 'Unknown').padEnd(8);
      return `DHCP ${name} - Transaction ID 0x${layer.u32(4).toString(16)}`;
    }
    const operation = layer.u8(0);
    if (operation === 2) return 'Boot Reply';
    if (operation !== 1) return `Unknown BOOTP message type (${operation})`;
    const { frame, start } = layer;
    const length = addressLength(layer, start);
    if (!layer.has(hardwareAt + length)) return 'Boot Request';
    const from = macText(frame, start + hardwareAt);
    if (isEthernet(layer, start)) return `Boot Request from ${from} (${from})`;
    return `Boot Request from ${length === 0 ? '<No address>' : hex(frame, start + hardwareAt, length)}`;
  },

  extra(layer, emit) {
    const cursor = new FieldCursor(layer, emit, layer.start + hardwareAt, layer.end);
    const length = addressLength(layer, layer.start);
    const room = cursor.part(hardwareRoom);
    if (length === 0) room.rest(loose.noAddress);
    room.skip(length);
    room.rest(loose.padding);
    if (!layer.has(fixedLength)) return;
    cursor.field(loose.serverName, 64);
    cursor.field(loose.bootFile, 128);
    if (cursor.left < cookieLength) return;
    if (u32(layer.frame, cursor.at) !== magicCookie) {
      cursor.field(loose.vendorBytes, vendorRoom);
      return;
    }
    cursor.field(loose.cookie, cookieLength);
    reportOptions(cursor, layer);
    cursor.rest(loose.optionPadding);
  },

  examples: [
    {
      title: 'a client asks for an address',
      hex: `01 01 06 00 3903f326 0000 0000 00000000 00000000 00000000 00000000
            020000000001 00000000000000000000 ${'00'.repeat(192)}
            63825363 350101 3204 0a000005 370401 03060f 0c04 6e6f6465 ff`,
      fields: {
        'dhcp.type': 1,
        'dhcp.hw.mac_addr': '02:00:00:00:00:01',
        'dhcp.option.dhcp': 1,
        'dhcp.option.requested_ip_address': '10.0.0.5',
        'dhcp.option.request_list_item': 15,
        'dhcp.option.hostname': 'node',
      },
      info: 'DHCP Discover - Transaction ID 0x3903f326',
    },
    {
      title: 'a relay agent tells where the client is, routes without classes',
      hex: `02 01 06 01 00000007 0001 8000 00000000 0a000005 0a000001 0a0000fe
            020000000001 00000000000000000000 ${'00'.repeat(192)}
            63825363 350105 3304 00000e10 790818 0a0101 0a000001 5208 0104 76616e31 0200 ff`,
      fields: {
        'dhcp.option.dhcp': 5,
        'dhcp.option.ip_address_lease_time': 3600,
        'dhcp.option.classless_static_route': '18:0a:01:01:0a:00:00:01',
        'dhcp.option.agent_information_option.agent_circuit_id': '76:61:6e:31',
      },
      info: 'DHCP ACK      - Transaction ID 0x7',
    },
  ],
});
