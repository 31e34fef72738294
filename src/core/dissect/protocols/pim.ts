import { u16 } from '../../base/bytes.js';
import { expectedChecksum, onesSum } from '../checksum.js';
import { checksumFields } from '../checksumFields.js';
import { defineDissector } from '../dissector.js';
import type { Emit } from '../emit.js';
import { bytes, type Field, label, uint } from '../field.js';
import type { Layer } from '../walk.js';

const hello = 0;
const register = 1;
const types: Readonly<Record<number, string>> = {
  [hello]: 'Hello',
  [register]: 'Register',
  2: 'Register-stop',
  3: 'Join/Prune',
  4: 'Bootstrap',
  5: 'Assert',
  6: 'Graft',
  7: 'Graft-Ack',
  8: 'Candidate-RP-Advertisement',
  9: 'State-Refresh',
  10: 'DF election',
  11: 'ECMP redirect',
};
/** IANA, PIM-Hello options: the name, and the value where it is one number. */
const options: Readonly<Record<number, readonly [name: string, field?: Field, size?: number]>> = {
  1: ['Hold Time', uint('pim.holdtime', 'Holdtime'), 2],
  2: ['LAN Prune Delay'],
  19: ['DR Priority', uint('pim.dr_priority', 'DR Priority'), 4],
  20: ['Generation ID', uint('pim.generation_id', 'Generation ID'), 4],
  21: ['State-Refresh'],
  22: ['Bidir Capable'],
  24: ['Address List'],
};

const typeOf = (layer: Layer): number => layer.u8(0) & 0xf;

const loose = {
  options: label('pim.option', 'PIM Options', { text: (value) => String(value) }),
  option: label('', 'Option', { text: (value) => String(value) }),
  type: uint('pim.optiontype', 'Type'),
  length: uint('pim.optionlength', 'Length'),
  value: bytes('pim.optionvalue', 'Unknown'),
  ...Object.fromEntries(
    Object.entries(options).flatMap(([type, [, field]]) =>
      field ? [[`option${type}`, field] as const] : [],
    ),
  ),
};

/** Multicast routing, version 2: the header, hello options, and the packet in a register message. */
export const pim = defineDissector({
  id: 'pim',
  title: 'Protocol Independent Multicast',
  column: 'PIMv2',
  spec: 'https://www.rfc-editor.org/rfc/rfc7761',
  claims: [{ table: 'ip.proto', keys: [103] }],
  fields: {
    version: uint('pim.version', 'Version', { at: 0, bytes: 1, mask: 0xf0 }),
    type: uint('pim.type', 'Type', { at: 0, bytes: 1, mask: 0x0f, values: types }),
    reserved: bytes('pim.res_bytes', 'Reserved byte(s)', { at: 1, bytes: 1 }),
    ...checksumFields({
      name: 'pim.cksum',
      label: 'Checksum',
      statusLabel: 'Checksum Status',
      at: 2,
      header: 4,
      right: rightChecksum,
    }),
  },
  loose,

  measure(walk) {
    if (!walk.header(4)) return;
    if ((walk.u8(0) & 0xf) !== register) {
      walk.whole();
      return;
    }
    // Eight bytes of header and flags, then the packet that is registered.
    if (!walk.header(8) || walk.limit - walk.start <= 8) return;
    const version = walk.u8(8) >> 4;
    walk.inside(8);
    if (version === 4) walk.nextIs('ip');
    else if (version === 6) walk.nextIs('ipv6');
    else walk.nextIsData();
  },

  info: (layer) => (layer.has(1) ? (types[typeOf(layer)] ?? `Unknown (${typeOf(layer)})`) : undefined),

  extra(layer, emit) {
    if (typeOf(layer) === hello && layer.end > layer.start + 4) emitOptions(layer, emit);
  },

  examples: [
    {
      title: 'hello',
      hex: '2000 d3ab 0001 0002 0069 0014 0004 00000bb8 0013 0004 00000001',
      fields: { 'pim.holdtime': 105, 'pim.generation_id': 3000, 'pim.dr_priority': 1, 'pim.cksum.status': 1 },
      info: 'Hello',
    },
  ],
});

/** Over the message, of a register without its packet; over IPv6 with addresses, which are then not verified. */
function rightChecksum(layer: Layer): number | undefined {
  const { frame, start, limit } = layer;
  if (limit > frame.length || !layer.has(4) || layer.before('ipv6')) return undefined;
  const end = typeOf(layer) === register ? Math.min(limit, start + 8) : limit;
  return expectedChecksum(layer.u16(2), onesSum(frame, start, end));
}

function emitOptions({ frame, start, end }: Layer, emit: Emit): void {
  const found: (readonly [at: number, type: number, length: number])[] = [];
  for (let at = start + 4; at + 4 <= end;) {
    const length = u16(frame, at + 2);
    if (at + 4 + length > end) break;
    found.push([at, u16(frame, at), length]);
    at += 4 + length;
  }
  if (!emit.open(loose.options, start + 4, end - start - 4, `PIM Options: ${found.length}`)) return;
  for (const [at, type, length] of found) {
    const [name = 'Unknown', field, size] = options[type] ?? [];
    if (!emit.open(loose.option, at, 4 + length, `Option ${type}: ${name}`)) continue;
    emit.add(loose.type, at, 2);
    emit.add(loose.length, at + 2, 2);
    if (field && size === length) emit.add(field, at + 4, length);
    else if (!options[type] && length > 0) emit.add(loose.value, at + 4, length);
    emit.close();
  }
  emit.close();
}
