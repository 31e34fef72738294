/** Sessions for tests: over bytes or a source, with background work that runs when the test says so. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { BufferSource, type ByteSource } from '../../src/core/capture/byteSource.js';
import { isNotACapture, type CaptureEvents, type CaptureSummary } from '../../src/rpc/capture.js';
import type { ListRow, ListState } from '../../src/rpc/packetList.js';
import {
  CaptureSession,
  type SessionLimits,
  type SessionSurroundings,
} from '../../src/session/captureSession.js';
import { captureFolder } from '../golden/captures.js';

/** Something that a session has told. */
export type Sent = {
  [K in keyof CaptureEvents]: { readonly name: K; readonly payload: CaptureEvents[K] };
}[keyof CaptureEvents];

/** The list that tests ask about. */
export const list = 1;

/** A session with what it has told, and its background work, a slice a task. */
export function sessionOver(
  source: ByteSource | Uint8Array,
  { limits, create }: { limits?: SessionLimits; create?: SessionSurroundings['create'] } = {},
) {
  const sent: Sent[] = [];
  const tasks: (() => void)[] = [];
  const session = new CaptureSession(
    source instanceof Uint8Array ? new BufferSource('test.pcap', source) : source,
    {
      send: (name, payload) => void sent.push({ name, payload } as Sent),
      defer: (task) => void tasks.push(task),
      ...(create ? { create } : {}),
    },
    limits,
  );
  /** Runs the work that waits, and what it brings about: all of it, or so many slices. */
  const work = (slices = Infinity): void => {
    for (let count = 0; count < slices; count++) {
      const task = tasks.shift();
      if (!task) return;
      task();
    }
  };
  return { session, sent, tasks, work };
}

/** The summary of a session that is a capture. */
export function opened(session: CaptureSession): CaptureSummary {
  const summary = session.open();
  assert.ok(!isNotACapture(summary));
  return summary;
}

export function rowsOf(session: CaptureSession, first = 0, count = 5000): readonly ListRow[] {
  return session.rows({ list, first, count }).rows;
}

/** The numbers of all packets that the list shows, in its order. */
export function numbersShown(session: CaptureSession): number[] {
  return rowsOf(session).map(({ number }) => number);
}

export function stateOf(session: CaptureSession): ListState {
  return session.state({ list });
}

export function fixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(path.join(captureFolder, name)));
}
