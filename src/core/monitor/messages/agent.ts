/**
 * Notifications of the agent. Up to 1.0 the text is free, from 1.1 on it is a JSON object.
 * Source: pkg/monitor/api/types.go of cilium/cilium (AgentNotify…), v0.13 to 1.21 development.
 */
import type { Example, MessageRow } from '../row.js';

interface Notification {
  readonly id: string;
  readonly cilium: string;
  readonly title: string;
  readonly since: string;
  readonly until?: string;
  readonly about: string;
  readonly checks?: readonly string[];
  /** The text behind the colon. */
  readonly example: string;
}

const notifications: readonly Notification[] = [
  {
    id: 'agent-unspecified',
    cilium: 'AgentNotifyUnspec',
    title: 'unspecified',
    since: '0.13',
    about: 'A notification without a kind; never expected.',
    example: 'text',
  },
  {
    id: 'agent-message',
    cilium: 'AgentNotifyGeneric',
    title: 'Message',
    since: '0.13',
    about: 'Free text from the agent.',
    example: 'some text',
  },
  {
    id: 'agent-started',
    cilium: 'AgentNotifyStart',
    title: 'Cilium agent started',
    since: '0.13',
    about: 'The agent started, or started again: all monitors lose their connection at this moment.',
    checks: ['kubectl -n kube-system logs <cilium pod> --previous, when it was not planned.'],
    example: '{"time":"2024-06-10T17:27:28.200529896Z"}',
  },
  {
    id: 'endpoint-regenerated',
    cilium: 'AgentNotifyEndpointRegenerateSuccess',
    title: 'Endpoint regenerated',
    since: '0.13',
    about: 'The programs and policy maps of an endpoint were built anew.',
    checks: ['Frequent repeats: see which policy or identity changes cause them.'],
    example: '{"id":1580,"labels":["k8s:app=cni-test"]}',
  },
  {
    id: 'endpoint-regeneration-failed',
    cilium: 'AgentNotifyEndpointRegenerateFail',
    title: 'Failed endpoint regeneration',
    since: '0.13',
    about: 'Building an endpoint anew failed: the old programs stay, or the endpoint does not become ready.',
    checks: ['cilium-dbg endpoint log <id>', 'The log of the agent.'],
    example: '{"id":1580,"labels":["k8s:app=cni-test"],"error":"timeout"}',
  },
  {
    id: 'policy-updated',
    cilium: 'AgentNotifyPolicyUpdated',
    title: 'Policy updated',
    since: '1.1',
    about: 'Policy rules were imported or changed.',
    example: '{"labels":["unspec:name=allow-dns"],"revision":12,"rule_count":1}',
  },
  {
    id: 'policy-deleted',
    cilium: 'AgentNotifyPolicyDeleted',
    title: 'Policy deleted',
    since: '1.1',
    about: 'Policy rules were removed.',
    example: '{"revision":13,"rule_count":0}',
  },
  {
    id: 'endpoint-created',
    cilium: 'AgentNotifyEndpointCreated',
    title: 'Endpoint created',
    since: '1.6',
    about: 'An endpoint was created, usually for a new pod.',
    example: '{"id":1580,"labels":[],"pod-name":"cni-test-2f986","namespace":"default"}',
  },
  {
    id: 'endpoint-deleted',
    cilium: 'AgentNotifyEndpointDeleted',
    title: 'Endpoint deleted',
    since: '1.6',
    about: 'An endpoint was deleted, usually with its pod.',
    example: '{"id":1580,"labels":[],"pod-name":"cni-test-2f986","namespace":"default"}',
  },
  {
    id: 'ipcache-upserted',
    cilium: 'AgentNotifyIPCacheUpserted',
    title: 'IPCache entry upserted',
    since: '1.7',
    about: 'The IP cache now maps a prefix to an identity and a node.',
    checks: ['cilium-dbg bpf ipcache get <ip>'],
    example: '{"cidr":"10.0.0.85/32","id":3352,"host-ip":"192.168.0.120","encrypt-key":0}',
  },
  {
    id: 'ipcache-deleted',
    cilium: 'AgentNotifyIPCacheDeleted',
    title: 'IPCache entry deleted',
    since: '1.7',
    about: 'The IP cache no longer maps a prefix to an identity.',
    example: '{"cidr":"10.0.0.85/32","id":3352,"encrypt-key":0}',
  },
  {
    id: 'service-upserted',
    cilium: 'AgentNotifyServiceUpserted',
    title: 'Service upserted',
    since: '1.7',
    until: '1.17',
    about: 'A service was stored in the maps of the load-balancer.',
    checks: ['cilium-dbg service list'],
    example:
      '{"id":17,"frontend-address":{"ip":"10.96.0.10","port":53},"backend-addresses":[],"type":"ClusterIP"}',
  },
  {
    id: 'service-deleted',
    cilium: 'AgentNotifyServiceDeleted',
    title: 'Service deleted',
    since: '1.7',
    until: '1.17',
    about: 'A service was removed from the maps of the load-balancer.',
    example: '{"id":17}',
  },
];

/** All notifications of the agent. */
export const agentMessages: readonly MessageRow[] = notifications.map((notification): MessageRow => {
  const { id, cilium, title, since, until, about, checks, example } = notification;
  const examples: Example[] = [{ line: `>> ${title}: ${example}`, gives: { message: example } }];
  return {
    id,
    kind: 'agent',
    cilium,
    carrier: 'line',
    title,
    forms: [{ template: `>> ${title}:[ <message:text>]`, since, ...(until === undefined ? {} : { until }) }],
    about,
    ...(checks ? { checks } : {}),
    examples,
  };
});
