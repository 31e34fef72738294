/** Options of the group "egress-gateway". Facts: Cilium's flag reference, charts and sources, version by version. */
import { defineOptions } from '../option.js';

export const egressGatewayOptions = defineOptions('egress-gateway', [
  {
    key: 'egress-gateway-reconciliation-trigger-interval',
    type: 'duration',
    default: '1s',
    since: 114,
    helm: 'egressGateway.reconciliationTriggerInterval',
    chart: { from: 114 },
    about: 'Shortest pause between two reconciliations.',
  },
  {
    key: 'enable-egress-gateway',
    type: 'bool',
    default: 'false',
    since: 110,
    absent: { from: 111, to: 117 },
    helm: 'egressGateway.enabled',
    chart: { from: 110 },
    about: "Sends selected pods' outbound traffic through chosen nodes.",
    note: 'Called enable-ipv4-egress-gateway from 1.11; both names work in 1.18.',
  },
  {
    key: 'enable-ipv4-egress-gateway',
    type: 'bool',
    default: 'false',
    since: 111,
    deprecated: 118,
    removed: 119,
    replacedBy: ['enable-egress-gateway'],
    helm: 'egressGateway.enabled',
    chart: { from: 111, to: 117 },
    about: 'Name of that switch from 1.11 to 1.18.',
  },
  {
    key: 'install-egress-gateway-routes',
    type: 'bool',
    default: 'false',
    since: 112,
    deprecated: 115,
    removed: 116,
    helm: 'egressGateway.installRoutes',
    chart: { from: 112, to: 115 },
    about: 'Extra routes for ENI; no longer needed.',
  },
]);
