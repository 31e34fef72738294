/** Lines of a text that is read piece by piece: constant memory whatever its size, and whatever the length of a line. */
import { createReadStream, fstatSync, statSync } from 'node:fs';
import { TextDecoder } from 'node:util';
import { grouped } from '../core/base/words.js';
import { knownSignature } from '../core/capture/sniff.js';
import { CommandError } from './command.js';

/** So many of the first bytes tell whether it is a text. */
const looksFor = 1024;

/** A live source that gives nothing for so long has paused. */
const pauseMilliseconds = 150;

export interface LineOptions {
  /** Of a longer line only so many characters are given. */
  readonly longest: number;
  /** Told of the first zero byte in a text; line and column count from 1. */
  readonly onZero: (line: number, column: number) => void;
}

/**
 * The lines of a file without their ends, or of standard input for `-`, as they come: all that a piece of the input
 * completes in one array. An empty array means that a live source (a pipe, a terminal) has paused. The text behind the
 * last line break is a line when there is any. Failures are a {@link CommandError} that names the file.
 */
export async function* linesOf(path: string, options: LineOptions): AsyncGenerator<readonly string[]> {
  let decoder: TextDecoder | undefined;
  let open = '';
  let hasOpen = false;
  let lines = 0;
  const seen = { zero: false };
  for await (const piece of isLive(path) ? withPauses(piecesOf(path)) : piecesOf(path)) {
    if (!piece) {
      yield [];
      continue;
    }
    if (!decoder) {
      const encoding = encodingOf(piece);
      if (encoding === 'utf-8') refuseBinary(path, piece.subarray(0, looksFor));
      decoder = new TextDecoder(encoding);
    }
    const text = decoder.decode(piece, { stream: true });
    const zero = seen.zero ? -1 : text.indexOf('\0');
    const complete: string[] = [];
    let from = 0;
    const tellZero = (end: number): void => {
      if (seen.zero || zero < from || zero >= end) return;
      seen.zero = true;
      options.onZero(lines + complete.length + 1, open.length + zero - from + 1);
    };
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      tellZero(end);
      complete.push(begun(open, text, from, end, options.longest));
      open = '';
      from = end + 1;
    }
    tellZero(text.length);
    open = begun(open, text, from, text.length, options.longest);
    hasOpen = from < text.length || (hasOpen && from === 0);
    lines += complete.length;
    if (complete.length > 0) yield complete;
  }
  if (hasOpen) yield [open];
}

/** Whether more may come after a while: pipes, terminals, sockets. */
function isLive(path: string): boolean {
  try {
    return !(path === '-' ? fstatSync(0) : statSync(path)).isFile();
  } catch {
    // Opening it will tell what is wrong.
    return false;
  }
}

async function* piecesOf(path: string): AsyncGenerator<Uint8Array, undefined> {
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

/** The same pieces, with an `undefined` whenever the source has paused. */
async function* withPauses(
  pieces: AsyncGenerator<Uint8Array, undefined>,
): AsyncGenerator<Uint8Array | undefined> {
  try {
    for (;;) {
      const next = pieces.next();
      if (await isSlow(next)) yield undefined;
      const { done, value } = await next;
      if (done === true) return;
      yield value;
    }
  } finally {
    // Whoever has enough must not wait for the other side to close.
    await pieces.return(undefined);
  }
}

/** Whether a promise takes longer than a pause. Its failure is left to whoever awaits it. */
async function isSlow(promise: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const pause = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, pauseMilliseconds, true);
  });
  const settled = promise.then(
    () => false,
    () => false,
  );
  const slow = await Promise.race([settled, pause]);
  clearTimeout(timer);
  return slow;
}

/** UTF-8, or what a byte order mark says: PowerShell writes UTF-16. */
function encodingOf(head: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  return head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : 'utf-8';
}

/** A few stray zero bytes are damage in a text; a known signature or many of them are something else. */
function refuseBinary(path: string, head: Uint8Array): void {
  const zeros = head.reduce((count, byte) => count + Number(byte === 0), 0);
  if (zeros === 0) return;
  const known = knownSignature(head);
  if (known) throw new CommandError(`${path}: this looks like ${known.seems}, not like a text`);
  if (zeros * 8 > head.length)
    throw new CommandError(
      `${path}: ${grouped(zeros)} of the first ${grouped(head.length)} bytes are zero, so this is not a text`,
    );
}

/** What has been read of a line, as far as it is wanted. */
function begun(open: string, text: string, from: number, end: number, longest: number): string {
  const room = longest - open.length;
  return room > 0 ? open + text.slice(from, Math.min(end, from + room)) : open;
}
