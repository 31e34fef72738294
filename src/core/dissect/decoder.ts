/** Decodes one frame at a time; the way in for everything that shows or filters packets. */
import { fieldAddress } from './fieldText.js';
import { linkTypeName } from './linkTypes.js';
import { problemWord } from './problem.js';
import { claimTables } from './registry.js';
import { type DecodedNode, decodedTree } from './tree.js';
import { type Layer, Walk } from './walk.js';

export type { DecodedNode } from './tree.js';

/** The packet list's columns, as Wireshark fills them: the innermost layer that has something to say wins. */
export interface PacketSummary {
  readonly source: string;
  readonly destination: string;
  readonly protocol: string;
  readonly info: string;
  /** Cut by the snap length, or malformed. */
  readonly problem: boolean;
}

/** Keeps nothing from one frame to the next, except the memory it works in. */
export class Decoder {
  private readonly reused = new Walk(claimTables);

  /**
   * Finds the layers of a frame. `linkType` is the capture's LINKTYPE_ number, `wireLength` the bytes the frame had
   * on the wire, `seconds` its time since 1970 where that is known (only to recognise times inside packets). The walk
   * that comes back is the same object each time, and valid until the next call.
   */
  walk(frame: Uint8Array, linkType: number, wireLength: number, seconds?: number): Walk {
    return this.reused.run(frame, linkType, wireLength, seconds);
  }

  summary(walk: Walk): PacketSummary {
    let source = '';
    let destination = '';
    let protocol = '';
    let info = '';
    let suffix = '';
    for (let index = 0; index < walk.count; index++) {
      const layer = walk.layer(index);
      if (layer.isInside) continue;
      const { dissector } = layer;
      const word = typeof dissector.column === 'function' ? dissector.column(layer) : dissector.column;
      protocol = word ?? protocol;
      info = dissector.info?.(layer) ?? info;
      suffix += dissector.infoSuffix?.(layer) ?? '';
      source = address(layer, 'source') ?? source;
      destination = address(layer, 'destination') ?? destination;
    }
    if (protocol === '') {
      // Wireshark's word for a link type that it does not know.
      protocol = 'UNKNOWN';
      if (info === '')
        info = walk.linkType < 0 ? 'Its interface is not described in the file' : linkTypeName(walk.linkType);
    }
    info += suffix;
    const { problem } = walk;
    if (problem) info += `${info === '' ? '' : ' '}${problemWord(problem)}`;
    return { source, destination, protocol, info, problem: problem !== undefined };
  }

  /** The packet's tree, one node a layer; without Wireshark's `frame` node, which is the capture's to tell. */
  tree(walk: Walk): readonly DecodedNode[] {
    return decodedTree(walk);
  }
}

function address(layer: Layer, side: 'source' | 'destination'): string | undefined {
  const of = layer.dissector[side];
  return typeof of === 'function' ? of(layer) : of && fieldAddress(of, layer);
}
