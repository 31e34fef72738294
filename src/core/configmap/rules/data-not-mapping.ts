import { configMapName } from '../config.js';
import { defineRule } from '../rule.js';
import { resolved, valueOf } from '../yaml/node.js';
import { isTemplated } from '../yaml/templates.js';

export const dataNotMapping = defineRule({
  id: 'data-not-mapping',
  severity: 'error',
  summary: '`data` holds pairs of a key and a value',
  why: 'Kubernetes refuses a ConfigMap whose data is a text or a list, so the change never reaches Cilium.',
  versions: 'all versions',
  evidence: 'Kubernetes: ConfigMap.data is a map of strings to strings',
  aboutText: true,
  examples: [
    {
      bad: `
        data:
          - enable-ipv4=true
        # ^^^^^^^^^^^^^^^^^^
      `,
      good: `
        data:
          enable-ipv4: "true"
      `,
    },
    {
      bad: `
        data: hello
        #     ^^^^^
      `,
      good: `
        data:
          debug: "true"
      `,
    },
  ],

  check({ config, report }) {
    const written = valueOf(config.object, 'data');
    const data = resolved(written);
    if (written === undefined || data?.type === 'mapping') return;
    if (data?.type === 'scalar' && data.kind === 'null') return;
    const { range } = written;
    if (isTemplated(config.text.slice(range.start, range.end))) return;
    const what =
      data === undefined ? 'an alias to nothing' : data.type === 'sequence' ? 'a list' : 'one value';
    report({
      range,
      message: `\`data\` of ${configMapName} is ${what}, but must hold lines such as \`enable-ipv4: "true"\`; Kubernetes refuses the whole object.`,
    });
  },
});
