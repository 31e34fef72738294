/** All that is shown of one packet. */
import { timeBetween, timeText } from '../core/capture/captureTime.js';
import type { PacketDetail, PacketRow, TreeNode } from '../rpc/capture.js';
import { commentNode, frameNode } from './frameNode.js';
import type { PacketReader } from './packetReader.js';

/** The packet at hand: its row, its bytes, its tree. */
export function packetDetail(packets: PacketReader): PacketDetail {
  return {
    row: packetRow(packets),
    // Bytes leave for another thread: they must not drag the window along.
    bytes: packets.bytes.slice(),
    layers: packetLayers(packets),
  };
}

/** The tree of the packet at hand: its comments, what the file knows of it, its layers. */
export function packetLayers(packets: PacketReader): readonly TreeNode[] {
  const { comments } = packets;
  const layers = packets.decoder.tree(packets.walk);
  const frame = frameNode(packets.facts, packets.walk);
  return [...(comments.length > 0 ? [commentNode(comments)] : []), frame, ...layers];
}

/** The packet at hand in the usual columns. */
export function packetRow({ number, record, first, summary }: PacketReader): PacketRow {
  return {
    number,
    time: record.timed && first ? timeText(timeBetween(first, record)) : '',
    source: summary.source,
    destination: summary.destination,
    protocol: summary.protocol,
    length: record.wire,
    info: summary.info,
    tone: summary.problem || record.flaw !== '' ? 'problem' : 'plain',
  };
}
