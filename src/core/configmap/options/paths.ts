/** Options of the group "paths". Facts: Cilium's flag reference, charts and sources, version by version. */
import { defineOptions } from '../option.js';

export const pathsOptions = defineOptions('paths', [
  { key: 'boot-id-file', type: 'path', since: 117, hidden: true, about: 'Hidden: boot ID.' },
  {
    key: 'bpf-root',
    type: 'path',
    helm: 'bpf.root',
    chart: { from: 112 },
    about: 'Mount point of the BPF file system.',
  },
  {
    key: 'certificates-directory',
    type: 'path',
    default: '/var/run/cilium/certs',
    since: 107,
    about: 'TLS files for policies.',
  },
  {
    key: 'cgroup-root',
    type: 'path',
    helm: 'cgroup.hostRoot',
    chart: { from: 109 },
    about: 'Mount point of cgroup v2.',
  },
  {
    key: 'config',
    type: 'path',
    default: '$HOME/ciliumd.yaml',
    readBy: ['agent', 'operator'],
    chart: { from: 113 },
    about: 'Settings file; not useful inside the ConfigMap.',
  },
  {
    key: 'config-dir',
    type: 'path',
    readBy: ['agent', 'operator'],
    about: 'Directory where the ConfigMap is mounted; not useful inside it.',
  },
  { key: 'lib-dir', type: 'path', default: '/var/lib/cilium', about: 'Program files.' },
  {
    key: 'procfs',
    type: 'path',
    default: '/proc',
    since: 112,
    helm: 'securityContext.privileged',
    chart: { from: 112 },
    about: 'Root of procfs inside the container.',
  },
  { key: 'socket-path', type: 'path', default: '/var/run/cilium/cilium.sock', about: 'Agent API socket.' },
  { key: 'state-dir', type: 'path', default: '/var/run/cilium', about: 'Run-time state.' },
  {
    key: 'wait-bpf-mount',
    type: 'bool',
    removed: 110,
    helm: 'bpf.waitForMount',
    helmOther: ['global.bpf.waitForMount'],
    readBy: ['init-container'],
    chart: { from: 106, to: 109 },
    about: 'Init container waited for the BPF file system.',
  },
]);
