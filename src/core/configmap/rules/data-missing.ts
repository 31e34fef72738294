import { defineRule } from '../rule.js';
import { keyRange, resolved, scalarText, valueOf } from '../yaml/node.js';
import type { YamlNode } from '../yaml/node.js';
import { isTemplated } from '../yaml/templates.js';

/** Where the values of a ConfigMap can stand instead. */
const otherPlaces = ['stringData', 'binaryData'];

function isWritten(node: YamlNode | undefined): node is YamlNode {
  return node !== undefined && node.range.start < node.range.end;
}

export const dataMissing = defineRule({
  id: 'data-missing',
  severity: 'warning',
  summary: 'There is something under `data`',
  why: 'Without a value of its own the agent runs with its defaults, among them an overlay and IPv6, whatever the chart would have written.',
  versions: 'all versions',
  evidence:
    'install/kubernetes/cilium/templates/cilium-agent/daemonset.yaml mounts the ConfigMap as the only source of options',
  aboutText: true,
  examples: [
    {
      bad: `
        data: {}
        #     ^^
      `,
      good: `
        data:
          enable-ipv4: "true"
      `,
    },
    {
      bad: `
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: cilium-config
        #       ^^^^^^^^^^^^^
          namespace: kube-system
      `,
      good: `
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: cilium-config
          namespace: kube-system
        data:
          enable-ipv4: "true"
      `,
    },
  ],

  check({ config: { object, text, isPatch, isTemplate, entries }, report }) {
    if (isPatch || isTemplate || entries.length > 0) return;
    if (otherPlaces.some((key) => valueOf(object, key) !== undefined)) return;
    const metadata = valueOf(object, 'metadata');
    const written = valueOf(object, 'data');
    const data = resolved(written);
    if (written === undefined) {
      // A patch of labels or annotations needs no data, and no namespace either.
      const isPart = ['labels', 'annotations'].some((key) => valueOf(metadata, key) !== undefined);
      if (isPart && valueOf(metadata, 'namespace') === undefined) return;
    } else {
      const isEmpty =
        (data?.type === 'mapping' && data.entries.length === 0) ||
        (data?.type === 'scalar' && data.kind === 'null');
      if (!isEmpty || isTemplated(text.slice(written.range.start, written.range.end))) return;
    }
    const name = valueOf(metadata, 'name');
    report({
      range: isWritten(written) ? written.range : (keyRange(object, 'data') ?? name?.range ?? object.range),
      message: `${scalarText(name) ?? 'This ConfigMap'} has no values under \`data\`: the agent runs with its defaults, which are an overlay with VXLAN.`,
    });
  },
});
