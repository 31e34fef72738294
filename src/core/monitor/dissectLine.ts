/** Reads a line of the dissected packet: the name of a layer and, in braces, its values. */
import { layerNamed, unknownLayer, type LayerRow } from './messages/index.js';
import type { Token } from './line.js';

/** A layer line; `layer` is absent for `Unknown layer`. */
export interface DissectLine {
  readonly layer?: LayerRow;
  readonly tokens: readonly Token[];
}

const start = /([A-Z][A-Za-z0-9]{2,11})[ \t]{1,16}\{/y;
const key = /([A-Za-z]\w{0,40})=/y;
/** More values than any layer has: a line with more is not a layer. */
const mostValues = 200;

/**
 * The layer line that begins at `at`, or undefined when there is none. A line that was cut short gives the values
 * that it has.
 */
export function dissectLine(text: string, at: number): DissectLine | undefined {
  if (text.startsWith(unknownLayer, at) && text.slice(at).trimEnd() === unknownLayer) return { tokens: [] };
  start.lastIndex = at;
  const head = start.exec(text);
  const layer = head?.[1] === undefined ? undefined : layerNamed(head[1]);
  if (!head || !layer) return undefined;
  const tokens: Token[] = [];
  let depth = 0;
  let open: { field: string; from: number; start: number } | undefined;
  const close = (end: number): void => {
    if (!open) return;
    const text_ = text.slice(open.start, end);
    tokens.push({
      field: open.field,
      kind: 'layer',
      text: text_,
      start: open.start,
      end,
      from: open.from,
      to: end,
      inCarrier: false,
    });
    open = undefined;
  };
  let i = at + head[0].length;
  let atWord = true;
  for (; i < text.length && tokens.length < mostValues; i++) {
    const char = text.charCodeAt(i);
    if (char === 0x7b || char === 0x5b || char === 0x28) depth++;
    else if (char === 0x7d || char === 0x5d || char === 0x29) {
      if (depth === 0) break;
      depth--;
    } else if (char === 0x20 || char === 0x09) {
      atWord = true;
      continue;
    } else if (atWord && depth === 0) {
      key.lastIndex = i;
      const match = key.exec(text);
      if (match?.[1] !== undefined) {
        close(trimEnd(text, i));
        open = { field: match[1], from: i, start: i + match[0].length };
        i += match[0].length - 1;
      }
    }
    atWord = false;
  }
  const isCut = i >= text.length && tokens.length < mostValues;
  close(open && isCut ? withoutCutName(text, open.start, i, layer) : trimEnd(text, i));
  return tokens.length > 0 || text.charAt(i) === '}' ? { layer, tokens } : undefined;
}

/** Where a value ends when the line was cut behind it, in the name of the next value: `Payload=[..56..] TypeC`, `… TypeC...`. */
function withoutCutName(text: string, start: number, end: number, layer: LayerRow): number {
  const [tail = '', word] =
    /[ \t]([A-Za-z]\w{0,40})(?:\.{2,3}|…)?$/.exec(text.slice(Math.max(start, end - 60), end)) ?? [];
  const isName = word !== undefined && Object.keys(layer.fields).some((name) => name.startsWith(word));
  return trimEnd(text, isName ? end - tail.length : end);
}

function trimEnd(text: string, end: number): number {
  let last = end;
  while (last > 0 && (text.charCodeAt(last - 1) === 0x20 || text.charCodeAt(last - 1) === 0x09)) last--;
  return last;
}
