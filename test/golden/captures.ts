import { readFileSync } from 'node:fs';
import path from 'node:path';

/** What Wireshark's programs say of the records of one file. */
export interface CaptureGolden {
  /** capinfos; absent where it gives up on the file. Times in seconds since the epoch. */
  readonly statistics:
    | {
        readonly packets: number;
        readonly wireBytes: number;
        readonly duration: string;
        readonly earliest: string;
        readonly latest: string;
        readonly order: string;
      }
    | undefined;
  /** tshark: time ('' without one), bytes on the wire, bytes captured, interface (null in pcap), encapsulation. */
  readonly packets: readonly (string | number | null)[][];
}

/** captures.json, which makeCaptures.ts writes. */
export const captureGolden = JSON.parse(
  readFileSync(path.join(import.meta.dirname, 'captures.json'), 'utf8'),
) as Record<string, CaptureGolden>;

/** Where the captures are. */
export const captureFolder = path.resolve(import.meta.dirname, '../fixtures/captures');
