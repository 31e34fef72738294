/** A pattern as the steps of a machine that is in many of them at once (Thompson's construction). */
import type { Assertion, ByteSet, PatternNode } from './node.js';

export type Step =
  | { readonly do: 'byte'; readonly set: ByteSet }
  /** Goes on at both places. */
  | { readonly do: 'fork'; readonly to: number; readonly or: number }
  | { readonly do: 'assert'; readonly what: Assertion }
  | { readonly do: 'match' };

/** Most steps: with them, a packet of 64 KiB still takes well below a second at the worst. */
export const mostSteps = 2000;

/** The steps of a pattern; undefined when there are more than {@link mostSteps}. */
export function programOf(node: PatternNode): readonly Step[] | undefined {
  const steps: Step[] = [];
  const complete = put(node, steps);
  steps.push({ do: 'match' });
  return complete ? steps : undefined;
}

/** Adds the steps of a node; false when they become too many. */
function put(node: PatternNode, steps: Step[]): boolean {
  if (steps.length > mostSteps) return false;
  switch (node.kind) {
    case 'bytes':
      steps.push({ do: 'byte', set: node.set });
      return true;
    case 'assert':
      steps.push({ do: 'assert', what: node.what });
      return true;
    case 'sequence':
      return node.parts.every((part) => put(part, steps));
    case 'choice':
      return putChoice(node.parts, steps);
    case 'repeat':
      return putRepeat(node, steps);
  }
}

function putChoice(parts: readonly PatternNode[], steps: Step[]): boolean {
  const exits: number[] = [];
  for (const [index, part] of parts.entries()) {
    const fork = steps.length;
    const isLast = index === parts.length - 1;
    if (!isLast) steps.push({ do: 'fork', to: fork + 1, or: fork });
    if (!put(part, steps)) return false;
    if (isLast) break;
    exits.push(steps.length);
    steps.push({ do: 'fork', to: 0, or: 0 });
    steps[fork] = { do: 'fork', to: fork + 1, or: steps.length };
  }
  for (const exit of exits) steps[exit] = { do: 'fork', to: steps.length, or: steps.length };
  return true;
}

function putRepeat({ part, least, most }: Extract<PatternNode, { kind: 'repeat' }>, steps: Step[]): boolean {
  for (let count = 0; count < least; count++) {
    const start = steps.length;
    if (!put(part, steps)) return false;
    // Nothing, however often, is nothing.
    if (steps.length === start) return true;
  }
  if (most === undefined) {
    const fork = steps.length;
    steps.push({ do: 'fork', to: fork, or: fork });
    if (!put(part, steps)) return false;
    steps.push({ do: 'fork', to: fork, or: fork });
    steps[fork] = { do: 'fork', to: fork + 1, or: steps.length };
    return true;
  }
  const forks: number[] = [];
  for (let count = least; count < most; count++) {
    forks.push(steps.length);
    steps.push({ do: 'fork', to: 0, or: 0 });
    if (!put(part, steps)) return false;
  }
  for (const fork of forks) steps[fork] = { do: 'fork', to: fork + 1, or: steps.length };
  return true;
}
