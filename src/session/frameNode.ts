/** The top of a packet's tree: what the capture file knows of the packet, under Wireshark's names. */
import {
  calendarText,
  isoText,
  timeBetween,
  timeText,
  type CaptureTime,
} from '../core/capture/captureTime.js';
import type { RecordReader, RecordView } from '../core/capture/record.js';
import { linkTypeName } from '../core/dissect/linkTypes.js';
import { counted, grouped } from '../core/base/words.js';
import type { TreeNode } from '../rpc/capture.js';

/** Names of all nodes that this file makes. */
export const frameFieldNames = [
  'frame',
  'frame.section_number',
  'frame.interface_id',
  'frame.interface_name',
  'frame.interface_description',
  'frame.encap_type',
  'frame.time',
  'frame.time_epoch',
  'frame.time_delta',
  'frame.time_relative',
  'frame.number',
  'frame.len',
  'frame.cap_len',
  'frame.protocols',
  'pkt_comment',
  'frame.comment',
  'cilium.frame.damage',
] as const;

type FrameFieldName = (typeof frameFieldNames)[number];

/** A node about the packet as the file holds it: nothing of it lies in the captured bytes. */
function fact(name: FrameFieldName, label: string, value: string, more?: Partial<TreeNode>): TreeNode {
  return { name, label, value, start: 0, length: 0, generated: true, ...more };
}

/** What the `frame` node is made from. */
export interface FrameFacts {
  readonly number: number;
  readonly record: RecordView;
  readonly reader: RecordReader;
  /** The layers of the packet, outermost first. */
  readonly layers: readonly TreeNode[];
  /** Time of the packet before. */
  readonly before: CaptureTime | undefined;
  /** Time of the first packet of the file. */
  readonly first: CaptureTime | undefined;
}

/** Wireshark's `Frame` layer: all of the captured bytes, when they were seen and where. */
export function frameNode({ number, record, reader, layers, before, first }: FrameFacts): TreeNode {
  const its = reader.interfaces[record.interface];
  const { wire, captured } = record;
  const children: TreeNode[] = [];
  const add = (...args: Parameters<typeof fact>): void => {
    children.push(fact(...args));
  };

  if (reader.sections.length > 1 && its) {
    add('frame.section_number', `Section number: ${its.section + 1}`, (its.section + 1).toString());
  }
  if (its) {
    const id = its.id.toString();
    const details: TreeNode[] = [];
    if (its.name !== undefined)
      details.push(fact('frame.interface_name', `Interface name: ${its.name}`, its.name));
    if (its.description !== undefined) {
      const label = `Interface description: ${its.description}`;
      details.push(fact('frame.interface_description', label, its.description));
    }
    const named = its.name === undefined ? id : `${id} (${its.name})`;
    add('frame.interface_id', `Interface id: ${named}`, id, details.length > 0 ? { children: details } : {});
    add(
      'frame.encap_type',
      `Encapsulation type: ${linkTypeName(its.linkType)} (${its.linkType})`,
      its.linkType.toString(),
    );
  }
  if (record.timed) {
    add('frame.time', `Arrival Time: ${calendarText(record)}`, isoText(record));
    add('frame.time_epoch', `Epoch Time: ${timeText(record)} seconds`, timeText(record));
    const span = (name: FrameFieldName, title: string, since: CaptureTime | undefined): void => {
      const value = timeText(timeBetween(since ?? record, record));
      add(name, `[${title}: ${value} seconds]`, value);
    };
    span('frame.time_delta', 'Time delta from previous captured frame', before);
    span('frame.time_relative', 'Time since first frame', first);
  }
  add('frame.number', `Frame Number: ${grouped(number)}`, number.toString());
  add('frame.len', `Frame Length: ${bytesAndBits(wire)}`, wire.toString());
  add('frame.cap_len', `Capture Length: ${bytesAndBits(captured)}`, captured.toString());
  const protocols = protocolNames(layers).join(':');
  add('frame.protocols', `[Protocols in frame: ${protocols}]`, protocols);

  const where = its?.name === undefined ? '' : ` on interface ${its.name}`;
  return {
    name: 'frame',
    label: `Frame ${grouped(number)}: ${counted(wire, 'byte')} on wire, ${counted(captured, 'byte')} captured${where}`,
    start: 0,
    length: captured,
    ...(record.flaw === '' ? {} : { problem: true }),
    children: record.flaw === '' ? children : [...children, flawNode(record.flaw)],
  };
}

/** Comments that people left on a packet. */
export function commentNode(comments: readonly string[]): TreeNode {
  return {
    name: 'pkt_comment',
    label: 'Packet comments',
    start: 0,
    length: 0,
    generated: true,
    children: comments.map((comment) => fact('frame.comment', comment, comment)),
  };
}

/** What is wrong with the record in the file. */
function flawNode(flaw: string): TreeNode {
  return fact('cilium.frame.damage', `[Damaged in the file: ${flaw}]`, flaw, { problem: true });
}

function bytesAndBits(bytes: number): string {
  return `${counted(bytes, 'byte')} (${counted(bytes * 8, 'bit')})`;
}

/** Layers whose payload Wireshark finds by EtherType, which it counts as a protocol of its own. */
const namedByEthertype = new Set(['eth', 'vlan', 'ieee8021ad', 'sll']);

function protocolNames(layers: readonly TreeNode[]): string[] {
  return layers.flatMap(({ name }, at) => {
    const next = layers[at + 1]?.name;
    return namedByEthertype.has(name) && next !== undefined && next !== 'llc' ? [name, 'ethertype'] : [name];
  });
}
