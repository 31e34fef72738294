/** Lines of a text that is read piece by piece: constant memory whatever its size, and whatever the length of a line. */
import { createReadStream } from 'node:fs';
import { TextDecoder } from 'node:util';
import { CommandError } from './command.js';

/** A text that has a zero byte in its first bytes is none. */
const looksFor = 512;

/** The bytes of a file, or of standard input for `-`. Failures are a {@link CommandError} that names the file. */
async function* piecesOf(path: string): AsyncGenerator<Uint8Array> {
  try {
    const stream = path === '-' ? process.stdin : createReadStream(path, { highWaterMark: 1 << 18 });
    for await (const piece of stream) yield piece as Uint8Array;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') throw new CommandError(`${path}: no such file`);
    if (code === 'EISDIR') throw new CommandError(`${path}: this is a folder, not a file`);
    if (code === 'EACCES' || code === 'EPERM') throw new CommandError(`${path}: no permission to read it`);
    throw error instanceof Error ? new CommandError(`${path}: ${error.message}`) : error;
  }
}

/** UTF-8, or what a byte order mark says: PowerShell writes UTF-16. */
function encodingOf(head: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  return head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : 'utf-8';
}

/**
 * The lines of a file without their ends. Of a line longer than `longest` characters only so many are given. The text
 * behind the last line break is a line when there is any.
 */
export async function* linesOf(path: string, longest: number): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  let open = '';
  let hasOpen = false;
  for await (const piece of piecesOf(path)) {
    if (!decoder) {
      const encoding = encodingOf(piece);
      const zero = encoding === 'utf-8' ? piece.subarray(0, looksFor).indexOf(0) : -1;
      if (zero >= 0) throw new CommandError(`${path}: byte ${zero} is zero, so this is not a text`);
      decoder = new TextDecoder(encoding);
    }
    const text = decoder.decode(piece, { stream: true });
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      yield begun(open, text, from, end, longest);
      open = '';
      from = end + 1;
    }
    open = begun(open, text, from, text.length, longest);
    hasOpen = from < text.length || (hasOpen && from === 0);
  }
  if (hasOpen) yield open;
}

/** What has been read of a line, as far as it is wanted. */
function begun(open: string, text: string, from: number, end: number, longest: number): string {
  const room = longest - open.length;
  return room > 0 ? open + text.slice(from, Math.min(end, from + room)) : open;
}
