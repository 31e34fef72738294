/** The fields of Wireshark's `frame`, in the order of its tree. The tree, filters, columns and completion read them here. */
import { counted, grouped } from '../base/words.js';
import { calendarText, isoText, timeBetween, timeText, type CaptureTime } from '../capture/captureTime.js';
import type { CaptureInterface } from '../capture/record.js';
import { linkTypeName } from '../dissect/linkTypes.js';
import type { Walk } from '../dissect/walk.js';
import type { FrameFacts, FrameField } from './frameField.js';

const interfaceOf = ({ record, reader }: FrameFacts): CaptureInterface | undefined =>
  reader.interfaces[record.interface];

/** Only pcapng has sections and numbered interfaces. */
const isPcapng = ({ reader }: FrameFacts): boolean => reader.format.startsWith('pcapng');

const oneText = (text: string | undefined): readonly string[] => (text === undefined ? [] : [text]);

/** Time since another packet; 0 where there is none before. */
function since({ record }: FrameFacts, other: CaptureTime | undefined): CaptureTime | undefined {
  return record.timed ? timeBetween(other ?? record, record) : undefined;
}

const bytesAndBits = (value: string): string =>
  `${counted(Number(value), 'byte')} (${counted(Number(value) * 8, 'bit')})`;
const inSeconds = (value: string): string => `${value} seconds`;

/** In the order of the tree. */
export const frameFields = {
  section: {
    name: 'frame.section_number',
    label: 'Section number',
    type: 'uint',
    number: (facts) => (isPcapng(facts) ? (interfaceOf(facts)?.section ?? -1) + 1 || undefined : undefined),
  },
  interfaceId: {
    name: 'frame.interface_id',
    label: 'Interface id',
    type: 'uint',
    number: (facts) => (isPcapng(facts) ? interfaceOf(facts)?.id : undefined),
    text(value, facts) {
      const name = interfaceOf(facts)?.name;
      return name === undefined ? value : `${value} (${name})`;
    },
    children: [
      {
        name: 'frame.interface_name',
        label: 'Interface name',
        type: 'string',
        texts: (facts) => oneText(interfaceOf(facts)?.name),
      },
      {
        name: 'frame.interface_description',
        label: 'Interface description',
        type: 'string',
        texts: (facts) => oneText(interfaceOf(facts)?.description),
      },
    ],
  },
  linkType: {
    name: 'frame.encap_type',
    label: 'Encapsulation type',
    type: 'uint',
    number: (facts) => interfaceOf(facts)?.linkType,
    values: linkTypeName,
    text: (value) => `${linkTypeName(Number(value))} (${value})`,
  },
  time: {
    name: 'frame.time',
    label: 'Arrival Time',
    type: 'time',
    time: ({ record }) => (record.timed ? record : undefined),
    text: (_, { record }) => calendarText(record),
  },
  epoch: {
    name: 'frame.time_epoch',
    label: 'Epoch Time',
    type: 'span',
    time: ({ record }) => (record.timed ? record : undefined),
    text: inSeconds,
  },
  delta: {
    name: 'frame.time_delta',
    label: 'Time delta from previous captured frame',
    type: 'span',
    derived: true,
    time: (facts) => since(facts, facts.before),
    text: inSeconds,
  },
  relative: {
    name: 'frame.time_relative',
    label: 'Time since first frame',
    type: 'span',
    derived: true,
    time: (facts) => since(facts, facts.first),
    text: inSeconds,
  },
  number: {
    name: 'frame.number',
    label: 'Frame Number',
    type: 'uint',
    number: ({ number }) => number,
    text: (value) => grouped(Number(value)),
  },
  length: {
    name: 'frame.len',
    label: 'Frame Length',
    type: 'uint',
    number: ({ record }) => record.wire,
    text: bytesAndBits,
  },
  captured: {
    name: 'frame.cap_len',
    label: 'Capture Length',
    type: 'uint',
    number: ({ record }) => record.captured,
    text: bytesAndBits,
  },
  marked: {
    name: 'frame.marked',
    label: 'Frame is marked',
    type: 'flag',
    derived: true,
    number: ({ marked }) => (marked ? 1 : 0),
    text: (value) => (value === '1' ? 'True' : 'False'),
  },
  protocols: {
    name: 'frame.protocols',
    label: 'Protocols in frame',
    type: 'string',
    derived: true,
    texts: (_, walk) => [protocolNames(walk).join(':')],
  },
  damage: {
    name: 'cilium.frame.damage',
    label: 'Damaged in the file',
    type: 'string',
    derived: true,
    problem: true,
    texts: ({ record }) => oneText(record.flaw === '' ? undefined : record.flaw),
  },
} as const satisfies Readonly<Record<string, FrameField>>;

/** `frame` itself, and the comments that people left on the packet. */
export const frameRoots: readonly FrameField[] = [
  { name: 'frame', label: 'Frame', type: 'packet', children: Object.values(frameFields) },
  {
    name: 'pkt_comment',
    label: 'Packet comments',
    type: 'label',
    number: ({ comments }) => ((comments?.() ?? []).length > 0 ? 1 : undefined),
    children: [
      {
        name: 'frame.comment',
        label: 'Comment',
        type: 'string',
        texts: ({ comments }) => comments?.() ?? [],
      },
    ],
  },
];

const withChildren = (field: FrameField): readonly FrameField[] => [
  field,
  ...(field.children ?? []).flatMap(withChildren),
];

/** All of them, those within others too. */
export const allFrameFields: readonly FrameField[] = frameRoots.flatMap(withChildren);

/** The values of a field as a filter compares them; none where the packet does not have it. */
export function frameTexts(field: FrameField, facts: FrameFacts, walk: Walk): readonly string[] {
  if (field.texts) return field.texts(facts, walk);
  const time = field.time?.(facts);
  if (time) return [field.type === 'time' ? isoText(time) : timeText(time)];
  const number = field.number?.(facts, walk);
  return number === undefined ? [] : [number.toString()];
}

/** Layers whose payload Wireshark finds by EtherType, which it counts as a protocol of its own. */
const namedByEthertype = new Set(['eth', 'vlan', 'ieee8021ad', 'sll']);

/**
 * The protocols of a packet, outermost first, as Wireshark lists them: with `ethertype` where one led to the next
 * layer, without the packets that error messages quote.
 */
export function protocolNames(walk: Walk): readonly string[] {
  const names: string[] = [];
  for (let index = 0; index < walk.count; index++) {
    const { id } = walk.dissectorAt(index);
    const isPayload = id === 'data' && walk.parentOf(index) === index - 1;
    if (walk.isInside(index) && !isPayload) continue;
    names.push(id);
    const next = index + 1 < walk.count ? walk.dissectorAt(index + 1).id : 'llc';
    if (namedByEthertype.has(id) && next !== 'llc') names.push('ethertype');
  }
  return names;
}
