import { ipv4Text } from '../../base/addresses.js';
import { expectedChecksum, onesSum } from '../checksum.js';
import { checksumFields } from '../checksumFields.js';
import { defineDissector } from '../dissector.js';
import { flag, ipv4, readUint, uint } from '../field.js';
import { dscpNames, dsNote, ecnNames } from '../values/dscp.js';
import { ipProtocols } from '../values/ipProtocols.js';
import type { Layer } from '../walk.js';
import { emitIpOptions, ipOptionFields, isSourceRouted } from './ipOptions.js';

const headerLength = uint('ip.hdr_len', 'Header Length', {
  at: 0,
  bytes: 1,
  mask: 0x0f,
  scale: 4,
  when: (layer) => layer.u8(0) >> 4 === 4,
  text: (value) => `${value} bytes (${Number(value) / 4})`,
  problem: (value) => Number(value) < 20,
});
const flags = {
  reserved: flag('ip.flags.rb', 'Reserved bit', { at: 6, bytes: 1, mask: 0x80 }),
  dontFragment: flag('ip.flags.df', "Don't fragment", { at: 6, bytes: 1, mask: 0x40 }),
  moreFragments: flag('ip.flags.mf', 'More fragments', { at: 6, bytes: 1, mask: 0x20 }),
};
const fragmentOffset = uint('ip.frag_offset', 'Fragment Offset', {
  at: 6,
  bytes: 2,
  mask: 0x1fff,
  text: (value) => (8 * Number(value)).toString(),
});
const protocol = uint('ip.proto', 'Protocol', { at: 9, bytes: 1, values: ipProtocols });
const source = ipv4('ip.src', 'Source Address', { at: 12, aliases: ['ip.src_host', 'ip.host'] });
const destination = ipv4('ip.dst', 'Destination Address', { at: 16, aliases: ['ip.dst_host', 'ip.host'] });

/** What the header's checksum should be; `undefined` when not all of the header is there. */
function rightChecksum(layer: Layer): number | undefined {
  const length = readUint(layer.frame, layer.start, headerLength);
  if (length < 20 || !layer.has(length)) return undefined;
  return expectedChecksum(layer.u16(10), onesSum(layer.frame, layer.start, layer.start + length));
}

/** A card that fills the checksum in leaves 0 for the capture. */
const offloadRemark = (layer: Layer, right: number | undefined): string =>
  right !== undefined && right !== 0 && layer.u16(10) === 0
    ? ' (may be caused by "IP checksum offload")'
    : '';

const isLaterFragment = (layer: Layer): boolean => readUint(layer.frame, layer.start, fragmentOffset) > 0;

/**
 * IPv4. The header checksum is verified, unlike in Wireshark's defaults: it changes on every routing hop, so a wrong
 * one tells something. Fragments are named and not put together.
 */
export const ip = defineDissector({
  id: 'ip',
  title: 'Internet Protocol Version 4',
  column: 'IPv4',
  spec: 'https://www.rfc-editor.org/rfc/rfc791',
  claims: [
    { table: 'ethertype', keys: [0x0800] },
    { table: 'ip.proto', keys: [4] },
    { table: 'link', keys: [228] },
    { table: 'gre.proto', keys: [0x0800] },
    { table: 'ppp.protocol', keys: [0x0021, 0x0800] },
  ],
  fields: {
    version: uint('ip.version', 'Version', { at: 0, bytes: 1, mask: 0xf0 }),
    headerLength,
    dsField: uint('ip.dsfield', 'Differentiated Services Field', {
      at: 1,
      bytes: 1,
      show: 'hex',
      note: (value) => dsNote(Number(value)),
      children: {
        dscp: uint('ip.dsfield.dscp', 'Differentiated Services Codepoint', {
          at: 1,
          bytes: 1,
          mask: 0xfc,
          values: dscpNames,
        }),
        ecn: uint('ip.dsfield.ecn', 'Explicit Congestion Notification', {
          at: 1,
          bytes: 1,
          mask: 0x03,
          values: ecnNames,
        }),
      },
    }),
    length: uint('ip.len', 'Total Length', {
      at: 2,
      bytes: 2,
      compute: (layer) => (layer.u16(2) === 0 ? layer.limit - layer.start : layer.u16(2)),
      text: (value, { layer }) => lengthText(layer, Number(value)),
      problem: (value, { layer }) => layer.start + Number(value) > layer.limit,
    }),
    id: uint('ip.id', 'Identification', { at: 4, bytes: 2, show: 'hex-dec' }),
    flags: uint('ip.flags', 'Flags', {
      at: 6,
      bytes: 1,
      mask: 0xe0,
      show: 'hex',
      note: (value) => flagNames(Number(value)),
      children: flags,
    }),
    fragmentOffset,
    ttl: uint('ip.ttl', 'Time to Live', { at: 8, bytes: 1 }),
    protocol,
    ...checksumFields({
      name: 'ip.checksum',
      label: 'Header Checksum',
      statusLabel: 'Header checksum status',
      at: 10,
      header: 20,
      right: rightChecksum,
      remark: offloadRemark,
    }),
    source,
    destination: { ...destination, when: (layer) => !isSourceRouted(layer) },
    currentRoute: ipv4('ip.cur_rt', 'Current Route', {
      at: 16,
      aliases: ['ip.cur_rt_host'],
      when: isSourceRouted,
    }),
  },
  loose: ipOptionFields,
  aliases: { 'ip.addr': [source, destination] },
  source,
  destination,

  measure(walk) {
    if (!walk.header(1)) return;
    const length = (walk.u8(0) & 0x0f) * 4;
    if (walk.u8(0) >> 4 === 6) {
      walk.isReally('ipv6');
      return;
    }
    if (walk.u8(0) >> 4 !== 4) {
      walk.bad('the version is not 4');
      return;
    }
    if (length < 20) {
      walk.bad('the header length is less than 20 bytes');
      return;
    }
    if (!walk.header(20)) return;
    const total = walk.u16(2);
    // 0 stands for a segment that the network card cuts up: longer than 16 bits can say, or not known yet.
    if (total !== 0) {
      if (total < length) {
        walk.bad('the total length is less than the header length');
        return;
      }
      walk.bound(total);
    }
    if (!walk.header(length)) return;
    const fragment = walk.u16(6);
    if ((fragment & 0x1fff) > 0) {
      walk.nextIsData();
      return;
    }
    if ((fragment & 0x2000) > 0) walk.isFragment();
    walk.nextBy('ip.proto', walk.u8(9));
  },

  heading: (layer) =>
    layer.has(20)
      ? `, Src: ${ipv4Text(layer.frame, layer.start + 12)}, Dst: ${ipv4Text(layer.frame, layer.start + 16)}`
      : '',

  info(layer) {
    if (!layer.has(20)) return undefined;
    const number = layer.u8(9);
    const name = ipProtocols[number] ?? 'Unknown';
    if (!isLaterFragment(layer)) return `${name} (${number})`;
    const offset = 8 * readUint(layer.frame, layer.start, fragmentOffset);
    const id = layer.u16(4).toString(16).padStart(4, '0');
    return `Fragmented IP protocol (proto=${name} ${number}, off=${offset}, ID=${id})`;
  },

  extra(layer, emit) {
    const length = readUint(layer.frame, layer.start, headerLength);
    if (length > 20 && layer.has(21)) emitIpOptions(layer, emit, Math.min(layer.end, layer.start + length));
  },

  examples: [
    {
      title: 'ping, as it leaves the pod',
      hex: '4500 0054 9a2b 4000 3f01 8bad 0a000055 0a00017c',
      fields: {
        'ip.ttl': 63,
        'ip.flags.df': 1,
        'ip.proto': 1,
        'ip.src': '10.0.0.85',
        'ip.dst': '10.0.1.124',
        'ip.checksum.status': 1,
      },
    },
    {
      title: 'later fragment',
      hex: '4500 0028 1234 00b9 4011 65aa 0a000055 0a00017c 0000000000000000 0000000000000000 00000000',
      fields: { 'ip.frag_offset': 185, 'ip.flags.mf': 0 },
      info: 'Fragmented IP protocol (proto=UDP 17, off=1480, ID=1234)',
    },
    {
      title: 'router alert option',
      hex: '46c0 0020 0000 4000 0102 0000 0a000001 e0000016 94040000 1600fa01 00000000',
      fields: {
        'ip.hdr_len': 24,
        'ip.opt.type': 148,
        'ip.opt.len': 4,
        'ip.opt.ra': 0,
        'ip.checksum.status': 0,
      },
    },
  ],
});

/** Network cards cut large segments up, and get them with a length of 0. */
function lengthText(layer: Layer, length: number): string {
  if (layer.u16(2) === 0)
    return `${length} bytes (reported as 0, presumed to be because of "TCP segmentation offload" (TSO))`;
  return layer.start + length > layer.limit
    ? `${length}, but only ${layer.limit - layer.start} are there`
    : String(length);
}

function flagNames(value: number): string {
  const names = [
    value & 4 ? 'Reserved bit' : '',
    value & 2 ? "Don't fragment" : '',
    value & 1 ? 'More fragments' : '',
  ];
  const set = names.filter((name) => name !== '');
  return set.length > 0 ? `, ${set.join(', ')}` : '';
}
