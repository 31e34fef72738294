/** Compares what the columns say of a filter with what the filter says itself, packet by packet. */
import assert from 'node:assert/strict';
import type { CaptureIndex } from '../../../src/core/capture/captureIndex.js';
import type { CaptureTime } from '../../../src/core/capture/captureTime.js';
import { PacketScan } from '../../../src/core/capture/packetScan.js';
import type { CaptureColumns } from '../../../src/core/columns/captureColumns.js';
import { ColumnFilter } from '../../../src/core/columns/columnFilter.js';
import { ColumnPass } from '../../../src/core/columns/columnPass.js';
import { verdict } from '../../../src/core/columns/kleene.js';
import { Decoder } from '../../../src/core/dissect/decoder.js';
import { compileFilter, type DisplayFilter } from '../../../src/core/filter/displayFilter.js';
import { indexOf } from '../capture/reading.js';

/** An indexed capture with its columns. */
export interface Prepared {
  readonly name: string;
  readonly index: CaptureIndex;
  readonly columns: CaptureColumns;
}

export function prepare(name: string, bytes: Uint8Array): Prepared {
  const index = indexOf(bytes, 65536, 1 << 20);
  return { name, index, columns: columnsOf(index) };
}

export function columnsOf(index: CaptureIndex): CaptureColumns {
  const pass = new ColumnPass(index, { budget: Infinity, chunkSize: 65536 });
  while (!pass.step(100_000));
  assert.equal(pass.columns.packets, index.packets, 'every packet has its row');
  return pass.columns;
}

export function filterOf(text: string): DisplayFilter {
  const result = compileFilter(text);
  assert.ok('filter' in result, `${text}: ${JSON.stringify(result)}`);
  return result.filter;
}

/** How the verdicts of a filter over a capture were distributed. */
export interface Tally {
  readonly packets: number;
  readonly passed: number;
  /** Packets that the columns did not answer for. */
  readonly open: number;
}

/** Asks the columns and the filter for every packet; fails where they disagree. */
export function compare(capture: Prepared, filter: DisplayFilter): Tally {
  const { index, columns, name } = capture;
  const columnFilter = new ColumnFilter(columns, filter);
  const verdicts = new Uint8Array(columns.packets);
  columnFilter.judge(0, columns.packets, verdicts);
  const decoder = new Decoder();
  const scan = new PacketScan(index, 65536);
  const { record } = scan;
  const first = index.statistics.first;
  let before: CaptureTime | undefined;
  let passed = 0;
  let open = 0;
  while (scan.next()) {
    const { number } = scan;
    const linkType = index.reader.interfaces[record.interface]?.linkType ?? -1;
    const walk = decoder.walk(scan.bytes(), linkType, record.wire, record.timed ? record.seconds : undefined);
    const matches = filter.matches(walk, { number, record, reader: index.reader, first, before });
    if (matches) passed++;
    const answer = verdicts[number - 1];
    if (answer === verdict.unknown) {
      open++;
      if (columnFilter.indexed && hasTime(columns, number))
        assert.equal(columns.flow.at(number - 1), 0, `${name} ${number}: indexed but open`);
    } else
      assert.equal(
        answer === verdict.yes,
        matches,
        `${name}, packet ${number}, ${filter.text}: the columns say ${answer ?? ''}`,
      );
    const { seconds, fraction, digits } = record;
    before = record.timed ? { seconds, fraction, digits } : undefined;
  }
  return { packets: columns.packets, passed, open };
}

/** Whether a packet and the one before it have times that the columns can tell. */
function hasTime({ time }: CaptureColumns, number: number): boolean {
  return !Number.isNaN(time.at(number - 1)) && (number === 1 || !Number.isNaN(time.at(number - 2)));
}
