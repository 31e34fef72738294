/** The fields of Wireshark's `frame`, in the order of its tree. The tree, filters, columns and completion read them here. */
import { timeBetween, type CaptureTime } from '../capture/captureTime.js';
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

const uint = (name: string, label: string, number: FrameField['number']): FrameField => ({
  name,
  label,
  type: 'uint',
  ...(number ? { number } : {}),
});

export const frameFields = {
  section: uint('frame.section_number', 'Section number', (facts) => {
    const its = interfaceOf(facts);
    return its && isPcapng(facts) ? its.section + 1 : undefined;
  }),
  interfaceId: uint('frame.interface_id', 'Interface id', (facts) =>
    isPcapng(facts) ? interfaceOf(facts)?.id : undefined,
  ),
  interfaceName: {
    name: 'frame.interface_name',
    label: 'Interface name',
    type: 'string',
    texts: (facts) => oneText(interfaceOf(facts)?.name),
  },
  interfaceDescription: {
    name: 'frame.interface_description',
    label: 'Interface description',
    type: 'string',
    texts: (facts) => oneText(interfaceOf(facts)?.description),
  },
  linkType: {
    ...uint('frame.encap_type', 'Encapsulation type', (facts) => interfaceOf(facts)?.linkType),
    values: linkTypeName,
  },
  time: {
    name: 'frame.time',
    label: 'Arrival Time',
    type: 'time',
    time: ({ record }) => (record.timed ? record : undefined),
  },
  epoch: {
    name: 'frame.time_epoch',
    label: 'Epoch Time',
    type: 'span',
    time: ({ record }) => (record.timed ? record : undefined),
  },
  delta: {
    name: 'frame.time_delta',
    label: 'Time delta from previous captured frame',
    type: 'span',
    time: (facts) => since(facts, facts.before),
  },
  relative: {
    name: 'frame.time_relative',
    label: 'Time since first frame',
    type: 'span',
    time: (facts) => since(facts, facts.first),
  },
  number: uint('frame.number', 'Frame Number', ({ number }) => number),
  length: uint('frame.len', 'Frame Length', ({ record }) => record.wire),
  captured: uint('frame.cap_len', 'Capture Length', ({ record }) => record.captured),
  marked: {
    name: 'frame.marked',
    label: 'Frame is marked',
    type: 'flag',
    number: ({ marked }) => (marked ? 1 : 0),
  },
  protocols: {
    name: 'frame.protocols',
    label: 'Protocols in frame',
    type: 'string',
    texts: (_, walk) => [protocolNames(walk).join(':')],
  },
  comment: {
    name: 'frame.comment',
    label: 'Comment',
    type: 'string',
    texts: ({ comments }) => comments?.() ?? [],
  },
  damage: {
    name: 'cilium.frame.damage',
    label: 'Damaged in the file',
    type: 'string',
    texts: ({ record }) => (record.flaw === '' ? [] : [record.flaw]),
  },
} as const satisfies Readonly<Record<string, FrameField>>;

/** The nodes of the tree that hold the fields. */
export const frameNodes = {
  frame: { name: 'frame', label: 'Frame', type: 'packet' },
  comments: {
    name: 'pkt_comment',
    label: 'Packet comments',
    type: 'label',
    number: ({ comments }) => ((comments?.() ?? []).length > 0 ? 1 : undefined),
  },
} as const satisfies Readonly<Record<string, FrameField>>;

/** All of them, by the names of filters. */
export const allFrameFields: readonly FrameField[] = [
  ...Object.values(frameNodes),
  ...Object.values(frameFields),
];

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
