import { configMapName } from '../config.js';
import type { CiliumConfig } from '../config.js';
import { checkedFix, defineRule, word } from '../rule.js';
import { resolved, valueOf } from '../yaml/node.js';
import { isTemplated } from '../yaml/templates.js';

/** Keys that no other program has: one of them must be there before a foreign name is called wrong. */
const ownKeys =
  /^(?:routing-mode|tunnel|tunnel-protocol|kube-proxy-replacement|auto-direct-node-routes|identity-allocation-mode|(?:ipv[46]-)?native-routing-cidr|enable-ipv[46]-masquerade|enable-bpf-masquerade|bpf-lb-[a-z-]+|cluster-pool-ipv[46]-[a-z-]+)$/;

/** Names that a hash or a product puts something behind: Kustomize, `cilium-config-emergency-override` of GKE. */
function isNamedAfterIt(name: string): boolean {
  return name.startsWith(`${configMapName}-`);
}

function hasOwnKey(config: CiliumConfig): boolean {
  return config.entries.some(({ key }) => ownKeys.test(key));
}

export const wrongName = defineRule({
  id: 'wrong-name',
  severity: 'warning',
  summary: 'The ConfigMap with the options of Cilium is called cilium-config',
  why: 'Agent and operator read the ConfigMap cilium-config. One with another name is only read where the DaemonSet is changed to name it.',
  versions: 'all versions',
  evidence:
    'install/kubernetes/cilium/templates: the DaemonSet of the agent and the Deployment of the operator name it',
  aboutText: true,
  examples: [
    {
      bad: `
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: cilium
        #       ^^^^^^
          namespace: kube-system
        data:
          enable-ipv4: "true"
          routing-mode: "tunnel"
          tunnel-protocol: "vxlan"
      `,
      good: `
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: cilium-config
          namespace: kube-system
        data:
          enable-ipv4: "true"
          routing-mode: "tunnel"
          tunnel-protocol: "vxlan"
      `,
    },
  ],

  check({ config, usedNames, report }) {
    const { name, object, isPatch, text } = config;
    if (name === undefined || name === configMapName || isPatch || isNamedAfterIt(name)) return;
    // Where something mounts it by this name, or a ConfigMap of the right name is used, it is meant.
    if (usedNames.has(name) || !hasOwnKey(config)) return;
    const node = resolved(valueOf(valueOf(object, 'metadata'), 'name'));
    if (node?.type !== 'scalar' || isTemplated(text.slice(node.range.start, node.range.end))) return;
    report({
      range: node.range,
      message: `These are options of Cilium, but it reads only the ConfigMap \`${configMapName}\`; this one is called ${word(name)}.`,
      fixes: [checkedFix(`Rename to ${configMapName}`, [{ range: node.inner, text: configMapName }])],
    });
  },
});
