/** All rules, in the order in which the reference lists them. A new rule is a file beside this one and two lines here. */
import type { ConfigRule, FileRule, RuleInfo } from '../rule.js';
import { autoDirectManySubnets } from './auto-direct-many-subnets.js';
import { autoDirectWithHybrid } from './auto-direct-with-hybrid.js';
import { autoDirectWithTunnel } from './auto-direct-with-tunnel.js';
import { autoDirectWithoutCidr } from './auto-direct-without-cidr.js';
import { bigTcpWithTunnel } from './big-tcp-with-tunnel.js';
import { binaryData } from './binary-data.js';
import { boolWord } from './bool-word.js';
import { chainingModeInvalid } from './chaining-mode-invalid.js';
import { cloudIpamWithTunnel } from './cloud-ipam-with-tunnel.js';
import { dataMissing } from './data-missing.js';
import { dataNotMapping } from './data-not-mapping.js';
import { directRoutingDeviceNotInDevices } from './direct-routing-device-not-in-devices.js';
import { dsrGeneveDispatchNeedsGeneveProtocol } from './dsr-geneve-dispatch-needs-geneve-protocol.js';
import { dsrIpipNeedsNative } from './dsr-ipip-needs-native.js';
import { dsrOverVxlan } from './dsr-over-vxlan.js';
import { dsrTunnelNeedsGeneveDispatch } from './dsr-tunnel-needs-geneve-dispatch.js';
import { duplicateKey } from './duplicate-key.js';
import { egressGatewayTunnelInNative } from './egress-gateway-tunnel-in-native.js';
import { endpointRoutesAndLocalNodeRoute } from './endpoint-routes-and-local-node-route.js';
import { endpointRoutesBlockHostRouting } from './endpoint-routes-block-host-routing.js';
import { eniWithTunnel } from './eni-with-tunnel.js';
import { highScaleIpcacheNeedsNative } from './high-scale-ipcache-needs-native.js';
import { hybridWithoutTopology } from './hybrid-without-topology.js';
import { ipamInvalid } from './ipam-invalid.js';
import { ipv4NativeCidrTooOld } from './ipv4-native-cidr-too-old.js';
import { kprValue } from './kpr-value.js';
import { lbAccelerationInvalid } from './lb-acceleration-invalid.js';
import { lbModeInvalid } from './lb-mode-invalid.js';
import { localRouterNeedsEndpointRoutes } from './local-router-needs-endpoint-routes.js';
import { localRouterNeedsNative } from './local-router-needs-native.js';
import { multiPoolWithTunnel } from './multi-pool-with-tunnel.js';
import { nativeCidrBothNames } from './native-cidr-both-names.js';
import { nativeCidrHostBits } from './native-cidr-host-bits.js';
import { nativeCidrInTunnelMode } from './native-cidr-in-tunnel-mode.js';
import { nativeCidrInvalid } from './native-cidr-invalid.js';
import { nativeCidrMissesPodPool } from './native-cidr-misses-pod-pool.js';
import { nativeCidrMultiple } from './native-cidr-multiple.js';
import { nativeCidrTooWide } from './native-cidr-too-wide.js';
import { nativeCidrUnused } from './native-cidr-unused.js';
import { nativeMtuLeftFromOverlay } from './native-mtu-left-from-overlay.js';
import { nativeNeedsIpv4Cidr } from './native-needs-ipv4-cidr.js';
import { nativeNeedsIpv6Cidr } from './native-needs-ipv6-cidr.js';
import { nativeRoutingCidrDeprecated } from './native-routing-cidr-deprecated.js';
import { nativeRoutingCidrRemoved } from './native-routing-cidr-removed.js';
import { nativeWithoutRoutes } from './native-without-routes.js';
import { noConntrackManagedCluster } from './no-conntrack-managed-cluster.js';
import { noConntrackNeedsBpfMasquerade } from './no-conntrack-needs-bpf-masquerade.js';
import { noConntrackNeedsIpv4 } from './no-conntrack-needs-ipv4.js';
import { noConntrackNeedsKpr } from './no-conntrack-needs-kpr.js';
import { noConntrackNeedsNative } from './no-conntrack-needs-native.js';
import { noLocalRouteAtAll } from './no-local-route-at-all.js';
import { notUtf8 } from './not-utf-8.js';
import { poolCidrInvalid } from './pool-cidr-invalid.js';
import { routingModeInvalid } from './routing-mode-invalid.js';
import { routingModeTooOld } from './routing-mode-too-old.js';
import { singleClusterRouteWithNative } from './single-cluster-route-with-native.js';
import { skipUnreachableTooOld } from './skip-unreachable-too-old.js';
import { skipUnreachableWithoutAutoDirect } from './skip-unreachable-without-auto-direct.js';
import { strictIngressNeedsTunnel } from './strict-ingress-needs-tunnel.js';
import { stringData } from './string-data.js';
import { tabIndentation } from './tab-indentation.js';
import { tunnelAndRoutingMode } from './tunnel-and-routing-mode.js';
import { tunnelKeyDeprecated } from './tunnel-key-deprecated.js';
import { tunnelKeyRemoved } from './tunnel-key-removed.js';
import { tunnelOptionsInNative } from './tunnel-options-in-native.js';
import { tunnelProtocolInvalid } from './tunnel-protocol-invalid.js';
import { unknownKey } from './unknown-key.js';
import { valueNotString } from './value-not-string.js';
import { versionUnknown } from './version-unknown.js';
import { wrongName } from './wrong-name.js';
import { xdpWithTunnel } from './xdp-with-tunnel.js';
import { yamlSyntax } from './yaml-syntax.js';
import { yamlTooLarge } from './yaml-too-large.js';
import { yaml11Boolean } from './yaml11-boolean.js';

/** Rules over a file, whatever is in it. */
export const fileRules: readonly FileRule[] = [
  yamlSyntax,
  tabIndentation,
  yamlTooLarge,
  notUtf8,
  versionUnknown,
];

/** Rules over the settings of a ConfigMap. */
export const configRules: readonly ConfigRule[] = [
  wrongName,
  dataMissing,
  dataNotMapping,
  stringData,
  binaryData,
  valueNotString,
  duplicateKey,
  unknownKey,
  yaml11Boolean,
  boolWord,
  kprValue,
  ipamInvalid,
  lbModeInvalid,
  lbAccelerationInvalid,
  chainingModeInvalid,
  poolCidrInvalid,
  nativeNeedsIpv4Cidr,
  nativeNeedsIpv6Cidr,
  tunnelKeyRemoved,
  tunnelKeyDeprecated,
  tunnelAndRoutingMode,
  routingModeTooOld,
  routingModeInvalid,
  tunnelProtocolInvalid,
  nativeRoutingCidrRemoved,
  nativeRoutingCidrDeprecated,
  nativeCidrBothNames,
  ipv4NativeCidrTooOld,
  nativeCidrInvalid,
  nativeCidrMultiple,
  nativeCidrHostBits,
  nativeCidrMissesPodPool,
  nativeCidrTooWide,
  nativeCidrUnused,
  nativeCidrInTunnelMode,
  autoDirectWithTunnel,
  autoDirectWithHybrid,
  autoDirectWithoutCidr,
  nativeWithoutRoutes,
  skipUnreachableWithoutAutoDirect,
  skipUnreachableTooOld,
  autoDirectManySubnets,
  noConntrackNeedsNative,
  noConntrackNeedsKpr,
  noConntrackNeedsBpfMasquerade,
  noConntrackNeedsIpv4,
  noConntrackManagedCluster,
  singleClusterRouteWithNative,
  localRouterNeedsNative,
  localRouterNeedsEndpointRoutes,
  eniWithTunnel,
  cloudIpamWithTunnel,
  multiPoolWithTunnel,
  dsrOverVxlan,
  dsrTunnelNeedsGeneveDispatch,
  dsrGeneveDispatchNeedsGeneveProtocol,
  dsrIpipNeedsNative,
  xdpWithTunnel,
  bigTcpWithTunnel,
  strictIngressNeedsTunnel,
  highScaleIpcacheNeedsNative,
  hybridWithoutTopology,
  tunnelOptionsInNative,
  egressGatewayTunnelInNative,
  endpointRoutesAndLocalNodeRoute,
  noLocalRouteAtAll,
  endpointRoutesBlockHostRouting,
  nativeMtuLeftFromOverlay,
  directRoutingDeviceNotInDevices,
];

/** Everything that can be found. */
export const rules: readonly RuleInfo[] = [...fileRules, ...configRules];
