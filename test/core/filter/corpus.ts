import { filterGroups } from '../../golden/filterCases.js';

/** All filters that are put to tshark. */
export const filterCorpus: readonly string[] = filterGroups.flatMap(({ filters }) => filters);
