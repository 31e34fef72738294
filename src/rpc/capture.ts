/**
 * What the packet view may ask of the session that owns a capture, and what the session tells it unasked.
 * Host, worker and webview all compile against this file.
 *
 * Packet numbers count from 1, as Wireshark's frame numbers do; rows of the list count from 0.
 */
import { listCallNames, listEventNames, type ListCalls, type ListEvents } from './packetList.js';

/** What is known of the capture as a whole. Numbers are as of now: indexing may still go on. */
export interface CaptureSummary {
  /** File name for people. */
  readonly name: string;
  /** Size in bytes. */
  readonly size: number;
  /** `pcap`, `pcapng`, with the variant in words: `pcap (nanoseconds, big-endian)`. */
  readonly format: string;
  /** One a capture interface; a pcap file has exactly one. */
  readonly interfaces: readonly { readonly name: string; readonly linkType: string }[];
  readonly packets: number;
  /** Bytes of the file indexed so far; equals `size` when done. */
  readonly indexed: number;
  readonly done: boolean;
  /** Seconds from first to last packet, as decimal text; empty without packets. */
  readonly duration: string;
  /** Time of the first packet: seconds since the epoch as decimal text in the file's resolution. */
  readonly firstTime: string;
  /** What was wrong with the file, in order. What could be read is shown all the same. */
  readonly damage: readonly CaptureDamage[];
  /** What is odd without being damage, each kind once: times that go backwards. Absent when nothing is. */
  readonly oddities?: readonly CaptureDamage[];
  /** Packets with comments; absent when there are none. */
  readonly commented?: number;
  /** The file has grown since it was opened: something may still be writing it. */
  readonly growing?: true;
  /** How far the columns reach from which filters answer at once; absent before there are any. */
  readonly columns?: {
    /** Packets gone through, from the first. */
    readonly packets: number;
    /** False where the memory that they may take is used up: then they end there. */
    readonly kept: boolean;
  };
}

/** Something in the file that is not as it should be. */
export interface CaptureDamage {
  /** Byte offset in the file. */
  readonly offset: number;
  /** Number of the last packet before it, 0 when none. */
  readonly afterPacket: number;
  /** One sentence with figures: what was claimed and what was there. */
  readonly message: string;
}

/** The file is not a capture that we read. */
export interface NotACapture {
  /** What its first bytes look like: `a gzip archive`, `a PNG picture`, `text`, `an empty file`. */
  readonly seems: string;
  /** A sentence for the user. */
  readonly message: string;
}

/** A packet in short, as the usual columns of the list say it. */
export interface PacketRow {
  readonly number: number;
  readonly time: string;
  readonly source: string;
  readonly destination: string;
  readonly protocol: string;
  readonly length: number;
  readonly info: string;
  /** `problem`: cut short by the snap length or malformed. */
  readonly tone: 'plain' | 'problem';
}

/** A node of the packet tree. Layers are the top nodes. */
export interface TreeNode {
  /** Wireshark's display-filter name, or `cilium.…` for what Wireshark does not have. */
  readonly name: string;
  /** What the tree shows. */
  readonly label: string;
  /** What a display filter compares with; absent on nodes that only group. */
  readonly value?: string;
  /** First byte in the captured frame. */
  readonly start: number;
  readonly length: number;
  /** Worked out, not read: has no bytes. */
  readonly generated?: boolean;
  /** Deserves attention: a wrong checksum, a cut or malformed layer. */
  readonly problem?: boolean;
  readonly children?: readonly TreeNode[];
}

/** The packet that is on screen. */
export interface PacketDetail {
  readonly row: PacketRow;
  /** The captured bytes. */
  readonly bytes: Uint8Array;
  readonly layers: readonly TreeNode[];
}

export interface CaptureCalls extends ListCalls {
  /** Opens the file and reads its first records; more follow as `progress` events. */
  open(argument: undefined): CaptureSummary | NotACapture;
  /** The packet with this number (from 1); nothing when there is none (yet). */
  packet(at: { readonly number: number }): PacketDetail | undefined;
}

export interface CaptureEvents extends ListEvents {
  /** Indexing went on, ended, or met damage; the file has grown; more columns are there. */
  progress: CaptureSummary;
  /** The file can no longer be read: removed, replaced, no permission. */
  lost: { readonly message: string };
}

/** All calls by name, for those who hand them on: one that is missing here does not compile. */
export const captureCallNames = namesOf<keyof CaptureCalls>({ ...listCallNames, open: true, packet: true });

/** All events by name. */
export const captureEventNames = namesOf<keyof CaptureEvents>({
  ...listEventNames,
  progress: true,
  lost: true,
});

function namesOf<Name extends string>(table: Readonly<Record<Name, true>>): readonly Name[] {
  return Object.keys(table) as Name[];
}

/** True when an opened file turned out not to be a capture. */
export function isNotACapture(summary: CaptureSummary | NotACapture): summary is NotACapture {
  return 'seems' in summary;
}
