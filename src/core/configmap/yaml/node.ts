/** YAML as a tree in which every key and value knows its exact place in the text. */
import type { TextRange } from '../../base/lines.js';

/** What a YAML 1.1 reader (such as the one in kubectl) takes an untagged plain scalar for. */
export type ScalarKind = 'string' | 'boolean' | 'number' | 'null' | 'other';

export interface ScalarNode {
  readonly type: 'scalar';
  /** With quotes, or with the header of a block scalar; empty and behind the colon when nothing is written. */
  readonly range: TextRange;
  /** Without quotes. */
  readonly inner: TextRange;
  /** Decoded: escapes resolved, lines folded. */
  readonly value: string;
  readonly style: 'plain' | 'single' | 'double' | 'block';
  readonly kind: ScalarKind;
}

/** One pair of a mapping. */
export interface MappingEntry {
  readonly key: YamlNode;
  readonly value: YamlNode;
}

export interface MappingNode {
  readonly type: 'mapping';
  readonly range: TextRange;
  readonly style: 'block' | 'flow';
  readonly entries: readonly MappingEntry[];
}

export interface SequenceNode {
  readonly type: 'sequence';
  readonly range: TextRange;
  readonly items: readonly YamlNode[];
}

/** `*name`. It points at its target instead of holding a copy, so aliases of aliases cost nothing. */
export interface AliasNode {
  readonly type: 'alias';
  readonly range: TextRange;
  readonly name: string;
  readonly target: YamlNode | undefined;
}

export type YamlNode = ScalarNode | MappingNode | SequenceNode | AliasNode;

/** The node itself, or what an alias stands for; `undefined` for an alias to nothing. */
export function resolved(node: YamlNode | undefined): Exclude<YamlNode, AliasNode> | undefined {
  let at = node;
  for (let hops = 0; at?.type === 'alias' && hops < 100; hops++) at = at.target;
  return at?.type === 'alias' ? undefined : at;
}

/** The text of a scalar (behind an alias too); `undefined` for anything else. */
export function scalarText(node: YamlNode | undefined): string | undefined {
  const target = resolved(node);
  return target?.type === 'scalar' ? target.value : undefined;
}

/** The value of a key of a mapping, without looking into merge keys. */
export function valueOf(node: YamlNode | undefined, key: string): YamlNode | undefined {
  const target = resolved(node);
  if (target?.type !== 'mapping') return undefined;
  return target.entries.find((entry) => scalarText(entry.key) === key)?.value;
}

/** Where a key of a mapping stands. */
export function keyRange(node: YamlNode | undefined, key: string): TextRange | undefined {
  const target = resolved(node);
  if (target?.type !== 'mapping') return undefined;
  return target.entries.find((entry) => scalarText(entry.key) === key)?.key.range;
}
