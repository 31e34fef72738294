/** Writes a filter's tree as text again, with brackets wherever there might be a doubt. */
import type { SyntaxNode, Term } from '../../../src/core/filter/syntax.js';
import type { ByteRange, LayerRange } from '../../../src/core/filter/typed.js';

const words = { and: '&&', or: '||', xor: '^^' } as const;

/** A text that means the same. */
export function filterText(node: SyntaxNode): string {
  switch (node.kind) {
    case 'everything':
      return '';
    case 'not':
      return `!(${filterText(node.operand)})`;
    case 'bare':
      return termText(node.term);
    case 'test': {
      const quantifier = node.quantifier === undefined ? '' : `${node.quantifier} `;
      const start = `${quantifier}${termText(node.left)} ${node.sign} `;
      return node.sign === 'in'
        ? `${start}{${node.members.map(({ low, high }) => termText(low) + (high ? ` .. ${termText(high)}` : '')).join(', ')}}`
        : start + termText(node.right);
    }
    default:
      return `(${filterText(node.left)}) ${words[node.kind]} (${filterText(node.right)})`;
  }
}

function termText(term: Term): string {
  switch (term.kind) {
    case 'word': {
      const mark = term.only === 'field' ? '.' : term.only === 'literal' ? ':' : '';
      return `${mark}${term.text}${term.layers ? `#[${term.layers.map(layerText).join()}]` : ''}`;
    }
    case 'text':
      return `"${escaped(term.bytes)}"`;
    case 'character':
      return `'${escaped(term.bytes)}'`;
    case 'slice':
      return `${termText(term.term)}[${term.ranges.map(rangeText).join()}]`;
    case 'call':
      return `${term.name}(${term.terms.map(termText).join(', ')})`;
    case 'arithmetic': {
      const left = term.left === undefined ? '' : `${termText(term.left)} `;
      return left === '' ? `-${termText(term.right)}` : `{${left}${term.sign} ${termText(term.right)}}`;
    }
  }
}

const rangeText = ({ from, length }: ByteRange): string => `${from}:${length ?? ''}`;

const layerText = ({ from, to }: LayerRange): string => `${from}:${to === undefined ? '' : to - from + 1}`;

/** Every byte as an escape. */
const escaped = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
