/** Networks as BGP tells of them: a length in bits, then as many bytes as that takes; with labels, VPNs, path numbers. */
import { ipv4Text, ipv6Text } from '../../base/addresses.js';
import { u24, u32, u8 } from '../../base/bytes.js';
import type { FieldCursor } from '../fieldCursor.js';
import { ipv4, ipv6, label, string, uint, type Field } from '../field.js';
import { declared } from '../shapes.js';
import { distinguisherText } from '../values/bgpNames.js';
import { evpnFields, reportEvpnRoutes } from './bgpEvpn.js';

const ipv4Family = 1;
const ipv6Family = 2;
const l2vpnFamily = 25;
const evpn = 70;
const labelled = 4;
const vpn = 128;
const labelBits = 24;
const distinguisherBits = 64;
/** More labels than a stack has. */
const mostLabels = 16;

/** Where routes are told: in the message itself, or in one of the attributes for other families (RFC 4760). */
export type RouteList = 'nlri' | 'withdrawn' | 'reach' | 'unreach';

interface ListFields {
  readonly length: Field;
  readonly prefix4: Field;
  readonly prefix6: Field;
  readonly stack: Field;
}

const lists: Readonly<Record<RouteList, ListFields>> = {
  nlri: fieldsFor('NLRI prefix length', 'bgp.nlri_prefix', 'NLRI prefix', ''),
  withdrawn: fieldsFor('Withdrawn route prefix length', 'bgp.withdrawn_prefix', 'Withdrawn prefix', ''),
  reach: fieldsFor(
    'MP Reach NLRI prefix length',
    'bgp.mp_reach_nlri_ipv4_prefix',
    'MP Reach NLRI IPv4 prefix',
    'MP Reach NLRI ',
  ),
  unreach: fieldsFor(
    'MP Unreach NLRI prefix length',
    'bgp.mp_unreach_nlri_ipv4_prefix',
    'MP Unreach NLRI IPv4 prefix',
    'MP Unreach NLRI ',
  ),
};

function fieldsFor(length: string, name: string, title: string, lead: string): ListFields {
  const isReach = name.includes('mp_reach') || name === 'bgp.nlri_prefix';
  return {
    length: uint('bgp.prefix_length', length),
    prefix4: ipv4(name, title),
    prefix6: ipv6(
      isReach ? 'bgp.mp_reach_nlri_ipv6_prefix' : 'bgp.mp_unreach_nlri_ipv6_prefix',
      isReach ? 'MP Reach NLRI IPv6 prefix' : 'MP Unreach NLRI IPv6 prefix',
    ),
    stack: string('bgp.label_stack', `${lead}Label Stack`),
  };
}

const route = label('', 'Route', { text: String });
const pathId = uint('bgp.nlri_path_id', 'NLRI path id');
const distinguisher = string('bgp.rd', 'Route Distinguisher');

export const routeFields = declared(
  { route, pathId, distinguisher },
  evpnFields,
  ...Object.values(lists).map((list) => ({ ...list })),
);

/** The address that a prefix of `bits` bits stands for: what is not told is 0. */
export function prefixText(frame: Uint8Array, at: number, bits: number, isIpv6: boolean): string {
  const address = new Uint8Array(isIpv6 ? 16 : 4);
  const length = Math.min(Math.ceil(bits / 8), address.length);
  for (let i = 0; i < length; i++) address[i] = u8(frame, at + i);
  const spare = 8 * length - bits;
  if (spare > 0) address[length - 1] = (address[length - 1] ?? 0) & (0xff << spare);
  return isIpv6 ? ipv6Text(address, 0) : ipv4Text(address, 0);
}

/** `100,101 (bottom)`, and how many bytes it takes. A withdrawn route may have a label that says nothing. */
function labelStack(frame: Uint8Array, from: number, most: number): { text: string; length: number } {
  const labels: number[] = [];
  let isBottom = false;
  let at = 0;
  while (!isBottom && at + 3 <= most && labels.length < mostLabels) {
    const entry = u24(frame, from + at);
    labels.push(entry >>> 4);
    isBottom = (entry & 1) === 1 || entry === 0x800000 || entry === 0;
    at += 3;
  }
  return {
    text: `${labels.join(',')}${isBottom ? ' (bottom)' : ' (BOGUS: Bottom of Stack NOT set!)'}`,
    length: at,
  };
}

/**
 * Whether each route has a number of four bytes before it (RFC 7911). The OPEN messages agreed on that, and may not be
 * in the capture; so it is taken to be when the bytes make sense that way and no sense without.
 */
function hasPathIds({ frame, at, end }: FieldCursor, mostBits: number): boolean {
  return makesSense(frame, at, end, mostBits, 4) && !makesSense(frame, at, end, mostBits, 0);
}

function makesSense(frame: Uint8Array, from: number, end: number, mostBits: number, before: number): boolean {
  for (let at = from; at < end;) {
    const bits = u8(frame, at + before);
    const next = at + before + 1 + Math.ceil(bits / 8);
    if (at + before >= end || bits > mostBits || next > end) return false;
    if (bits % 8 !== 0 && (u8(frame, next - 1) & (0xff >> (bits % 8))) !== 0) return false;
    // Everything, and then more of it: that is the first byte of a number.
    if (before === 0 && bits === 0 && end - at > 1) return false;
    at = next;
  }
  return true;
}

/** Reports the routes up to the cursor's end. */
export function reportRoutes(cursor: FieldCursor, list: RouteList, family: number, subsequent: number): void {
  if (family === l2vpnFamily && subsequent === evpn) {
    reportEvpnRoutes(cursor);
    return;
  }
  if (family !== ipv4Family && family !== ipv6Family) return;
  const isPlain = subsequent === 1 || subsequent === 2;
  if (!isPlain && subsequent !== labelled && subsequent !== vpn) return;
  const isIpv6 = family === ipv6Family;
  const bits = isIpv6 ? 128 : 32;
  const extra = isPlain ? 0 : mostLabels * labelBits + (subsequent === vpn ? distinguisherBits : 0);
  const numbered = hasPathIds(cursor, Math.min(255, bits + extra));
  while (cursor.left > (numbered ? 4 : 0)) {
    const before = numbered ? 4 : 0;
    const length = before + 1 + Math.ceil(cursor.u8(before) / 8);
    if (length > cursor.left) return;
    reportRoute(cursor, list, length, numbered, isIpv6, subsequent);
  }
}

function reportRoute(
  cursor: FieldCursor,
  list: RouteList,
  length: number,
  numbered: boolean,
  isIpv6: boolean,
  subsequent: number,
): void {
  const fields = lists[list];
  const head = (numbered ? 4 : 0) + 1;
  const all = cursor.u8(head - 1);
  const isPlain = subsequent === 1 || subsequent === 2;
  const stack = isPlain
    ? undefined
    : labelStack(cursor.frame, cursor.at + head, Math.max(0, length - head - (subsequent === vpn ? 8 : 0)));
  const skipped = (stack?.length ?? 0) + (subsequent === vpn ? 8 : 0);
  const bits = Math.max(0, all - 8 * skipped);
  const prefix = `${prefixText(cursor.frame, cursor.at + head + skipped, bits, isIpv6)}/${bits}`;
  const id = numbered ? ` PathId ${u32(cursor.frame, cursor.at)} ` : '';
  const title =
    subsequent === vpn
      ? 'BGP Prefix'
      : stack
        ? `Label Stack=${stack.text} ${isIpv6 ? 'IPv6' : 'IPv4'}=${prefix}${id}`
        : `${prefix}${id}`;
  cursor.group(
    route,
    length,
    (inner) => {
      if (numbered) inner.field(pathId, 4);
      inner.field(fields.length, 1);
      if (stack) inner.field(fields.stack, stack.length, stack.text);
      if (subsequent === vpn) inner.field(distinguisher, 8, distinguisherText(inner.frame, inner.at));
      const address = prefixText(inner.frame, inner.at, bits, isIpv6);
      inner.field(isIpv6 ? fields.prefix6 : fields.prefix4, Math.ceil(bits / 8), address);
    },
    title,
  );
}
