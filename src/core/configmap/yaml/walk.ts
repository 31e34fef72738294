/** Goes through all that is written in a file, in the order of the text. */
import type { YamlFile } from './file.js';
import type { MappingNode, YamlNode } from './node.js';

/** Nodes that are looked at in one file; the rest of a larger one is not. */
const mostNodes = 200_000;

/** Every mapping of a file, within bounds; aliases are not followed. */
export function* mappingsOf(file: YamlFile): Generator<MappingNode> {
  const waiting: YamlNode[] = file.documents.flatMap((document) => document.root ?? []).toReversed();
  for (let seen = 0; seen < mostNodes; seen++) {
    const node = waiting.pop();
    if (node === undefined) return;
    if (node.type === 'sequence') for (const item of node.items.toReversed()) waiting.push(item);
    if (node.type !== 'mapping') continue;
    yield node;
    for (const { value } of node.entries.toReversed()) waiting.push(value);
  }
}
