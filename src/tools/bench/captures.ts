/** The captures that are measured with, made when they are not there. */
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { root } from '../paths.js';
import { FrameMaker, type Profile } from './frames.js';

export type Format = 'pcap' | 'pcapng';

/** A capture to be made: `small-10M.pcap`. */
export interface CaptureOrder {
  readonly profile: Profile;
  readonly packets: number;
  readonly format: Format;
}

/** Where captures and results are kept; git does not look there. */
export const benchFolder = path.join(root, '.bench');

const flushAt = 8 * 1024 * 1024;
const firstSecond = 1_760_000_000;

/** `10M` */
export function shortCount(packets: number): string {
  if (packets >= 1e6) return `${packets / 1e6}M`;
  return packets >= 1000 ? `${packets / 1000}k` : packets.toString();
}

/** The capture, from the folder or made now. `tell` is told when making takes a while. */
export function captureFile(order: CaptureOrder, tell: (text: string) => void): string {
  const { profile, packets, format } = order;
  const file = path.join(benchFolder, `${profile}-${shortCount(packets)}-${recipe()}.${format}`);
  if (existsSync(file)) return file;
  tell(`making ${path.basename(file)}`);
  mkdirSync(benchFolder, { recursive: true });
  // Under another name until it is whole, so that a broken run leaves nothing that looks whole.
  writeCapture(`${file}.part`, order);
  renameSync(`${file}.part`, file);
  return file;
}

/** Changes when the frames change, so that no old capture is taken for a new one. */
function recipe(): string {
  const hash = createHash('sha256');
  for (const name of ['frames.ts', 'captures.ts', 'random.ts'])
    hash.update(readFileSync(path.join(import.meta.dirname, name)));
  return hash.digest('hex').slice(0, 6);
}

/** Writes a capture: pcap with microseconds, pcapng with one interface and nanoseconds. */
export function writeCapture(file: string, { profile, packets, format }: CaptureOrder): void {
  const maker = new FrameMaker(profile, 1, Math.max(8, Math.min(2000, packets >> 6)));
  const descriptor = openSync(file, 'w');
  const bytes = new Uint8Array(flushAt + 8192);
  const view = new DataView(bytes.buffer);
  let at = 0;
  const flush = (): void => {
    for (let done = 0; done < at;) done += writeSync(descriptor, bytes, done, at - done);
    at = 0;
  };
  const put = (...words: readonly number[]): void => {
    for (const word of words) {
      view.setUint32(at, word, true);
      at += 4;
    }
  };
  if (format === 'pcap') put(0xa1b2c3d4, 0x00040002, 0, 0, 262_144, 1);
  else {
    put(0x0a0d0d0a, 28, 0x1a2b3c4d, 0x00000001, 0xffffffff, 0xffffffff, 28);
    // An interface description with its resolution, 10^-9: option 9.
    put(1, 32, 1, 262_144, 0x00010009, 9, 0, 32);
  }
  let micros = 0;
  for (let packet = 0; packet < packets; packet++) {
    const length = maker.next();
    micros += 1 + (packet % 37) + (maker.frame[length - 1] ?? 0);
    const [seconds, rest] = [firstSecond + Math.floor(micros / 1e6), micros % 1e6];
    if (format === 'pcap') {
      put(seconds, rest, length, length);
      bytes.set(maker.frame.subarray(0, length), at);
      at += length;
    } else {
      const padded = (length + 3) & ~3;
      const ticks = seconds * 1e9 + rest * 1000;
      // Beyond what a double holds exactly, so the low half is counted apart.
      const low = (Math.imul(seconds, 1_000_000_000) + rest * 1000) >>> 0;
      const high = Math.round((ticks - low) / 2 ** 32);
      put(6, 32 + padded, 0, high, low, length, length);
      bytes.set(maker.frame.subarray(0, length), at);
      bytes.fill(0, at + length, at + padded);
      at += padded;
      put(32 + padded);
    }
    if (at >= flushAt) flush();
  }
  flush();
  closeSync(descriptor);
}
