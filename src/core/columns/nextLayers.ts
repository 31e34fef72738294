/** Who follows whom, by the claims of the dissectors, as tables that a tight loop can ask. */
import type { ClaimTable, Dissector } from '../dissect/dissector.js';
import { claimTables, dissectors } from '../dissect/registry.js';
import { type FlowLayerName, flowLayers, LayerCode } from './flowLayer.js';

/** Packets lie in packets; these claims are made by headers of packets, others by what packets carry for people. */
const packetTables: readonly ClaimTable[] = [
  'link',
  'ethertype',
  'ip.proto',
  'llc.dsap',
  'llc.cisco_pid',
  'gre.proto',
  'ppp.protocol',
];

/** Whether it is a header that makes packets: a link, a network, a transport, a tunnel. */
export function isPacketHeader({ claims, carriesPackets }: Dissector): boolean {
  return carriesPackets === true || claims.some(({ table }) => packetTables.includes(table));
}

/** Codes by key; a typed array. */
export interface LayerTable {
  readonly [key: number]: LayerCode;
}

type CodesWanted = readonly [
  table: ClaimTable,
  size: number,
  unclaimed: LayerCode,
  codeOf: (dissector: Dissector) => LayerCode,
];

/** A table for the codes of all keys below `size`: `unclaimed` where nobody claims, `odd` where flows do not follow. */
function codesOf(...wanted: CodesWanted): LayerTable;
function codesOf(...[table, size, unclaimed, codeOf]: CodesWanted): Uint8Array {
  const codes = new Uint8Array(size).fill(unclaimed);
  for (const dissector of dissectors)
    for (const claim of dissector.claims)
      if (claim.table === table) for (const key of claim.keys) if (key < size) codes[key] = codeOf(dissector);
  return codes;
}

/** Headers that are told by their protocol alone. */
const named: readonly FlowLayerName[] = [
  'eth',
  'vlan',
  'ieee8021ad',
  'sll',
  'nullLoopback',
  'raw',
  'arp',
  'ip',
  'ipv6',
  'tcp',
  'udp',
  'vxlan',
  'geneve',
  'icmp',
  'icmpv6Echo',
  'esp',
];
const byId = new Map<string, LayerCode>(named.map((name) => [flowLayers[name].id, LayerCode[name]]));
const headerCode = ({ id }: Dissector): LayerCode => byId.get(id) ?? LayerCode.odd;
/** What a port's owner carries is not looked at, unless it is packets. */
const serviceCode = (dissector: Dissector): LayerCode =>
  isPacketHeader(dissector) ? headerCode(dissector) : LayerCode.end;

/** Codes of the headers behind an EtherType, behind an IP protocol number, behind the ports of UDP and TCP. */
export const byEtherType = codesOf('ethertype', 0x10000, LayerCode.end, headerCode);
export const byIpProtocol = codesOf('ip.proto', 0x100, LayerCode.end, headerCode);
export const byUdpPort = codesOf('udp.port', 0x10000, LayerCode.unclaimed, serviceCode);
export const byTcpPort = codesOf('tcp.port', 0x10000, LayerCode.unclaimed, serviceCode);

/** Code of the first header of packets with a link type (a LINKTYPE_ number; -1 where it is not known). */
export function firstLayer(linkType: number): LayerCode {
  const dissector = claimTables.find('link', linkType);
  if (!dissector || linkType === openBsdLoop) return LayerCode.odd;
  const code = headerCode(dissector);
  return code === LayerCode.sll && linkType === cookedV2 ? LayerCode.sll2 : code;
}
const cookedV2 = 276;
/** Its family is in network byte order, where the other loopback type leaves that open. */
const openBsdLoop = 108;
