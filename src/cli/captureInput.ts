import { openSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { ByteSourceError, type ByteSource } from '../core/capture/byteSource.js';
import { isCapture, openCapture } from '../core/capture/captureFile.js';
import type { RecordReader } from '../core/capture/record.js';
import type { Damage } from '../core/capture/recordScanner.js';
import { grouped } from '../core/base/words.js';
import { unpacked } from '../core/packed/unpacked.js';
import { FileSource } from '../node/fileSource.js';
import { StreamSource } from '../node/streamSource.js';
import { CommandError, inputName } from './command.js';

/** A capture that a command reads. */
export interface CaptureInput {
  readonly source: ByteSource;
  readonly reader: RecordReader;
}

/** Opens a capture by path, or standard input for `-`. What is no capture is a {@link CommandError}. */
export function openInput(path: string): CaptureInput {
  const source = reading(path, () => unpacked(openSource(path)));
  const opened = reading(path, () => openCapture(source));
  if (isCapture(opened)) return { source, reader: opened };
  source.close();
  throw new CommandError(`${inputName(path)} ${opened.finding}`);
}

/** A file is read by place; a pipe, with or without a name, as it comes. */
function openSource(path: string): ByteSource {
  if (path === '-') return new StreamSource(inputName(path), 0);
  const piped = statSync(path, { throwIfNoEntry: false })?.isFIFO() ?? false;
  return piped ? new StreamSource(basename(path), openSync(path, 'r')) : new FileSource(path);
}

/** Does something that reads a file; its failures name the file. */
export function reading<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    return failing(path)(error);
  }
}

/** Throws on what was thrown; where it says why a file could not be read, the message names the file. */
function failing(path: string): (error: unknown) => never {
  return (error) => {
    throw error instanceof ByteSourceError ? new CommandError(`${inputName(path)} ${error.problem}`) : error;
  };
}

/** The one line on what is damaged in a file: the first place, and how many more there are. */
export function damageLine(path: string, damage: readonly Damage[]): string {
  const more = damage.length > 1 ? ` (and ${grouped(damage.length - 1)} more)` : '';
  const [first] = damage;
  return `${inputName(path)} is damaged after packet ${grouped(first?.afterPacket ?? 0)}: ${first?.message ?? ''}${more}`;
}
