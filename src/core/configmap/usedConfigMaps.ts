/** Which ConfigMaps the other objects of a file use. */
import { scalarText, valueOf } from './yaml/node.js';
import type { YamlFile } from './yaml/file.js';
import { mappingsOf } from './yaml/walk.js';

/** The names in volumes (`configMap`) and in references for environment variables (`configMapRef`, `configMapKeyRef`). */
export function usedConfigMaps(file: YamlFile): ReadonlySet<string> {
  const names = new Set<string>();
  for (const mapping of mappingsOf(file)) {
    for (const key of ['configMap', 'configMapRef', 'configMapKeyRef']) {
      const name = scalarText(valueOf(valueOf(mapping, key), 'name'));
      if (name !== undefined) names.add(name);
    }
  }
  return names;
}
