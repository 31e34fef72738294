/** What a capture format must offer, and the view of one record that its readers fill. */
import type { ByteWindow } from './byteWindow.js';
import type { CaptureClock, CaptureTime } from './captureTime.js';
import type { RecordBatch } from './recordBatch.js';

/** Something that a file says of itself, in words: its name in the format, what people call it, and the value. */
export interface FileDetail {
  readonly name: string;
  readonly label: string;
  readonly value: string;
}

/** What stands in a file beside packets, sections and interfaces. */
export interface FileBlock {
  readonly offset: number;
  /** Bytes in all. */
  readonly length: number;
  /** `Interface statistics`. */
  readonly title: string;
  readonly details: readonly FileDetail[];
}

/** A name that a file gives an address. */
export interface ResolvedName {
  readonly address: string;
  readonly name: string;
}

/** An interface that packets were captured on. */
export interface CaptureInterface {
  /** Its number within its section, as the file counts. */
  readonly id: number;
  /** Number of its section, from 0. */
  readonly section: number;
  /** LINKTYPE_ value (https://www.tcpdump.org/linktypes.html). */
  readonly linkType: number;
  /** Most bytes captured of a packet; 0 is no limit. */
  readonly snapLength: number;
  readonly clock: CaptureClock;
  /** Offset of the block that describes it, in formats that have such blocks. */
  readonly block?: number;
  /** Texts that the file gives; absent where it does not. */
  readonly name?: string;
  readonly description?: string;
  /** All that the file says of it, in the order of the file. */
  readonly details: readonly FileDetail[];
}

/** A section of a capture file: pcap has one, pcapng one or more. */
export interface CaptureSection {
  readonly offset: number;
  readonly bigEndian: boolean;
  /** All that the file says of it, in the order of the file. */
  readonly details: readonly FileDetail[];
}

/** One packet record of a file. Made once and filled again for every record: a pass over millions allocates nothing. */
export class RecordView implements CaptureTime {
  /** Where the record begins. */
  offset = 0;
  /** Where the next one begins. */
  next = 0;
  /** Where the captured bytes begin. */
  data = 0;
  /** How many bytes were captured. */
  captured = 0;
  /** How long the packet was on the wire. */
  wire = 0;
  /** False for records without a time stamp (pcapng's simple packet blocks). */
  timed = true;
  seconds = 0;
  fraction = 0;
  digits = 6;
  /** Index into the reader's `interfaces`; -1 when the record names one that the file does not describe. */
  interface = 0;
  /** Where the options of the record begin; the end of the record where it has none. */
  options = 0;
  /** What is wrong with the record although it can be shown; empty when nothing is. */
  flaw = '';
}

/** What {@link RecordReader.read} found. Numbers, because it is asked for every record of the file. */
export const found = {
  /** A packet; the view is filled. */
  packet: 0,
  /** Something else to step over; only `offset`, `next` and `flaw` of the view are filled. */
  other: 1,
  /** No record of this format. */
  bad: 2,
  /** The file ends inside the record. */
  cut: 3,
  /** The file ends here, as it should. */
  end: 4,
} as const;

export type Found = (typeof found)[keyof typeof found];

/** Reads records of one open file. It holds what the file has declared so far (sections, interfaces), no packets. */
export interface RecordReader {
  /** `pcap`, `pcapng`, with the variant in words: `pcap (nanoseconds, big-endian)`. */
  readonly format: string;
  /** Offset of the first record. */
  readonly first: number;
  readonly sections: readonly CaptureSection[];
  /** Grows while the file is read for the first time. */
  readonly interfaces: readonly CaptureInterface[];
  /** What is wrong with the file header although records can be read; empty when nothing is. */
  readonly flaw: string;
  /** Reads the record at `offset`. Any place that was read before may be read again, in any order. */
  read(window: ByteWindow, offset: number, record: RecordView): Found;
  /**
   * The same for very many, fast: fills a batch with the plain packets from `offset`, as far as they lie whole in the
   * window (which is not moved), begin before `stop` and have room. Finds none where something else comes first; then
   * `read` tells what.
   */
  readBatch(window: ByteWindow, offset: number, stop: number, batch: RecordBatch): void;
  /** Why `read` answered `bad` or `cut` at `offset`: a sentence with figures, without a full stop. */
  explain(window: ByteWindow, offset: number): string;
  /**
   * Whether the file, which `read` found to end inside the record at `offset`, ends inside a record beyond reasonable
   * doubt: then it is cut off there, and no records are to be looked for in what is left.
   */
  endsInside(window: ByteWindow, offset: number, before: RecordView | undefined): boolean;
  /**
   * The first place from `from` and before `stop` where a record may well begin, -1 when there is none: what is there
   * looks like one, and so does what follows it. `before` is the last record that was surely one. For finding the way
   * back after damage: it looks no further than {@link searchReach} bytes behind a place, which are in the window as
   * far as the file has them.
   */
  search(window: ByteWindow, from: number, stop: number, before: RecordView | undefined): number;
  /** Whether packets of this format can have comments. */
  readonly canComment: boolean;
  /** The comments of a packet. */
  comments(window: ByteWindow, record: RecordView): readonly string[];
  /** Whether a packet has comments: cheap, for asking it of every row. */
  hasComment(window: ByteWindow, record: RecordView): boolean;
  /** All options of a packet (pcapng has them): flags, hash, verdict, comments …. */
  packetOptions(window: ByteWindow, record: RecordView): readonly FileDetail[];
  /** What was read so far beside packets, sections and interfaces; a bounded number of blocks. */
  readonly blocks: readonly FileBlock[];
  /** How many more there were. */
  readonly unlistedBlocks: number;
  /** Names that the file gives addresses, as far as it was read; `limit` at most. */
  resolvedNames(limit: number): readonly ResolvedName[];
}

/** A file format. */
export interface CaptureFormat {
  readonly id: string;
  /** Whether a file that begins with these bytes claims to be of this format. */
  sniff(head: Uint8Array): boolean;
  open(window: ByteWindow): RecordReader;
}

/** Packets larger than this are not believed: the largest that any link type of libpcap's knows. */
export const largestPacket = 128 * 1024 * 1024;
/** Packets larger than this are not believed where the file does not announce them (libpcap's MAXIMUM_SNAPLEN). */
export const usualLargestPacket = 262_144;
/** How far a search for the way back looks ahead: three of the largest usual packets, with what is around them. */
export const searchReach = 1024 * 1024;
