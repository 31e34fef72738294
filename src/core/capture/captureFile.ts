import { counted } from '../base/words.js';
import type { ByteSource } from './byteSource.js';
import { ByteWindow } from './byteWindow.js';
import { pcap } from './formats/pcap.js';
import { pcapng } from './formats/pcapng.js';
import type { CaptureFormat, RecordReader } from './record.js';
import { seemingly, sniffLength } from './sniff.js';

/** Every format we read. A new one is added here. */
export const captureFormats: readonly CaptureFormat[] = [pcap, pcapng];

/** A file that is no capture, or none of ours. */
export interface NoCapture {
  /** `a gzip archive`, `text`, `an empty file`. */
  readonly seems: string;
  /** What to do about it, a sentence. */
  readonly advice: string;
  /** Both as the rest of a sentence that begins with the name of the file. */
  readonly finding: string;
  /** The same with the name of the file, for the user. */
  readonly message: string;
}

/** Finds the format of a source and reads its header. */
export function openCapture(source: ByteSource): RecordReader | NoCapture {
  const window = new ByteWindow(source, 64 * 1024);
  // No format needs more than 12 bytes to be known; a live stream is not asked for more before that.
  const start = window.slice(0, 12);
  const format = captureFormats.find((candidate) => candidate.sniff(start));
  if (format) return format.open(window);
  const head = window.slice(0, sniffLength);
  const { seems, advice } = seemingly(head);
  const finding = flawedFinding(source) ?? shortFinding(head.length) ?? `looks like ${seems}. ${advice}`;
  return { seems, advice, finding, message: `${source.name} ${finding}` };
}

/** What to say of an archive of which nothing came out, or too little to be anything. */
function flawedFinding({ flaw, size }: ByteSource): string | undefined {
  return flaw !== undefined && size < sniffLength ? `cannot be unpacked: ${flaw}.` : undefined;
}

/** What to say of a file with so few bytes that they show nothing. */
function shortFinding(length: number): string | undefined {
  if (length === 0) return 'is empty.';
  return length < 4 ? `is ${counted(length, 'byte')} long, too short to be a capture.` : undefined;
}

/** Tells the two answers of {@link openCapture} apart. */
export function isCapture(opened: RecordReader | NoCapture): opened is RecordReader {
  return 'read' in opened;
}
