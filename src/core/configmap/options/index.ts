/** Every option that some version of Cilium reads from `cilium-config`, group by group. */
import type { CiliumOption } from '../option.js';
import { addressFamilyOptions } from './addressFamily.js';
import { authenticationOptions } from './authentication.js';
import { bandwidthOptions } from './bandwidth.js';
import { bgpOptions } from './bgp.js';
import { bpfMapsOptions } from './bpfMaps.js';
import { clustermeshOptions } from './clustermesh.js';
import { cniOptions } from './cni.js';
import { datapathOptions } from './datapath.js';
import { debugOptions } from './debug.js';
import { dnsOptions } from './dns.js';
import { egressGatewayOptions } from './egressGateway.js';
import { encryptionOptions } from './encryption.js';
import { envoyOptions } from './envoy.js';
import { gatewayApiOptions } from './gatewayApi.js';
import { healthOptions } from './health.js';
import { hostFirewallOptions } from './hostFirewall.js';
import { hostRoutingOptions } from './hostRouting.js';
import { hubbleOptions } from './hubble.js';
import { identityOptions } from './identity.js';
import { ingressOptions } from './ingress.js';
import { ipamOptions } from './ipam.js';
import { kubeProxyReplacementOptions } from './kubeProxyReplacement.js';
import { kubernetesOptions } from './kubernetes.js';
import { kvstoreOptions } from './kvstore.js';
import { l2Options } from './l2.js';
import { lifecycleOptions } from './lifecycle.js';
import { loadBalancingOptions } from './loadBalancing.js';
import { masqueradeOptions } from './masquerade.js';
import { metricsOptions } from './metrics.js';
import { monitorOptions } from './monitor.js';
import { pathsOptions } from './paths.js';
import { policyOptions } from './policy.js';
import { routingOptions } from './routing.js';
import { srv6Options } from './srv6.js';
import { vtepOptions } from './vtep.js';

/** All options, in the order of their groups. */
export const options: readonly CiliumOption[] = [
  ...addressFamilyOptions,
  ...authenticationOptions,
  ...bandwidthOptions,
  ...bgpOptions,
  ...bpfMapsOptions,
  ...clustermeshOptions,
  ...cniOptions,
  ...datapathOptions,
  ...debugOptions,
  ...dnsOptions,
  ...egressGatewayOptions,
  ...encryptionOptions,
  ...envoyOptions,
  ...gatewayApiOptions,
  ...healthOptions,
  ...hostFirewallOptions,
  ...hostRoutingOptions,
  ...hubbleOptions,
  ...identityOptions,
  ...ingressOptions,
  ...ipamOptions,
  ...kubeProxyReplacementOptions,
  ...kubernetesOptions,
  ...kvstoreOptions,
  ...l2Options,
  ...lifecycleOptions,
  ...loadBalancingOptions,
  ...masqueradeOptions,
  ...metricsOptions,
  ...monitorOptions,
  ...pathsOptions,
  ...policyOptions,
  ...routingOptions,
  ...srv6Options,
  ...vtepOptions,
];

const byKey = new Map(options.map((option) => [option.key, option]));

/** The option of a key of the ConfigMap; `undefined` when no version of Cilium knows it. */
export function optionOf(key: string): CiliumOption | undefined {
  return byKey.get(key);
}
