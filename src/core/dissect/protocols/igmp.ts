import { ipv4Text } from '../../base/addresses.js';
import { u16, u8 } from '../../base/bytes.js';
import { expectedChecksum, onesSum } from '../checksum.js';
import { checksumFields } from '../checksumFields.js';
import { defineDissector } from '../dissector.js';
import type { Emit } from '../emit.js';
import { bytes, type Field, flag, ipv4, label, uint } from '../field.js';
import { hexNumber } from '../fieldText.js';
import type { Layer } from '../walk.js';

const query = 0x11;
const report1 = 0x12;
const report2 = 0x16;
const leave = 0x17;
const report3 = 0x22;
const types: Readonly<Record<number, string>> = {
  [query]: 'Membership Query',
  [report1]: 'Membership Report',
  0x13: 'DVMRP Protocol',
  0x14: 'PIMv1 Protocol',
  0x15: 'Cisco Trace Messages',
  [report2]: 'Membership Report',
  [leave]: 'Leave Group',
  0x1e: 'Traceroute Response',
  0x1f: 'Traceroute Request',
  [report3]: 'Membership Report',
  0x24: 'Multicast Interest Solicitation',
};
const recordTypes: Readonly<Record<number, string>> = {
  1: 'Mode Is Include',
  2: 'Mode Is Exclude',
  3: 'Change To Include Mode',
  4: 'Change To Exclude Mode',
  5: 'Allow New Sources',
  6: 'Block Old Sources',
};

/** Version by type and, for queries, by length and response time (RFC 3376, section 7.1). */
function versionOf(layer: Layer): number | undefined {
  switch (layer.u8(0)) {
    case query:
      if (layer.end - layer.start >= 12) return 3;
      return layer.u8(1) === 0 ? 1 : 2;
    case report1:
      return 1;
    case report2:
    case leave:
      return 2;
    case report3:
      return 3;
    default:
      return undefined;
  }
}

const isKnown = (layer: Layer): boolean => types[layer.u8(0)] !== undefined;
const isOlder = (layer: Layer): boolean => (versionOf(layer) ?? 3) < 3;
const isQuery = (layer: Layer): boolean => layer.u8(0) === query;
const isQuery3 = (layer: Layer): boolean => isQuery(layer) && versionOf(layer) === 3;
const isReport3 = (layer: Layer): boolean => layer.u8(0) === report3;
/** Version 1 has no response time. */
const hasResponseTime = (layer: Layer): boolean => isQuery3(layer) || versionOf(layer) === 2;

/** From 128 on the byte is a floating point number: four bits of mantissa, three of exponent (RFC 3376, 4.1.1). */
const inTenths = (code: number): number =>
  code < 128 ? code : ((code & 0xf) | 0x10) << (((code >> 4) & 7) + 3);
const seconds = (tenths: number): string => `${(tenths / 10).toFixed(1)} sec`;

const group = (at: number, when: (layer: Layer) => boolean): Field =>
  ipv4('igmp.maddr', 'Multicast Address', { at, when });

const { checksum, checksumStatus } = checksumFields({
  name: 'igmp.checksum',
  label: 'Checksum',
  statusLabel: 'Checksum Status',
  at: 2,
  header: 4,
  right: rightChecksum,
});

const loose = {
  source: ipv4('igmp.saddr', 'Source Address'),
  record: label('', 'Group Record', { text: (value) => String(value) }),
  recordType: uint('igmp.record_type', 'Record Type', {
    text: (value) => `${recordTypes[Number(value)] ?? 'Unknown'} (${value})`,
  }),
  auxiliaryLength: uint('igmp.aux_data_len', 'Aux Data Len'),
  recordSources: uint('igmp.num_src', 'Num Src'),
  recordGroup: ipv4('igmp.maddr', 'Multicast Address'),
  auxiliary: bytes('igmp.aux_data', 'Aux Data'),
};

/** Multicast membership, versions 1 to 3. */
export const igmp = defineDissector({
  id: 'igmp',
  title: 'Internet Group Management Protocol',
  column(layer) {
    const version = versionOf(layer);
    return version === undefined ? 'IGMP' : `IGMPv${version}`;
  },
  spec: 'https://www.rfc-editor.org/rfc/rfc3376',
  claims: [{ table: 'ip.proto', keys: [2] }],
  fields: {
    version: uint('igmp.version', 'IGMP Version', { compute: versionOf }),
    type: uint('igmp.type', 'Type', { at: 0, bytes: 1, show: 'hex', values: types }),
    reserved: bytes('igmp.reserved', 'Reserved', {
      at: 1,
      bytes: 1,
      when: (layer) => isReport3(layer) || versionOf(layer) === 1,
    }),
    responseTime: uint('igmp.max_resp', 'Max Resp Time', {
      at: 1,
      bytes: 1,
      when: hasResponseTime,
      compute: (layer) => (isQuery3(layer) ? inTenths(layer.u8(1)) : layer.u8(1)),
      text: (value, { layer }) => `${seconds(Number(value))} (${hexNumber(layer.u8(1), 2)})`,
      children: {
        exponent: uint('igmp.max_resp.exp', 'Exponent', {
          at: 1,
          bytes: 1,
          mask: 0x70,
          show: 'hex',
          when: (layer) => isQuery3(layer) && layer.u8(1) >= 128,
        }),
        mantissa: uint('igmp.max_resp.mant', 'Mantissa', {
          at: 1,
          bytes: 1,
          mask: 0x0f,
          show: 'hex',
          when: (layer) => isQuery3(layer) && layer.u8(1) >= 128,
        }),
      },
    }),
    checksum: { ...checksum, when: isKnown },
    checksumStatus: { ...checksumStatus, when: isKnown },
    unknown: bytes('igmp.data', 'Data', { at: 1, bytes: 'rest', when: (layer) => !isKnown(layer) }),
    olderGroup: group(4, isOlder),
    queryGroup: group(4, isQuery3),
    suppress: flag('igmp.s', 'S', {
      at: 8,
      bytes: 1,
      mask: 0x08,
      when: isQuery3,
      values: { 0: 'Do not suppress router side processing', 1: 'Suppress router side processing' },
    }),
    robustness: uint('igmp.qrv', 'QRV', { at: 8, bytes: 1, mask: 0x07, when: isQuery3 }),
    interval: uint('igmp.qqic', 'QQIC', { at: 9, bytes: 1, when: isQuery3 }),
    sources: uint('igmp.num_src', 'Num Src', { at: 10, bytes: 2, when: isQuery3 }),
    reportReserved: bytes('igmp.reserved', 'Reserved', { at: 4, bytes: 2, when: isReport3 }),
    records: uint('igmp.num_grp_recs', 'Num Group Records', { at: 6, bytes: 2, when: isReport3 }),
  },
  loose,

  measure(walk) {
    if (!walk.header(8)) return;
    walk.whole();
  },

  info: infoText,

  extra(layer, emit) {
    if (isQuery3(layer)) emitSources(layer, emit, layer.start + 12, layer.u16(10));
    else if (isReport3(layer)) for (const record of recordsOf(layer)) emitRecord(layer, emit, record);
  },

  examples: [
    {
      title: 'query for a group, version 2',
      hex: '1164 eb1d e0010203 ',
      fields: { 'igmp.version': 2, 'igmp.max_resp': 100, 'igmp.maddr': '224.1.2.3' },
      info: 'Membership Query, specific for group 224.1.2.3',
    },
    {
      title: 'query for two sources, version 3',
      hex: '11ff 0000 e0010203 0a 7d 0002 0a000001 0a000002',
      fields: { 'igmp.version': 3, 'igmp.s': 1, 'igmp.qrv': 2, 'igmp.num_src': 2, 'igmp.saddr': '10.0.0.2' },
      info: 'Membership Query, specific for group 224.1.2.3, sources {10.0.0.1, 10.0.0.2}',
    },
    {
      title: 'joining a group',
      hex: '2200 15fa 0000 0001 04 00 0000 e0010203',
      fields: { 'igmp.record_type': 4, 'igmp.maddr': '224.1.2.3', 'igmp.num_grp_recs': 1 },
      info: 'Membership Report / Join group 224.1.2.3 for any sources',
    },
  ],
});

function rightChecksum(layer: Layer): number | undefined {
  if (layer.limit > layer.frame.length || !layer.has(8)) return undefined;
  return expectedChecksum(layer.u16(2), onesSum(layer.frame, layer.start, layer.end));
}

function emitSources(layer: Layer, emit: Emit, from: number, count: number): void {
  for (let i = 0, at = from; i < count && at + 4 <= layer.end; i++, at += 4) emit.add(loose.source, at, 4);
}

/** A group record that fits into the message. */
interface GroupRecord {
  readonly at: number;
  readonly sources: number;
  /** Bytes behind the sources. */
  readonly auxiliary: number;
}

function* recordsOf({ frame, start, end }: Layer): Generator<GroupRecord> {
  const count = u16(frame, start + 6);
  for (let i = 0, at = start + 8; i < count && at + 8 <= end; i++) {
    const sources = u16(frame, at + 2);
    const auxiliary = 4 * u8(frame, at + 1);
    const next = at + 8 + 4 * sources + auxiliary;
    if (next > end) return;
    yield { at, sources, auxiliary };
    at = next;
  }
}

function emitRecord(layer: Layer, emit: Emit, { at, sources, auxiliary }: GroupRecord): void {
  const { frame } = layer;
  const kind = recordTypes[u8(frame, at)] ?? 'Unknown';
  const title = `Group Record : ${ipv4Text(frame, at + 4)}  ${kind}`;
  const size = 8 + 4 * sources;
  if (!emit.open(loose.record, at, size + auxiliary, title)) return;
  emit.add(loose.recordType, at, 1);
  emit.add(loose.auxiliaryLength, at + 1, 1);
  emit.add(loose.recordSources, at + 2, 2);
  emit.add(loose.recordGroup, at + 4, 4);
  emitSources(layer, emit, at + 8, sources);
  if (auxiliary > 0) emit.add(loose.auxiliary, at + size, auxiliary);
  emit.close();
}

function sourceList({ frame, end }: Layer, from: number, count: number): string {
  const texts: string[] = [];
  for (let i = 0, at = from; i < count && at + 4 <= end; i++, at += 4) texts.push(ipv4Text(frame, at));
  return `{${texts.join(', ')}}`;
}

function infoText(layer: Layer): string | undefined {
  if (!layer.has(8)) return undefined;
  const { frame, start } = layer;
  const type = layer.u8(0);
  const name = types[type];
  const address = ipv4Text(frame, start + 4);
  if (name === undefined) return `Unknown Type:${hexNumber(type, 2)}`;
  if (type === report3) return reportText(layer);
  if (versionOf(layer) === 1) return name;
  if (type === report2) return `${name} group ${address}`;
  if (type === leave) return `${name} ${address}`;
  if (type !== query) return name;
  if (layer.u32(4) === 0) return `${name}, general`;
  const count = isQuery3(layer) ? layer.u16(10) : 0;
  const sources = count > 0 ? `, source${count > 1 ? 's' : ''} ${sourceList(layer, start + 12, count)}` : '';
  return `${name}, specific for group ${address}${sources}`;
}

function reportText(layer: Layer): string {
  if (layer.u16(6) === 0) return 'Membership Report - General query';
  let text = 'Membership Report';
  for (const { at, sources } of recordsOf(layer))
    text += ` / ${recordText(u8(layer.frame, at), ipv4Text(layer.frame, at + 4), sources, layer, at + 8)}`;
  return text;
}

function recordText(type: number, group: string, count: number, layer: Layer, from: number): string {
  const source = `source${count > 1 ? 's' : ''}`;
  const list = sourceList(layer, from, count);
  switch (type) {
    case 1:
    case 3:
      return count === 0 ? `Leave group ${group}` : `Join group ${group} for ${source} ${list}`;
    case 2:
    case 4:
      if (count === 0) return `Join group ${group} for any sources`;
      return `Join group ${group}, for ${source} not${count > 1 ? ' in' : ''} ${list}`;
    case 5:
      return `Group ${group}, ${count === 0 ? 'ALLOW_NEW_SOURCES but no source specified (?)' : `new ${source} ${list}`}`;
    case 6:
      return `Group ${group}, ${count === 0 ? 'BLOCK_OLD_SOURCES but no source specified (?)' : `block ${source} ${list}`}`;
    default:
      return `Group ${group}, unknown record type (?)`;
  }
}
