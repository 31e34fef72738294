import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** Text is handed on in pieces of about this many characters: one system call a line would be slow. */
const pieceLength = 64 * 1024;

/**
 * Standard output and standard error of a command. Standard output is collected into pieces; when the reader on the
 * other side is slower than we are, `full` says so, and whoever writes much waits with `drain`.
 */
export class Output {
  private held = '';
  private waiting = false;
  /** Who complains: the program, then the command that runs. */
  speaker = 'cilium-lens';

  constructor(
    private readonly out: Writable,
    private readonly err: Writable,
  ) {}

  /** Whether to `drain` before writing more. */
  get full(): boolean {
    return this.waiting;
  }

  line(text: string): void {
    this.held += `${text}\n`;
    if (this.held.length >= pieceLength) this.flush();
  }

  /** Waits until the other side has taken what was written. */
  async drain(): Promise<void> {
    if (this.waiting) await once(this.out, 'drain');
    this.waiting = false;
  }

  /** Hands on all that was written. */
  flush(): void {
    if (this.held !== '' && !this.out.write(this.held)) this.waiting = true;
    this.held = '';
  }

  /** One line on standard error: who speaks, then a sentence. */
  complain(sentence: string): void {
    const stop = /[.!?]$/.test(sentence) ? '' : '.';
    this.err.write(`${printable(`${this.speaker}: ${sentence}${stop}`)}\n`);
  }

  /** One line on standard error that belongs to the sentence before. */
  remark(line: string): void {
    this.err.write(`${printable(line)}\n`);
  }
}

/** Text from a file as a terminal may show it: what would move the cursor or ring the bell becomes `\x1b`. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, (mark) => `\\x${(mark.codePointAt(0) ?? 0).toString(16).padStart(2, '0')}`);
}
