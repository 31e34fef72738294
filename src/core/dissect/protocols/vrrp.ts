import { expectedChecksum, onesSum } from '../checksum.js';
import { checksumFields } from '../checksumFields.js';
import { defineDissector } from '../dissector.js';
import { bytes, ipv4, ipv6, string, uint } from '../field.js';
import type { Layer } from '../walk.js';

const protocolNumber = 112;
const types: Readonly<Record<number, string>> = { 1: 'Advertisement' };
const priorities: Readonly<Record<number, string>> = {
  0: 'Current Master has stopped participating in VRRP',
  100: 'Default priority for a backup VRRP router',
  255: "This VRRP router owns the virtual router's IP address(es)",
};
const authentications: Readonly<Record<number, string>> = {
  0: 'No Authentication',
  1: 'Simple Text Authentication [RFC 2338] / Reserved [RFC 3768]',
  2: 'IP Authentication Header [RFC 2338] / Reserved [RFC 3768]',
};
const simpleText = 1;

const versionOf = (layer: Layer): number => layer.u8(0) >> 4;
const isThree = (layer: Layer): boolean => versionOf(layer) === 3;
const isOlder = (layer: Layer): boolean => !isThree(layer);
const isIpv6 = (layer: Layer): boolean =>
  (layer.before('ipv6')?.index ?? -1) > (layer.before('ip')?.index ?? -1);

const loose = {
  address: ipv4('vrrp.ip_addr', 'IP Address'),
  address6: ipv6('vrrp.ipv6_addr', 'IPv6 Address'),
  password: string('vrrp.auth_string', 'Authentication String'),
  digest: bytes('vrrp.md5_auth_data', 'MD5 Authentication Data'),
};

/** Virtual router redundancy, as keepalived speaks it: who holds the addresses of a load balancer. */
export const vrrp = defineDissector({
  id: 'vrrp',
  title: 'Virtual Router Redundancy Protocol',
  column: 'VRRP',
  spec: 'https://www.rfc-editor.org/rfc/rfc9568',
  claims: [{ table: 'ip.proto', keys: [protocolNumber] }],
  fields: {
    both: uint('vrrp.typever', 'VRRP message version and type', {
      at: 0,
      bytes: 1,
      text: (value) =>
        `Version ${Number(value) >> 4}, Packet type ${Number(value) & 0xf} (${types[Number(value) & 0xf] ?? 'Unknown'})`,
      children: {
        version: uint('vrrp.version', 'VRRP protocol version', { at: 0, bytes: 1, mask: 0xf0 }),
        type: uint('vrrp.type', 'VRRP packet type', { at: 0, bytes: 1, mask: 0x0f, values: types }),
      },
    }),
    router: uint('vrrp.virt_rtr_id', 'Virtual Rtr ID', { at: 1, bytes: 1 }),
    priority: uint('vrrp.prio', 'Priority', {
      at: 2,
      bytes: 1,
      text: (value) => `${value} (${priorities[Number(value)] ?? 'Non-default backup priority'})`,
    }),
    addresses: uint('vrrp.addr_count', 'Addr Count', { at: 3, bytes: 1 }),
    authentication: uint('vrrp.auth_type', 'Auth Type', {
      at: 4,
      bytes: 1,
      when: isOlder,
      values: authentications,
    }),
    interval: uint('vrrp.adver_int', 'Adver Int', { at: 5, bytes: 1, when: isOlder }),
    reserved: uint('vrrp.reserved_mbz', 'Reserved', { at: 4, bytes: 1, mask: 0xf0, when: isThree }),
    /** Hundredths of a second. */
    shortInterval: uint('vrrp.short_adver_int', 'Adver Int', {
      at: 4,
      bytes: 2,
      mask: 0x0fff,
      when: isThree,
    }),
    ...checksumFields({
      name: 'vrrp.checksum',
      label: 'Checksum',
      statusLabel: 'Checksum Status',
      at: 6,
      header: 8,
      right: rightChecksum,
    }),
  },
  loose,

  measure(walk) {
    if (walk.header(8)) walk.whole();
  },

  info: (layer) => (layer.has(1) ? `Announcement (v${versionOf(layer)})` : undefined),

  extra(layer, emit) {
    const { start, end } = layer;
    const size = isIpv6(layer) ? 16 : 4;
    let at = start + 8;
    for (let i = 0; i < layer.u8(3) && at + size <= end; i++, at += size)
      emit.add(size === 16 ? loose.address6 : loose.address, at, size);
    if (isOlder(layer) && layer.u8(4) === simpleText && at + 8 <= end) emit.add(loose.password, at, 8);
  },

  examples: [
    {
      title: 'version 2, two addresses',
      hex: '21 01 64 02 00 01 66e8 0a000009 0a00000a 0000000000000000',
      fields: {
        'vrrp.version': 2,
        'vrrp.virt_rtr_id': 1,
        'vrrp.prio': 100,
        'vrrp.ip_addr': '10.0.0.10',
        'vrrp.checksum.status': 1,
      },
      info: 'Announcement (v2)',
    },
    {
      title: 'version 3: the master leaves',
      hex: '31 07 00 01 0064 0000 0a000009',
      fields: { 'vrrp.version': 3, 'vrrp.prio': 0, 'vrrp.short_adver_int': 100 },
      info: 'Announcement (v3)',
    },
  ],
});

/** Version 3 covers the addresses of the packet, too. */
function rightChecksum(layer: Layer): number | undefined {
  const { frame, start, limit } = layer;
  if (limit > frame.length || !layer.has(8)) return undefined;
  let sum = 0;
  if (isThree(layer)) {
    const around = layer.before(isIpv6(layer) ? 'ipv6' : 'ip');
    if (!around) return undefined;
    const addresses = around.start + (isIpv6(layer) ? 8 : 12);
    sum = onesSum(frame, addresses, addresses + (isIpv6(layer) ? 32 : 8));
    sum += protocolNumber + (limit - start);
    sum = (sum & 0xffff) + (sum >> 16);
  }
  return expectedChecksum(layer.u16(6), onesSum(frame, start, limit, sum));
}
