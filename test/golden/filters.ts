import { readFileSync } from 'node:fs';
import path from 'node:path';

/** By capture and filter: numbers of the packets that tshark finds, or null when it refuses the filter. */
export type FilterGolden = Record<string, Record<string, readonly number[] | null>>;

/** filters.json, which makeFilters.ts writes. */
export const filterGolden = JSON.parse(
  readFileSync(path.join(import.meta.dirname, 'filters.json'), 'utf8'),
) as FilterGolden;
