/** Bytes of a file that should be a text: how it is written, and when it is none. */
import { grouped } from '../core/base/words.js';
import { captureFormats } from '../core/capture/captureFile.js';
import { knownSignature } from '../core/capture/sniff.js';
import { CommandError, inputName } from './command.js';

/** So many of the first bytes tell whether it is a text. */
const looksFor = 1024;

/** UTF-8, or what a byte order mark says: PowerShell writes UTF-16. */
export function encodingOf(head: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  return head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : 'utf-8';
}

/**
 * A few stray zero bytes are damage in a text; with a known signature, or many of them, a file is something else, and
 * that is a {@link CommandError}. `start` is the beginning of the file, of any length.
 */
export function refuseBinary(path: string, start: Uint8Array): void {
  const head = start.subarray(0, looksFor);
  const zeros = head.reduce((count, byte) => count + Number(byte === 0), 0);
  if (zeros === 0 || encodingOf(head) !== 'utf-8') return;
  const capture = captureFormats.find((format) => format.sniff(head));
  const seems = capture === undefined ? knownSignature(head)?.seems : `a capture (${capture.id})`;
  if (seems !== undefined) throw new CommandError(`${inputName(path)} looks like ${seems}, not like a text`);
  const share = zeros / head.length;
  if (share > 1 / 2 || (share > 1 / 8 && zeros > 8))
    throw new CommandError(
      `${inputName(path)} is not a text: ${grouped(zeros)} of its first ${grouped(head.length)} bytes are zero`,
    );
}
