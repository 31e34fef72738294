/** What stopped a walk, in words and as Wireshark names it. */
import { counted, grouped } from '../base/words.js';
import type { DecodedNode } from './tree.js';
import type { Problem, ProblemKind, Walk } from './walk.js';

const names: Readonly<Record<ProblemKind, string>> = {
  'not-captured': '_ws.short',
  'too-short': '_ws.malformed',
  'bad-value': '_ws.malformed',
  fragment: '_ws.unreassembled',
  'too-deep': '_ws.malformed',
};

/** A sentence for the tree: what was needed and what was there. */
export function problemText(walk: Walk, problem: Problem): string {
  const { title } = walk.dissectorAt(problem.layer);
  const needs = `${title} needs ${counted(problem.needed, 'byte')}`;
  switch (problem.kind) {
    case 'not-captured':
      return `Packet size limited during capture: ${needs}, ${grouped(problem.had)} ${problem.had === 1 ? 'was' : 'were'} captured`;
    case 'too-short':
      return `Malformed Packet: ${needs}, ${grouped(problem.had)} ${problem.had === 1 ? 'is' : 'are'} left`;
    case 'fragment':
      return `Unreassembled Packet: ${needs}, this fragment holds ${grouped(problem.had)}`;
    case 'bad-value':
      return `Malformed Packet: ${title}: ${problem.what ?? 'a value makes no sense'}`;
    case 'too-deep':
      return 'Malformed Packet: more layers inside each other than are followed';
  }
}

/** The node that stands after the good layers. */
export function problemNode(walk: Walk, problem: Problem): DecodedNode {
  return { name: names[problem.kind], label: problemText(walk, problem), start: 0, length: 0, problem: true };
}

/** What the packet list adds to the info text. */
export function problemWord(problem: Problem): string {
  switch (problem.kind) {
    case 'not-captured':
      return '[Packet size limited during capture]';
    case 'fragment':
      return '[Unreassembled Packet]';
    case 'too-short':
    case 'bad-value':
    case 'too-deep':
      return '[Malformed Packet]';
  }
}
