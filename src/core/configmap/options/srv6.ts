/** Options of the group "srv6". Facts: Cilium's flag reference, charts and sources, version by version. */
import { defineOptions } from '../option.js';

export const srv6Options = defineOptions('srv6', [
  {
    key: 'enable-srv6',
    type: 'bool',
    default: 'false',
    since: 113,
    hidden: true,
    about: 'Hidden: segment routing over IPv6; needs IPv6.',
  },
  {
    key: 'srv6-encap-mode',
    type: 'enum',
    values: ['reduced', 'srh'],
    default: 'reduced',
    since: 113,
    hidden: true,
    about: 'Hidden: header style of SRv6.',
  },
]);
