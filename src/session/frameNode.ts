/** The top of a packet's tree: what the capture file knows of the packet, under Wireshark's names. */
import { counted, grouped } from '../core/base/words.js';
import type { Walk } from '../core/dissect/walk.js';
import type { FrameFacts, FrameField } from '../core/frame/frameField.js';
import { allFrameFields, frameFields, frameTexts } from '../core/frame/frameFields.js';
import type { TreeNode } from '../rpc/capture.js';

/** Names of all nodes that this file makes. */
export const frameFieldNames: readonly string[] = allFrameFields.map(({ name }) => name);

/** Wireshark's `Frame` layer: all of the captured bytes, when they were seen and where. */
export function frameNode(facts: FrameFacts, walk: Walk): TreeNode {
  const { number, record, reader } = facts;
  const { wire, captured } = record;
  const its = reader.interfaces[record.interface];
  const where = its?.name === undefined ? '' : ` on interface ${its.name}`;
  return {
    name: 'frame',
    label: `Frame ${grouped(number)}: ${counted(wire, 'byte')} on wire, ${counted(captured, 'byte')} captured${where}`,
    start: 0,
    length: captured,
    ...(record.flaw === '' ? {} : { problem: true }),
    children: Object.values(frameFields).flatMap((field) => nodes(field, facts, walk)),
  };
}

/** The nodes of a field, one a value: nothing of it lies in the captured bytes. */
function nodes(field: FrameField, facts: FrameFacts, walk: Walk): readonly TreeNode[] {
  const children = (field.children ?? []).flatMap((child) => nodes(child, facts, walk));
  return frameTexts(field, facts, walk).map((value) => {
    const line = `${field.label}: ${field.text?.(value, facts) ?? value}`;
    return {
      ...fact(field.name, field.derived ? `[${line}]` : line, value),
      ...(field.problem ? { problem: true } : {}),
      ...(children.length > 0 ? { children } : {}),
    };
  });
}

const fact = (name: string, label: string, value: string): TreeNode => ({
  name,
  label,
  value,
  start: 0,
  length: 0,
  generated: true,
});

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
