import type { Emit } from './emit.js';
import type { Field, FieldSet } from './field.js';
import type { Layer, Walk } from './walk.js';

/**
 * The tables by which a header says what follows it, named as in Wireshark. `link` holds the link types of capture
 * files (LINKTYPE_ numbers of the tcpdump group).
 */
export type ClaimTable =
  | 'link'
  | 'ethertype'
  | 'ip.proto'
  | 'udp.port'
  | 'tcp.port'
  | 'llc.dsap'
  | 'llc.cisco_pid'
  | 'gre.proto'
  | 'ppp.protocol';

/** The child says where it belongs: `udp.port` 8472. */
export interface Claim {
  readonly table: ClaimTable;
  readonly keys: readonly number[];
}

/** A header with what its fields must say. Shown in the reference, run by a test. */
export interface Example {
  readonly title: string;
  /** Bytes from the header's start; blanks are free. */
  readonly hex: string;
  /** Values by field name, as a filter compares them. */
  readonly fields: Readonly<Record<string, number | string>>;
  /** What the packet list says, where the dissector has a say in it. */
  readonly info?: string;
}

/** An address for the packet list: a placed field, or worked out where the header alone does not tell. */
export type AddressOf = Field | ((layer: Layer) => string | undefined);

/** All there is to know about a protocol. */
export interface Dissector {
  /** Wireshark's filter name of the protocol. */
  readonly id: string;
  /** Full name, first words of its line in the tree. */
  readonly title: string;
  /** Word for the packet list's protocol column; without one the layer below keeps its own. */
  readonly column?: string | ((layer: Layer) => string | undefined);
  /** What its field names start with, where that is not the id. */
  readonly prefix?: string;
  /** Address of the specification. */
  readonly spec: string;
  readonly claims: readonly Claim[];
  /**
   * For dissectors that ports lead to: packets lie inside, so that headers of links and networks may follow. Nothing of
   * the kind may follow without it, so filters on addresses and ports need not look into what a port carries.
   */
  readonly carriesPackets?: true;
  /**
   * For packets that no port tells: whether the bytes from `offset` of the layer being measured on look like ours. Only
   * for protocols whose packets cannot well be taken for others, and that Wireshark recognises so by default.
   */
  readonly recognises?: { readonly over: 'udp'; matches(walk: Walk, offset: number): boolean };
  /** Fields in the order of the tree. */
  readonly fields: FieldSet;
  /** Fields that `extra` reports: those without a fixed place. */
  readonly loose?: FieldSet;
  /** Further names for filters, each with the fields it stands for: `ip.addr`. */
  readonly aliases?: Readonly<Record<string, readonly Field[]>>;
  /** Addresses for the packet list; the innermost layer that has them wins. */
  readonly source?: AddressOf;
  readonly destination?: AddressOf;
  /**
   * Where the header ends and what follows. Runs on every frame and allocates nothing; does not trust a length it
   * has not compared with what is there.
   */
  measure(walk: Walk): void;
  /** What follows the title in the tree: `Src Port: 80, Dst Port: 41318`. */
  heading?(layer: Layer): string;
  /** Words for the packet list; the innermost layer that has some wins. */
  info?(layer: Layer): string | undefined;
  /** Words put after the info text of an inner layer. */
  infoSuffix?(layer: Layer): string | undefined;
  /** Reports the loose fields. Runs for the frame on screen, or for a filter that names one of them. */
  extra?(layer: Layer, emit: Emit): void;
  readonly examples: readonly Example[];
}

/** Declares a protocol; checks the shape and keeps it. */
export function defineDissector(dissector: Dissector): Dissector {
  return dissector;
}
