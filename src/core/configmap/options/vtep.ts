/** Options of the group "vtep". Facts: Cilium's flag reference, charts and sources, version by version. */
import { defineOptions } from '../option.js';

export const vtepOptions = defineOptions('vtep', [
  {
    key: 'enable-vtep',
    type: 'bool',
    default: 'false',
    since: 112,
    helm: 'vtep.enabled',
    chart: { from: 112 },
    about: 'Connects to outside VXLAN tunnel endpoints.',
  },
  {
    key: 'vtep-cidr',
    type: 'cidr-list',
    since: 112,
    helm: 'vtep.cidr',
    chart: { from: 112 },
    about: 'Ranges behind each endpoint, in the same order.',
  },
  {
    key: 'vtep-endpoint',
    type: 'list',
    since: 112,
    helm: 'vtep.endpoint',
    chart: { from: 112 },
    about: 'Addresses of those endpoints.',
  },
  {
    key: 'vtep-mac',
    type: 'list',
    since: 112,
    helm: 'vtep.mac',
    chart: { from: 112 },
    about: 'MAC address of each endpoint, in the same order.',
  },
  {
    key: 'vtep-mask',
    type: 'ip',
    default: '255.255.255.0',
    since: 112,
    helm: 'vtep.mask',
    chart: { from: 112 },
    about: 'Netmask of the ranges.',
  },
  {
    key: 'vtep-sync-interval',
    type: 'duration',
    default: '1m0s',
    since: 119,
    about: 'How often VTEP routes are checked.',
  },
]);
