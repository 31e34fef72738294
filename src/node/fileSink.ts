import { randomBytes } from 'node:crypto';
import { closeSync, openSync, realpathSync, renameSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import type { FileSink } from '../session/exportRun.js';

/** Words for what went wrong, by the system's error code. */
const troubles = new Map([
  ['EACCES', 'there is no permission to write there'],
  ['EPERM', 'there is no permission to write there'],
  ['EROFS', 'the file system is read-only'],
  ['ENOENT', 'the folder does not exist'],
  ['ENOTDIR', 'the folder does not exist'],
  ['EISDIR', 'a folder has that name'],
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'the quota is used up'],
  ['EFBIG', 'the file system has no files that large'],
]);

/**
 * Begins a file on disk. It is written under a name of its own beside the one that it gets when it is complete, so a
 * file that was there before stays as it is until then: also the one being read. Throws with a sentence for the user.
 */
export function createFile(target: string): FileSink {
  const place = trying(target, () => resolved(target));
  const partial = `${place}.${randomBytes(4).toString('hex')}.part`;
  const file = trying(target, () => openSync(partial, 'wx'));
  let open = true;
  const shut = (): void => {
    if (open) closeSync(file);
    open = false;
  };
  return {
    write(bytes) {
      trying(target, () => {
        for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
      });
    },
    close() {
      trying(target, () => {
        shut();
        renameSync(partial, place);
      });
    },
    discard() {
      shut();
      rmSync(partial, { force: true });
    },
  };
}

/** Where a path leads through links; the path itself where nothing is there yet. */
function resolved(target: string): string {
  try {
    return realpathSync(target);
  } catch {
    return target;
  }
}

function trying<T>(target: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const trouble = troubles.get(code) ?? `it cannot be written (${code === '' ? String(error) : code})`;
    throw new Error(`${path.basename(target)} was not written: ${trouble}.`);
  }
}
