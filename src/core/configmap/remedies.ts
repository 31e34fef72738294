/** Edits that several rules offer, and places that several rules point at. */
import { cidrText, contains } from './cidr.js';
import type { ConfigEntry } from './config.js';
import { together } from './edit.js';
import type { ConfigEditor, Edits } from './edit.js';
import type { Settings } from './settings.js';
import { ipv4CidrKey, masqueradesIpv4, podPools } from './terms.js';

/** The pair that decides the routing mode in this version; `undefined` when the default decides. */
export function routingEntry(s: Settings): ConfigEntry | undefined {
  const tunnel = s.version <= 114 ? s.given('tunnel') : undefined;
  if (tunnel !== undefined && (s.version < 114 || tunnel.value !== '')) return tunnel;
  return s.version >= 114 ? s.given('routing-mode') : undefined;
}

/** How a user of this version writes native routing. */
export function nativeSetting(s: Settings): string {
  return s.version >= 114 ? '`routing-mode: "native"`' : '`tunnel: "disabled"`';
}

/** The words for why a file does not route natively. */
export function whyTunnel(s: Settings): string {
  if (routingEntry(s) !== undefined) return '';
  if (s.version > 114 && s.given('tunnel') !== undefined) return ' because `tunnel` is ignored since 1.15';
  return ' because that is the default';
}

/** The one range that pods get their addresses from; `undefined` when there are several or none is known. */
export function singlePool(s: Settings, family: 4 | 6): string | undefined {
  const [pool, second] = s.quietly(() => podPools(s, family));
  return pool === undefined || second !== undefined ? undefined : cidrText(pool);
}

/** The native-routing range from the pod pool, when it is wanted and absent; nothing to do else. */
function addCidr(s: Settings, edit: ConfigEditor, near: string): Edits {
  const key = ipv4CidrKey(s);
  const pool = singlePool(s, 4);
  if (pool === undefined || s.given(key) !== undefined) return [];
  if (!s.quietly(() => masqueradesIpv4(s))) return [];
  return edit.set(key, pool, near);
}

/** Switches to native routing as this version writes it, with the pod pool as native-routing range when it is known. */
export function routeNatively(s: Settings, edit: ConfigEditor, near: string): Edits {
  if (s.version < 114) return together(edit.set('tunnel', 'disabled', near), addCidr(s, edit, near));
  const tunnel = s.given('tunnel');
  if (tunnel !== undefined && s.given('routing-mode') === undefined) {
    return together(
      edit.rename(tunnel, 'routing-mode'),
      edit.setValue(tunnel, 'native'),
      addCidr(s, edit, near),
    );
  }
  return together(
    edit.removeKey('tunnel'),
    edit.set('routing-mode', 'native', near),
    addCidr(s, edit, s.given('routing-mode') === undefined ? near : 'routing-mode'),
  );
}

/** What a value of the old key `tunnel` asks for in today's keys. */
export function tunnelMeans(value: string): { mode: string; protocol?: string } | undefined {
  if (value === 'disabled') return { mode: 'native' };
  return value === 'vxlan' || value === 'geneve' ? { mode: 'tunnel', protocol: value } : undefined;
}

/** Whether the new keys, where they stand, say what the old key `tunnel` asks for. */
export function newKeysAgree(s: Settings, value: string): boolean {
  const meaning = tunnelMeans(value);
  const mode = s.given('routing-mode')?.value;
  const protocol = s.given('tunnel-protocol')?.value;
  if (meaning === undefined) return false;
  if (mode !== undefined && mode !== meaning.mode) return false;
  return meaning.protocol === undefined || protocol === undefined || protocol === meaning.protocol;
}

/** Writes the old key `tunnel` as `routing-mode` and `tunnel-protocol`. */
export function replaceTunnel(s: Settings, edit: ConfigEditor, tunnel: ConfigEntry): Edits {
  const meaning = tunnelMeans(tunnel.value ?? '');
  if (meaning === undefined) return undefined;
  const hasMode = s.given('routing-mode') !== undefined;
  const protocol =
    meaning.protocol === undefined || s.given('tunnel-protocol')?.value === meaning.protocol
      ? []
      : edit.set('tunnel-protocol', meaning.protocol, hasMode ? 'routing-mode' : 'tunnel');
  if (hasMode) return together(edit.remove(tunnel), edit.set('routing-mode', meaning.mode), protocol);
  return together(edit.rename(tunnel, 'routing-mode'), edit.setValue(tunnel, meaning.mode), protocol);
}

/** Full kube-proxy replacement as this version writes it. */
export function kubeProxyReplacementWord(s: Settings): string {
  return s.version >= 114 ? 'true' : 'strict';
}

/** Pod ranges that a native-routing range leaves out. */
export function poolsOutside(s: Settings, cidr: Parameters<typeof contains>[0]): readonly string[] {
  return podPools(s, cidr.family)
    .filter((pool) => !contains(cidr, pool))
    .map(cidrText);
}
