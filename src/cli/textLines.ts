/** Lines of a text that is read piece by piece: constant memory whatever its size, and whatever the length of a line. */
import { createReadStream, fstatSync, statSync } from 'node:fs';
import { TextDecoder } from 'node:util';
import { fileProblem } from '../node/fileSource.js';
import { CommandError, inputName } from './command.js';
import { encodingOf, refuseBinary } from './textBytes.js';

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
      refuseBinary(path, piece);
      decoder = new TextDecoder(encodingOf(piece));
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
    throw new CommandError(`${inputName(path)} ${fileProblem(error)}`);
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

/** What has been read of a line, as far as it is wanted. */
function begun(open: string, text: string, from: number, end: number, longest: number): string {
  const room = longest - open.length;
  return room > 0 ? open + text.slice(from, Math.min(end, from + room)) : open;
}
