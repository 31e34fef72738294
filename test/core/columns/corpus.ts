/** The captures of the test fixtures, indexed and with their columns. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { BufferSource } from '../../../src/core/capture/byteSource.js';
import { isCapture, openCapture } from '../../../src/core/capture/captureFile.js';
import { PacketScan } from '../../../src/core/capture/packetScan.js';
import { prepare, type Prepared } from './agreement.js';

export interface CorpusCapture extends Prepared {
  readonly packetsOf: readonly {
    readonly linkType: number;
    readonly bytes: Uint8Array;
    readonly wire: number;
    readonly seconds: number | undefined;
  }[];
}

const folder = path.resolve(import.meta.dirname, '../../fixtures/captures');

/** All that are captures, read anew at each call. */
export function corpus(): readonly CorpusCapture[] {
  return readdirSync(folder).flatMap((name) => {
    const bytes = new Uint8Array(readFileSync(path.join(folder, name)));
    if (!isCapture(openCapture(new BufferSource(name, bytes)))) return [];
    const prepared = prepare(name, bytes);
    const { index } = prepared;
    const scan = new PacketScan(index);
    const { record } = scan;
    const packetsOf = Array.from({ length: index.packets }, () => {
      scan.next();
      return {
        linkType: index.reader.interfaces[record.interface]?.linkType ?? -1,
        bytes: scan.bytes().slice(),
        wire: record.wire,
        seconds: record.timed ? record.seconds : undefined,
      };
    });
    return [{ ...prepared, packetsOf }];
  });
}
