import { type LayerCode, layerCodeBits, layersByCode } from './flowLayer.js';

/** More than any sane capture has; a hostile one makes its packets odd. */
export const mostStacks = 1024;
/** More headers one behind the other than this are odd. */
const mostLayers = 16;

/**
 * Every stack of headers that was met, as a tree that grows from the link layer on: a stack is a number, and the next
 * header leads from it to another. The empty stack is {@link emptyStack}.
 */
export class Stacks {
  private readonly table = new Uint16Array(mostStacks << layerCodeBits);
  private readonly codes: (readonly LayerCode[])[] = [[], []];
  /** Words in the keys of the flows of a stack. */
  private readonly words: number[] = [0, 0];

  /** The stack that has one more header; {@link oddStack} when it would be too high, or is odd already. */
  push(stack: number, code: LayerCode): number {
    const next = this.table[(stack << layerCodeBits) | code] ?? 0;
    return next === 0 ? this.grow(stack, code) : next;
  }

  /** Stacks there are, with those that are only the beginning of others; their numbers are below this. */
  get count(): number {
    return this.codes.length;
  }

  /** Codes of the headers, outermost first. */
  layers(stack: number): readonly LayerCode[] {
    return this.codes[stack] ?? [];
  }

  keyWords(stack: number): number {
    return this.words[stack] ?? 0;
  }

  private grow(stack: number, code: LayerCode): number {
    const below = this.layers(stack);
    if (stack === oddStack || this.codes.length === mostStacks || below.length === mostLayers)
      return oddStack;
    const made = this.codes.length;
    this.codes.push([...below, code]);
    this.words.push(this.keyWords(stack) + (layersByCode[code]?.key.length ?? 0));
    this.table[(stack << layerCodeBits) | code] = made;
    return made;
  }
}

/** No stack: the packet must be looked at itself. */
export const oddStack = 0;
/** The stack without headers. */
export const emptyStack = 1;
