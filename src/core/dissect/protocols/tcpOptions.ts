/** TCP options (RFC 9293, 7323, 2018, 5925, 2385, 7413, 5482, 8684). */
import { u16, u32, u8 } from '../../base/bytes.js';
import { counted } from '../../base/words.js';
import type { Emit } from '../emit.js';
import { bytes, type Field, type FieldSet, flag, label, uint } from '../field.js';
import { brokenOption, lengthFault, type OptionKind, optionsIn, optionTitles } from '../options.js';
import type { Layer } from '../walk.js';
import { mptcpFields, mptcpOption } from './mptcp.js';
import { kindAndLength } from './tcpOptionKinds.js';

const option = (name: string, title: string, children: FieldSet = {}, note?: Field['note']): Field =>
  label(name, `TCP Option - ${title}`, {
    ...(note && { note }),
    children: { ...kindAndLength, ...children },
  });

const sackEdges = {
  left: uint('tcp.options.sack_le', 'left edge', { bytes: 4 }),
  right: uint('tcp.options.sack_re', 'right edge', { bytes: 4 }),
  count: uint('tcp.options.sack.count', 'TCP SACK Count', { generated: true }),
};

/** Connection counts of T/TCP (RFC 1644) and the old echo (RFC 1072) all hold one number. */
const oneNumber = (name: string, label: string): FieldSet => ({
  value: uint(name, label, { at: 2, bytes: 4 }),
});

/** Counters of the Accurate ECN option stand in one of two orders. */
function accurateEcn(isFirstOrder: boolean): Field {
  const counter = (name: string, words: string, at: number): Field =>
    uint(`tcp.options.acc_ecn.${name}`, `Accurate ECN Echo ${words} Byte Counter`, { at, bytes: 3 });
  const [first, last] = isFirstOrder ? [2, 8] : [8, 2];
  const counters = [
    counter('ee0b', 'ECT(0)', first),
    counter('eceb', 'CE', 5),
    counter('ee1b', 'ECT(1)', last),
  ];
  const [zero, congested, one] = isFirstOrder ? counters : counters.reverse();
  return option('tcp.options.acc_ecn', 'Accurate ECN', {
    ...(zero && { zero }),
    ...(congested && { congested }),
    ...(one && { one }),
  });
}

const fastOpen = 0xf989;
const isFastOpen = ({ frame }: Layer, base: number): boolean => u16(frame, base + 2) === fastOpen;
const cookie = bytes('tcp.options.tfo.cookie', 'Fast Open Cookie', { at: 2, bytes: 'rest' });
const request = label('tcp.options.tfo.request', 'Fast Open Cookie Request', { bytes: 2 });

/** RFC 6994; Fast Open was tried out here before it had a kind of its own. */
const experimental = option(
  'tcp.options.experimental',
  'Experimental',
  {
    id: uint('tcp.options.experimental.exid', 'Experiment Identifier', {
      at: 2,
      bytes: 2,
      show: 'hex',
      values: { [fastOpen]: 'Fast Open' },
    }),
    request: {
      ...request,
      at: 2,
      when: (layer, base) => isFastOpen(layer, base) && u8(layer.frame, base + 1) === 4,
    },
    cookie: { ...cookie, at: 4, when: isFastOpen },
    data: bytes('tcp.options.experimental.data', 'Data', {
      at: 4,
      bytes: 'rest',
      when: (layer, base) => !isFastOpen(layer, base),
    }),
  },
  (_, { layer, at }) => (isFastOpen(layer, at) ? ': Fast Open' : ''),
);

const kinds: readonly OptionKind[] = [
  {
    type: 0,
    title: 'End of Option List (EOL)',
    single: true,
    field: option('tcp.options.eol', 'End of Option List (EOL)'),
  },
  {
    type: 1,
    title: 'No-Operation (NOP)',
    single: true,
    field: option('tcp.options.nop', 'No-Operation (NOP)'),
  },
  {
    type: 2,
    title: 'Maximum segment size',
    exactly: 4,
    field: option(
      'tcp.options.mss',
      'Maximum segment size',
      { value: uint('tcp.options.mss_val', 'MSS Value', { at: 2, bytes: 2 }) },
      (_, { layer, at }) => `: ${u16(layer.frame, at + 2)} bytes`,
    ),
  },
  {
    type: 3,
    title: 'Window scale',
    exactly: 3,
    field: option(
      'tcp.options.wscale',
      'Window scale',
      {
        shift: uint('tcp.options.wscale.shift', 'Shift count', { at: 2, bytes: 1 }),
      },
      (_, { layer, at }) => {
        const shift = u8(layer.frame, at + 2);
        return `: ${shift} (multiply by ${2 ** Math.min(shift, 14)})`;
      },
    ),
    more(layer, emit, at) {
      emit.add(multiplier, at + 2, 1, 2 ** Math.min(u8(layer.frame, at + 2), 14));
    },
  },
  { type: 4, title: 'SACK permitted', exactly: 2, field: option('tcp.options.sack_perm', 'SACK permitted') },
  {
    type: 5,
    title: 'SACK',
    field: option('tcp.options.sack', 'SACK', {}, (_, { layer, at, length }) => {
      let text = '';
      for (let edge = at + 2; edge + 8 <= at + length; edge += 8)
        text += ` ${u32(layer.frame, edge)}-${u32(layer.frame, edge + 4)}`;
      return text;
    }),
    more(_, emit, at, length) {
      let edge = at + 2;
      for (; edge + 8 <= at + length; edge += 8) {
        emit.add(sackEdges.left, edge, 4);
        emit.add(sackEdges.right, edge + 4, 4);
      }
      emit.add(sackEdges.count, at, 0, (edge - at - 2) / 8);
    },
  },
  {
    type: 6,
    title: 'Echo',
    exactly: 6,
    field: option('tcp.options.echo', 'Echo', oneNumber('tcp.options.echo_value', 'TCP Echo Option')),
  },
  {
    type: 7,
    title: 'Echo reply',
    exactly: 6,
    field: option('tcp.options.echo', 'Echo reply', oneNumber('tcp.options.echo_value', 'TCP Echo Option')),
  },
  {
    type: 8,
    title: 'Timestamps',
    exactly: 10,
    field: option(
      'tcp.options.timestamp',
      'Timestamps',
      {
        value: uint('tcp.options.timestamp.tsval', 'Timestamp value', { at: 2, bytes: 4 }),
        echo: uint('tcp.options.timestamp.tsecr', 'Timestamp echo reply', { at: 6, bytes: 4 }),
      },
      (_, { layer, at }) => `: TSval ${u32(layer.frame, at + 2)}, TSecr ${u32(layer.frame, at + 6)}`,
    ),
  },
  {
    type: 11,
    title: 'CC',
    exactly: 6,
    field: option('tcp.options.cc', 'CC', oneNumber('tcp.options.cc_value', 'TCP CC Option')),
  },
  {
    type: 12,
    title: 'CC.NEW',
    exactly: 6,
    field: option('tcp.options.cc', 'CC.NEW', oneNumber('tcp.options.cc_value', 'TCP CC Option')),
  },
  {
    type: 13,
    title: 'CC.ECHO',
    exactly: 6,
    field: option('tcp.options.cc', 'CC.ECHO', oneNumber('tcp.options.cc_value', 'TCP CC Option')),
  },
  {
    type: 19,
    title: 'TCP MD5 signature',
    exactly: 18,
    field: option('tcp.options.md5', 'TCP MD5 signature', {
      digest: bytes('tcp.options.md5.digest', 'MD5 digest', { at: 2, bytes: 16 }),
    }),
  },
  {
    type: 28,
    title: 'User Timeout',
    exactly: 4,
    field: option('tcp.options.user_to', 'User Timeout', {
      granularity: flag('tcp.options.user_to_granularity', 'Granularity', {
        at: 2,
        bytes: 2,
        mask: 0x8000,
        values: { 0: 'Seconds', 1: 'Minutes' },
      }),
      value: uint('tcp.options.user_to_val', 'User Timeout', { at: 2, bytes: 2, mask: 0x7fff }),
    }),
  },
  {
    type: 29,
    title: 'TCP AO',
    atLeast: 4,
    field: option('tcp.options.ao', 'TCP AO', {
      key: uint('tcp.options.ao.keyid', 'AO KeyID', { at: 2, bytes: 1 }),
      next: uint('tcp.options.ao.rnextkeyid', 'AO RNextKeyID', { at: 3, bytes: 1 }),
      mac: bytes('tcp.options.ao.mac', 'AO MAC', { at: 4, bytes: 'rest' }),
    }),
  },
  mptcpOption,
  {
    type: 34,
    title: 'TCP Fast Open',
    field: option('tcp.options.tfo', 'TCP Fast Open', {
      cookie,
      request: { ...request, at: 0, when: ({ frame }, base) => u8(frame, base + 1) === 2 },
    }),
  },
  ...[172, 174].map((type) => ({ type, title: 'Accurate ECN', field: accurateEcn(type === 172) })),
  ...[253, 254].map((type) => ({ type, title: 'Experimental', field: experimental })),
];

const multiplier = uint('tcp.options.wscale.multiplier', 'Multiplier', { bytes: 1, generated: true });
const unknown = option('tcp.options.unknown', 'Unknown', {
  payload: bytes('tcp.options.unknown.payload', 'Payload', { at: 2, bytes: 'rest' }),
});
const list = bytes('tcp.options', 'Options', {
  text: (_, { layer, at, length }) => listText(layer, at, at + length),
});

const byType = new Map(kinds.map((kind) => [kind.type, kind]));

/** What the options may report. */
export const tcpOptionFields: FieldSet = {
  list,
  ...Object.fromEntries(kinds.map(({ type, field }) => [`option${type}`, field])),
  unknown,
  ...mptcpFields,
  ...sackEdges,
  multiplier,
};

function listText(layer: Layer, from: number, to: number): string {
  return `(${counted(to - from, 'byte')})${optionTitles(optionsIn(layer.frame, from, to, byType))}`;
}

/** The option's node when its length does not fit its kind: kind and length only, and what is wrong. */
function withFault(field: Field, fault: string): Field {
  return {
    ...field,
    text: () => `TCP Option - ${fault}`,
    note: () => '',
    problem: () => true,
    children: kindAndLength,
  };
}

/** Reports the options between the fixed header and `end`. */
export function emitTcpOptions(layer: Layer, emit: Emit, end: number): void {
  const from = layer.start + 20;
  if (!emit.open(list, from, end - from)) return;
  for (const one of optionsIn(layer.frame, from, end, byType)) {
    const { at, length, kind } = one;
    const fault = lengthFault(one);
    if (one.wrong !== undefined) emit.add(brokenOption, at, length, one.wrong);
    else if (kind && fault !== undefined) emit.add(withFault(kind.field, fault), at, length);
    else if (emit.open(kind?.field ?? unknown, at, length)) {
      kind?.more?.(layer, emit, at, length);
      emit.close();
    }
  }
  emit.close();
}

/** ` MSS=1460 SACK_PERM`: the options in the packet list. */
export function tcpOptionsInfo(layer: Layer): string {
  const { frame, start, end } = layer;
  let text = '';
  for (const one of optionsIn(frame, start + 20, end, byType)) {
    if (one.wrong !== undefined || lengthFault(one) !== undefined) continue;
    const value = one.at + 2;
    switch (one.type) {
      case 2:
        text += ` MSS=${u16(frame, value)}`;
        break;
      case 3:
        text += ` WS=${2 ** Math.min(u8(frame, value), 14)}`;
        break;
      case 4:
        text += ' SACK_PERM';
        break;
      case 5:
        for (let edge = value; edge + 8 <= one.at + one.length; edge += 8)
          text += ` SLE=${u32(frame, edge)} SRE=${u32(frame, edge + 4)}`;
        break;
      case 8:
        text += ` TSval=${u32(frame, value)} TSecr=${u32(frame, value + 4)}`;
        break;
      case 19:
        text += ' MD5';
        break;
      case 34:
        text += one.length === 2 ? ' TFO=R' : ' TFO=C';
        break;
      default:
        break;
    }
  }
  return text;
}
