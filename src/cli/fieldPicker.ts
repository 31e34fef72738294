import type { DecodedNode } from '../core/dissect/decoder.js';
import { allFields } from '../core/dissect/field.js';
import { dissectors } from '../core/dissect/registry.js';
import { frameFieldNames } from '../session/frameNode.js';
import { CommandError } from './command.js';

/**
 * From a list of names (`ip.src,tcp.port`) what takes their values out of a packet's tree: one text a name, several
 * values of one name joined by commas, in the order of the packet. A name that no field has is a {@link CommandError}.
 */
export function fieldPicker(list: string): (layers: readonly DecodedNode[]) => string[] {
  const names = list.split(',').map((name) => name.trim());
  const known = meanings();
  const wanted = names.map((name) => {
    if (name === '') throw new CommandError('--fields has an empty name');
    const meaning = known.get(name);
    if (!meaning) throw new CommandError(`there is no field '${name}'`);
    return meaning;
  });
  return (layers) => {
    const values: string[][] = wanted.map(() => []);
    const visit = (node: DecodedNode): void => {
      wanted.forEach((meaning, at) => {
        if (meaning.has(node.name)) values[at]?.push(node.value ?? node.label);
      });
      node.children?.forEach(visit);
    };
    layers.forEach(visit);
    return values.map((of) => of.join(','));
  };
}

/** All names that can be asked for, each with the names of the nodes it stands for. */
function meanings(): ReadonlyMap<string, ReadonlySet<string>> {
  const known = new Map<string, Set<string>>();
  const add = (name: string, node: string): void => {
    known.set(name, (known.get(name) ?? new Set()).add(node));
  };
  for (const name of [...frameFieldNames, '_ws.short', '_ws.malformed']) add(name, name);
  for (const dissector of dissectors) {
    add(dissector.id, dissector.id);
    for (const set of [dissector.fields, dissector.loose ?? {}])
      for (const field of allFields(set)) {
        add(field.name, field.name);
        for (const alias of field.aliases ?? []) add(alias, field.name);
      }
    for (const [alias, fields] of Object.entries(dissector.aliases ?? {}))
      for (const field of fields) add(alias, field.name);
  }
  return known;
}
