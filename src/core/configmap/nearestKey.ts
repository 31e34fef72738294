/** Which known key a user most likely meant by an unknown one. */
import { options } from './options/index.js';

/** Wrong names that are seen in public files. */
const aliases: ReadonlyMap<string, string> = new Map([
  ['enable-auto-direct-node-routes', 'auto-direct-node-routes'],
  ['auto-direct-node-route', 'auto-direct-node-routes'],
  ['direct-node-routes', 'auto-direct-node-routes'],
  ['ipv4-native-routing-cidrs', 'ipv4-native-routing-cidr'],
  ['native-routing-cidrs', 'ipv4-native-routing-cidr'],
  ['enable-ipv4-native-routing', 'routing-mode'],
  ['tunnel-mode', 'routing-mode'],
  ['tunneling', 'routing-mode'],
  ['encapsulation', 'routing-mode'],
  ['loadbalancer-mode', 'bpf-lb-mode'],
  ['load-balancer-mode', 'bpf-lb-mode'],
  ['lb-mode', 'bpf-lb-mode'],
  ['loadbalancer-algorithm', 'bpf-lb-algorithm'],
  ['policy-enforcement-mode', 'enable-policy'],
  ['enable-bgp', 'enable-bgp-control-plane'],
  ['kube-proxy-free', 'kube-proxy-replacement'],
  ['enable-masquerade', 'enable-ipv4-masquerade'],
  ['ipv4-masquerade', 'enable-ipv4-masquerade'],
  ['bpf-masquerade', 'enable-bpf-masquerade'],
  ['endpoint-routes', 'enable-endpoint-routes'],
  ['enable-endpoint-route', 'enable-endpoint-routes'],
  ['host-legacy-routing', 'enable-host-legacy-routing'],
  ['cluster-pool-ipv4-pod-cidr', 'cluster-pool-ipv4-cidr'],
  ['cluster-pool-ipv4-cidr-list', 'cluster-pool-ipv4-cidr'],
  ['enable-hubble-metrics', 'hubble-metrics'],
  ['ipam-mode', 'ipam'],
  ['wireguard', 'enable-wireguard'],
  ['bandwidth-manager', 'enable-bandwidth-manager'],
]);

const byHelmPath: ReadonlyMap<string, string> = new Map(
  options.flatMap((option) =>
    [option.helm, ...(option.helmOther ?? [])].flatMap((path) =>
      path === undefined ? [] : [[path, option.key] as const],
    ),
  ),
);

const keys = new Set(options.map((option) => option.key));

/** Longer texts are no misspelt keys. */
const longestKey = 80;

/** Edits between two words (a swap of neighbours counts as one), or more than `most`. */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? Infinity) + 1);
      row.push(cost);
    }
    if (Math.min(...row) > most) return most + 1;
    before = last;
    last = row;
  }
  return last[b.length] ?? most + 1;
}

/** Whether no single word of a key was exchanged for another short one, as in `enable-dsr` and `enable-bbr`. */
function areSpellings(a: string, b: string): boolean {
  const [ours, theirs] = [a.split('-'), b.split('-')];
  if (ours.length !== theirs.length) return true;
  return ours.every((word, at) => {
    const most = Math.max(1, Math.floor(word.length / 3));
    return distance(word, theirs[at] ?? '', most) <= most;
  });
}

/**
 * The known key nearest to an unknown one: a name seen in the wild, a Helm path, the same word in another spelling
 * (`_` for `-`, capitals, a flag's dashes), else the one with the fewest typing errors.
 */
export function nearestKey(unknown: string): string | undefined {
  if (unknown.length > longestKey) return undefined;
  const flag = /^-*([^=\s]*)/.exec(unknown)?.[1] ?? '';
  const spelt = flag.toLowerCase().replaceAll('_', '-');
  if (keys.has(spelt)) return spelt;
  const byName = byHelmPath.get(unknown) ?? aliases.get(spelt);
  if (byName !== undefined) return byName;
  const most = spelt.length > 20 ? 3 : spelt.length > 5 ? 2 : spelt.length > 3 ? 1 : 0;
  let best: string | undefined;
  let fewest = most + 1;
  for (const { key, removed } of options) {
    const errors = distance(spelt, key, Math.min(most, fewest));
    if (errors > Math.min(most, fewest) || !areSpellings(spelt, key)) continue;
    if (
      errors < fewest ||
      (errors === fewest && errors <= most && removed === undefined && best === undefined)
    ) {
      fewest = errors;
      best = key;
    }
  }
  return fewest <= most ? best : undefined;
}
