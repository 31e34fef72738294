/** Display filters, from text to a test of packets. The way in. */
import type { Walk } from '../dissect/walk.js';
import type { FrameFacts } from '../frame/frameField.js';
import { checkSyntax } from './check.js';
import { testOf } from './evaluate.js';
import type { PacketTest, PacketView } from './fieldValues.js';
import { LayerViews } from './layerViews.js';
import { isMistake, parseFilter } from './parse.js';
import type { FilterMistake, TypedNode } from './typed.js';

export type { FilterMistake } from './typed.js';

/** A filter that was understood. */
export interface DisplayFilter {
  readonly text: string;
  /** What it means; for those that evaluate it in a way of their own. */
  readonly tree: TypedNode;
  /** Whether a packet passes. Never throws; `walk` and `facts` may be the same objects, filled again, each time. */
  matches(walk: Walk, facts: FrameFacts): boolean;
}

export type FilterResult =
  { readonly filter: DisplayFilter } | { readonly mistakes: readonly FilterMistake[] };

/** Makes a filter of its text, or says all that is wrong with it, in the order of the text. Blank text passes all packets. */
export function compileFilter(text: string): FilterResult {
  const syntax = parseFilter(text);
  if (isMistake(syntax)) return { mistakes: [syntax] };
  const tree = checkSyntax(syntax);
  return 'kind' in tree ? { filter: new CompiledFilter(text, tree) } : { mistakes: tree };
}

/** What is wrong with a filter's text; nothing when it can be used. */
export function checkFilter(text: string): readonly FilterMistake[] {
  const result = compileFilter(text);
  return 'mistakes' in result ? result.mistakes : [];
}

class CompiledFilter implements DisplayFilter {
  private readonly test: PacketTest;
  private packet: PacketView | undefined;

  constructor(
    readonly text: string,
    readonly tree: TypedNode,
  ) {
    this.test = testOf(tree);
  }

  matches(walk: Walk, facts: FrameFacts): boolean {
    const packet = (this.packet ??= { walk, facts, views: new LayerViews() });
    packet.walk = walk;
    packet.facts = facts;
    return this.test(packet);
  }
}
