import { u16le } from '../../base/bytes.js';
import { defineDissector } from '../dissector.js';
import type { Emit } from '../emit.js';
import { ether, uint } from '../field.js';
import type { Layer } from '../walk.js';

const reply = 1;
const forwardData = 2;
const functions: Readonly<Record<number, string>> = { [reply]: 'Reply', [forwardData]: 'Forward Data' };

/** All numbers are little-endian. */
const at = ({ frame, start }: Layer, offset: number): number => u16le(frame, start + offset);
const little = (name: string, text: string, values?: typeof functions): ReturnType<typeof uint> =>
  uint(name, text, values && { values });

const loose = {
  relevant: little('loop.relevant_function', 'Relevant function', functions),
  function: little('loop.function', 'Function', functions),
  receipt: little('loop.receipt_number', 'Receipt number'),
  address: ether('loop.forwarding_address', 'Forwarding address'),
};

/** Configuration test of Ethernet (DIX), which Cisco's switches send to themselves as a keepalive. */
export const loop = defineDissector({
  id: 'loop',
  title: 'Configuration Test Protocol (loopback)',
  column: 'LOOP',
  spec: 'https://en.wikipedia.org/wiki/Ethernet_Configuration_Testing_Protocol',
  claims: [{ table: 'ethertype', keys: [0x9000] }],
  fields: {
    skip: uint('loop.skipcount', 'skipCount', { at: 0, bytes: 2, compute: (layer) => at(layer, 0) }),
  },
  loose,

  measure(walk) {
    if (!walk.header(4)) return;
    let length = 2;
    // Stations to go through, then the reply: who forwards names the next by its address.
    for (;;) {
      if (!walk.header(length + 2)) return;
      const code = walk.u8(length) | (walk.u8(length + 1) << 8);
      length += 2;
      if (code === forwardData) length += 6;
      else {
        if (code === reply) length += 2;
        break;
      }
    }
    if (walk.header(length)) walk.insideData(length);
  },

  info(layer) {
    if (!layer.has(4)) return undefined;
    const code = at(layer, 2 + Math.min(at(layer, 0), layer.end - layer.start));
    return functions[code] ?? `Unknown function (${code})`;
  },

  extra(layer, emit) {
    emitFunctions(layer, emit);
  },

  examples: [
    {
      title: 'keepalive of a switch',
      hex: '0000 0100 0000 0000',
      fields: { 'loop.skipcount': 0, 'loop.function': 1, 'loop.receipt_number': 0 },
      info: 'Reply',
    },
    {
      title: 'by way of a station',
      hex: '0000 0200 020000000001 0100 0700',
      fields: { 'loop.forwarding_address': '02:00:00:00:00:01', 'loop.receipt_number': 7 },
      info: 'Forward Data',
    },
  ],
});

function emitFunctions(layer: Layer, emit: Emit): void {
  const { start, end } = layer;
  const relevant = start + 2 + at(layer, 0);
  for (let place = start + 2; place + 2 <= end;) {
    const code = u16le(layer.frame, place);
    if (place === relevant) emit.add(loose.relevant, place, 2, code);
    emit.add(loose.function, place, 2, code);
    place += 2;
    if (code === forwardData && place + 6 <= end) emit.add(loose.address, place, 6);
    else if (code === reply && place + 2 <= end) emit.add(loose.receipt, place, 2, u16le(layer.frame, place));
    if (code !== forwardData) return;
    place += 6;
  }
}
