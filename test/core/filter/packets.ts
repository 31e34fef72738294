/** Packets of the captures in test/fixtures, one after the other, as a filter looks at them. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { BufferSource } from '../../../src/core/capture/byteSource.js';
import { CaptureCursor } from '../../../src/core/capture/captureCursor.js';
import { isCapture, openCapture } from '../../../src/core/capture/captureFile.js';
import { CaptureIndex } from '../../../src/core/capture/captureIndex.js';
import { Decoder } from '../../../src/core/dissect/decoder.js';
import type { Walk } from '../../../src/core/dissect/walk.js';
import type { FrameFacts } from '../../../src/core/frame/frameField.js';
import { compileFilter, type DisplayFilter } from '../../../src/core/filter/displayFilter.js';
import { captureFolder } from '../../golden/captures.js';

export interface TestPacket {
  readonly walk: Walk;
  readonly facts: FrameFacts;
}

/** A packet is good until the next is asked for. */
export function* packetsOf(capture: string): Generator<TestPacket> {
  const source = new BufferSource(capture, readFileSync(path.join(captureFolder, capture)));
  const reader = openCapture(source);
  if (!isCapture(reader)) throw new Error(`${capture} is no capture`);
  const index = new CaptureIndex(source, reader);
  while (!index.step(1 << 20));
  const cursor = new CaptureCursor(index);
  const decoder = new Decoder();
  let before: FrameFacts['before'];
  for (let number = 1; cursor.seek(number); number++) {
    const { record } = cursor;
    const linkType = reader.interfaces[record.interface]?.linkType ?? -1;
    const seconds = record.timed ? record.seconds : undefined;
    const walk = decoder.walk(cursor.bytes(), linkType, record.wire, seconds);
    const { first } = index.statistics;
    yield { walk, facts: { number, record, reader, first, before, comments: () => cursor.comments() } };
    if (record.timed) {
      const { fraction, digits } = record;
      before = { seconds: record.seconds, fraction, digits };
    }
  }
}

/** The filter of a text that must be one. */
export function filterOf(text: string): DisplayFilter {
  const result = compileFilter(text);
  if ('filter' in result) return result.filter;
  throw new Error(`${text}: ${result.mistakes.map(({ message }) => message).join('; ')}`);
}

/** Numbers of the packets of a capture that pass. */
export function passing(capture: string, text: string): readonly number[] {
  const filter = filterOf(text);
  const numbers: number[] = [];
  for (const { walk, facts } of packetsOf(capture))
    if (filter.matches(walk, facts)) numbers.push(facts.number);
  return numbers;
}
