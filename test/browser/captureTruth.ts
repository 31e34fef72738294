/** What is in a capture, read by the core alone: what the tests of large captures compare the editor with. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { isCapture, openCapture } from '../../src/core/capture/captureFile.js';
import { CaptureIndex } from '../../src/core/capture/captureIndex.js';
import { PacketScan } from '../../src/core/capture/packetScan.js';
import { Decoder } from '../../src/core/dissect/decoder.js';
import type { Walk } from '../../src/core/dissect/walk.js';
import { compileFilter } from '../../src/core/filter/displayFilter.js';
import { FileSource } from '../../src/node/fileSource.js';

/** Cells of a row, in the order of the usual columns without number and time. */
export type PacketCells = readonly [
  source: string,
  destination: string,
  protocol: string,
  length: string,
  info: string,
];

/** What one pass over the file tells of it. */
export interface Matches {
  /** Packets by the text of the filter that they match. */
  readonly counts: ReadonlyMap<string, number>;
  /** Numbers of the first packets that match, by the text of the filter. */
  readonly firsts: ReadonlyMap<string, readonly number[]>;
  /** The first of the shortest packets, and of the longest ones. */
  readonly shortest: { readonly number: number; readonly length: number };
  readonly longest: { readonly number: number; readonly length: number };
}

/** Matches remembered of each filter. */
const firstMatches = 100_000;

export class CaptureTruth {
  readonly #source: FileSource;
  readonly #index: CaptureIndex;
  readonly #scan: PacketScan;
  readonly #decoder = new Decoder();

  /** Reads the whole file once. */
  constructor(file: string) {
    this.#source = new FileSource(file);
    const reader = openCapture(this.#source);
    assert.ok(isCapture(reader), file);
    this.#index = new CaptureIndex(this.#source, reader);
    while (!this.#index.step(64 * 1024 * 1024));
    this.#scan = new PacketScan(this.#index);
  }

  close(): void {
    this.#source.close();
  }

  get packets(): number {
    return this.#index.packets;
  }

  /** The cells of a packet, by its number. */
  cells(number: number): PacketCells {
    const walk = this.#go(number);
    const { source, destination, protocol, info } = this.#decoder.summary(walk);
    return [source, destination, protocol, String(this.#scan.record.wire), info];
  }

  /** Stands for the bytes, lengths and times of packets: equal only where all of them are. */
  fingerprint(numbers: Iterable<number>): string {
    const hash = createHash('sha256');
    for (const number of numbers) {
      assert.ok(this.#scan.seek(number) && this.#scan.next(), `packet ${number}`);
      const { seconds, fraction, digits, captured, wire } = this.#scan.record;
      // Tools may write a fraction with more digits: that is no other time.
      const nanos = fraction * 10 ** (9 - digits);
      hash.update(`${seconds}.${nanos} ${captured} ${wire}\n`).update(this.#scan.bytes());
    }
    return hash.digest('hex');
  }

  /** Goes through all packets once and asks every filter about each. */
  matches(texts: readonly string[]): Matches {
    const filters = texts.map((text) => {
      const result = compileFilter(text);
      assert.ok('filter' in result, text);
      return { text, filter: result.filter, count: 0, firsts: new Array<number>() };
    });
    const scan = new PacketScan(this.#index);
    const { reader } = this.#index;
    const facts = { number: 0, record: scan.record, reader };
    let shortest = { number: 0, length: Infinity };
    let longest = { number: 0, length: -1 };
    while (scan.next()) {
      const { number, record } = scan;
      if (record.wire < shortest.length) shortest = { number, length: record.wire };
      if (record.wire > longest.length) longest = { number, length: record.wire };
      facts.number = number;
      const walk = this.#decoder.walk(
        scan.bytes(),
        reader.interfaces[record.interface]?.linkType ?? -1,
        record.wire,
      );
      for (const one of filters) {
        if (!one.filter.matches(walk, facts)) continue;
        if (one.count++ < firstMatches) one.firsts.push(number);
      }
    }
    return {
      counts: new Map(filters.map(({ text, count }) => [text, count])),
      firsts: new Map(filters.map(({ text, firsts }) => [text, firsts])),
      shortest,
      longest,
    };
  }

  #go(number: number): Walk {
    assert.ok(this.#scan.seek(number) && this.#scan.next(), `packet ${number}`);
    const { record } = this.#scan;
    const linkType = this.#index.reader.interfaces[record.interface]?.linkType ?? -1;
    return this.#decoder.walk(this.#scan.bytes(), linkType, record.wire, record.seconds);
  }
}
