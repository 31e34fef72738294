import { claimTables } from '../dissect/registry.js';
import { Walk } from '../dissect/walk.js';
import { type FlowLayer, LayerCode, layersByCode, tcpFlagsByte } from './flowLayer.js';
import type { FlowTable } from './flowTable.js';
import { byTcpPort, byUdpPort, type LayerTable } from './nextLayers.js';

/** The headers of a packet as they are kept for a stack of headers. */
export interface SpecimenHeaders {
  /** Codes of the headers, outermost first. */
  readonly layers: readonly LayerCode[];
  readonly bytes: Uint8Array;
  readonly linkType: number;
  /** Bytes the packet had on the wire. */
  readonly wire: number;
}

/** A header of a specimen. */
export interface SpecimenLayer extends FlowLayer {
  /** Where it begins in the frame. */
  readonly start: number;
}

/**
 * The headers of one packet, standing for all packets that have the same ones. Laying the key of a flow over them
 * makes a packet of that flow, as far as the flow is known: what the dissectors and the filter say of it then holds
 * for every packet of the flow, if they look at known bits only.
 */
export class Specimen {
  readonly layers: readonly SpecimenLayer[];
  /**
   * The layers of the frame. They stay the same when the key of another flow is laid over: the bits that lead from
   * header to header do not change.
   */
  readonly walk: Walk;
  /** Whether the dissectors see the layers that the flows have. It should never be false; then nothing is known. */
  readonly isRight: boolean;
  /** The bits of each byte of the frame that are right for all packets of a flow, once its key is laid over. */
  readonly known: Uint8Array;
  /** Place of the TCP flags in the frame; -1 where there are none. */
  readonly flagsAt: number;
  readonly frame: Uint8Array;
  private readonly view: DataView;
  /** Where each word of the key goes, and the bits of it that do. */
  private readonly places: readonly number[];
  private readonly masks: readonly number[];
  private readonly ports: { readonly at: number; readonly table: LayerTable } | undefined;

  constructor({ layers, bytes, linkType, wire }: SpecimenHeaders) {
    const frame = bytes.slice();
    const walk = new Walk(claimTables).run(frame, linkType, wire);
    this.frame = frame;
    this.walk = walk;
    this.view = new DataView(frame.buffer);
    this.layers = layers.flatMap((code, index) => {
      const layer = layersByCode[code];
      return layer ? [{ ...layer, start: walk.startOf(index) }] : [];
    });
    this.isRight = this.layers.every(
      ({ id }, index) => index < walk.count && walk.dissectorAt(index).id === id,
    );
    // What follows is the packet's own, not the flow's.
    walk.count = Math.min(walk.count, layers.length);
    this.known = new Uint8Array(frame.length);
    const places: number[] = [];
    const masks: number[] = [];
    for (const { start, key, same } of this.layers) {
      for (const { at, mask } of [...key, ...same]) this.learn(start + at, mask);
      for (const { at, mask } of key) {
        places.push(start + at);
        masks.push(mask | 0);
      }
    }
    this.places = places;
    this.masks = masks;
    const last = this.layers.at(-1);
    this.flagsAt = last?.id === 'tcp' ? last.start + tcpFlagsByte : -1;
    const table = last?.id === 'tcp' ? byTcpPort : last?.id === 'udp' ? byUdpPort : undefined;
    this.ports = last && table ? { at: last.start, table } : undefined;
  }

  /** Makes the frame one of a flow with these headers. */
  become(flows: FlowTable, flow: number): void {
    const { places, masks, view } = this;
    const { words } = flows;
    const start = flows.keyStart(flow);
    for (let word = 0; word < places.length; word++) {
      const at = places[word] ?? 0;
      const mask = masks[word] ?? 0;
      const value = words[start + word] ?? 0;
      view.setInt32(at, mask === -1 ? value : (view.getInt32(at) & ~mask) | value);
    }
  }

  /** Whether a dissector claims one of the frame's ports: then there may be more layers than those of the flow. */
  get isServed(): boolean {
    if (!this.ports) return false;
    const { at, table } = this.ports;
    return (
      table[this.view.getUint16(at)] !== LayerCode.unclaimed ||
      table[this.view.getUint16(at + 2)] !== LayerCode.unclaimed
    );
  }

  /** Whether a dissector may know what follows by its looks, whatever the ports. */
  get mayBeRecognised(): boolean {
    return this.layers.at(-1)?.id === 'udp';
  }

  private learn(at: number, mask: number): void {
    for (let byte = 0; byte < 4; byte++) {
      const bits = (mask >>> (24 - 8 * byte)) & 0xff;
      this.known[at + byte] = (this.known[at + byte] ?? 0) | bits;
    }
  }
}
