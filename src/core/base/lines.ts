/** Places in a text: offsets count UTF-16 units from 0, as in JavaScript strings and VS Code documents. */

/** Half-open piece of a text: `start` is in it, `end` is not. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** A place as editors show it; both count from 0. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Where each line of a text begins; line breaks are `\n` and `\r\n`. */
export class LineStarts {
  private readonly starts: number[] = [0];

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.starts.push(at + 1);
  }

  get count(): number {
    return this.starts.length;
  }

  /** Offset of the first character of a line; the end of the last line where there is no such line. */
  startOf(line: number): number {
    return this.starts[Math.min(line, this.starts.length - 1)] ?? 0;
  }

  /** The line and character of an offset. */
  positionAt(offset: number): Position {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: offset - (this.starts[low] ?? 0) };
  }
}
