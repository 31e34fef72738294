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
  /** Both with the name of the file, for the user. */
  readonly message: string;
}

/** Finds the format of a source and reads its header. */
export function openCapture(source: ByteSource): RecordReader | NoCapture {
  const window = new ByteWindow(source, 64 * 1024);
  // No format needs more than 12 bytes to be known; a live stream is not asked for more before that.
  const start = window.slice(0, 12);
  const format = captureFormats.find((candidate) => candidate.sniff(start));
  if (format) return format.open(window);
  const { seems, advice } = seemingly(window.slice(0, sniffLength));
  return { seems, advice, message: `${source.name} looks like ${seems}. ${advice}` };
}

/** Tells the two answers of {@link openCapture} apart. */
export function isCapture(opened: RecordReader | NoCapture): opened is RecordReader {
  return 'read' in opened;
}
