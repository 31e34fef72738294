/** What the editor says about a key or a value under the pointer, in Markdown. */
import type { TextRange } from '../base/lines.js';
import { grouped, markdownCode } from '../base/words.js';
import { versionText } from '../cilium/version.js';
import type { CiliumVersion } from '../cilium/version.js';
import { cidrText, hasHostBits, lastAddress, networkOf, parseCidr } from './cidr.js';
import type { ConfigEntry } from './config.js';
import type { LintedConfig, LintResult } from './lint.js';
import { defaultAt, isReadAt, oldestVersion, valuesAt } from './option.js';
import type { CiliumOption, OptionType } from './option.js';
import { optionOf } from './options/index.js';
import { parseBool, splitWords } from './values.js';
import { newestStable } from './version.js';

export interface ConfigHover {
  readonly range: TextRange;
  readonly markdown: string;
}

const typeNames: Readonly<Record<OptionType, string>> = {
  bool: 'true or false',
  int: 'whole number',
  float: 'number',
  port: 'port number',
  duration: 'duration such as 30s or 5m',
  enum: 'one word',
  string: 'text',
  list: 'words separated by spaces',
  map: 'key=value pairs separated by commas, or JSON',
  json: 'JSON',
  yaml: 'YAML',
  'ipv4-cidr': 'one IPv4 range',
  'ipv6-cidr': 'one IPv6 range',
  'cidr-list': 'ranges separated by spaces',
  ip: 'IP address',
  address: 'address and port',
  device: 'interface',
  range: 'range of ports',
  path: 'path in the container',
  url: 'URL',
  regex: 'regular expression',
  base64: 'Base64',
};

/** `1.14 – now`, `up to 1.14`, `1.10 – 1.17`. */
function lifeText({ since, removed }: CiliumOption): string {
  const first = versionText(since);
  if (removed === undefined) return since === oldestVersion ? 'all versions' : `${first} – now`;
  const last = versionText(removed - 1);
  return since === oldestVersion ? `up to ${last}` : `${first} – ${last}`;
}

/** What is odd about the key in this version; nothing when it is simply read. */
function standingText(option: CiliumOption, version: CiliumVersion): string | undefined {
  const instead = (option.replacedBy ?? []).map((key) => markdownCode(key)).join(' and ');
  const use = instead === '' ? '' : ` Use ${instead}.`;
  if (version < option.since) return `Cilium ${versionText(version)} does not read it yet.`;
  if (!isReadAt(option, version)) return `Cilium ${versionText(version)} ignores it.${use}`;
  if (option.deprecated === undefined || version < option.deprecated) return undefined;
  const end = option.removed === undefined ? '' : `, ignored from ${versionText(option.removed)} on`;
  return `Deprecated since ${versionText(option.deprecated)}${end}.${use}`;
}

function defaultText(option: CiliumOption, version: CiliumVersion): string {
  const value = defaultAt(option, version);
  return value === '' ? 'no default' : `default ${markdownCode(value)}`;
}

/** The page that describes the key's program, in the documentation of the version. */
function documentationOf(option: CiliumOption, version: CiliumVersion): string {
  const program = option.readBy?.includes('agent') === false ? 'cilium-operator' : 'cilium-agent';
  // Older documentation has been taken down; development versions have none of their own.
  const edition = version >= 111 && version < newestStable ? `v${versionText(version)}` : 'stable';
  return `https://docs.cilium.io/en/${edition}/cmdref/${program}/`;
}

/** The version to tell type and default of: the one asked for, or the last or first that reads the key. */
function toldAt(option: CiliumOption, version: CiliumVersion): CiliumVersion {
  if (isReadAt(option, version)) return version;
  return version < option.since ? option.since : (option.removed ?? option.absent?.from ?? version + 1) - 1;
}

function optionLines(option: CiliumOption, version: CiliumVersion): string[] {
  const told = toldAt(option, version);
  const words = valuesAt(option, told);
  const type =
    words === undefined || words.length === 0
      ? typeNames[option.type]
      : words.map((text) => markdownCode(text === '' ? '""' : text)).join(', ');
  const readBy = option.readBy ?? ['agent'];
  const facts = [`Read by ${readBy.join(', ')}`];
  if (option.helm !== undefined) facts.push(`Helm value ${markdownCode(option.helm)}`);
  if (option.hidden === true) facts.push('not in the documentation');
  return [
    `**${markdownCode(option.key)}** · ${option.group} · ${lifeText(option)}`,
    option.about,
    ...[standingText(option, version) ?? []].flat(),
    `${type} · ${defaultText(option, told)} in ${versionText(told)}`,
    ...(option.note === undefined ? [] : [option.note]),
    facts.join(' · '),
    `[Command reference](${documentationOf(option, version)}) · [Helm reference](https://docs.cilium.io/en/stable/helm-reference/)`,
  ];
}

/** `10.0.0.0 – 10.0.255.255, 65,536 addresses`. */
function rangeText(text: string): string | undefined {
  const cidr = parseCidr(text);
  if (cidr === undefined) return undefined;
  const network = networkOf(cidr);
  const bits = 8 * cidr.address.length - cidr.prefix;
  const count =
    bits <= 32 ? `${grouped(2 ** bits)} ${bits === 0 ? 'address' : 'addresses'}` : `2^${bits} addresses`;
  const first = cidrText(network).replace(/\/.*/, '');
  const span = bits === 0 ? first : `${first} – ${lastAddress(network)}`;
  const note = hasHostBits(cidr) ? ` (host bits do not count: ${cidrText(network)})` : '';
  return `${markdownCode(text)}: ${span}, ${count}${note}`;
}

/** What a value means by itself. */
function valueLines(option: CiliumOption, value: string, version: CiliumVersion): string[] {
  if (option.type === 'bool') {
    const on = parseBool(value);
    if (on === undefined) return [`${markdownCode(value)} is not a boolean.`];
    const isDefault = isReadAt(option, version) && on === parseBool(defaultAt(option, version));
    return [`${markdownCode(value)}: ${on ? 'on' : 'off'}${isDefault ? ', as it is by default' : ''}`];
  }
  if (option.type === 'ipv4-cidr' || option.type === 'ipv6-cidr' || option.type === 'cidr-list') {
    return splitWords(value)
      .slice(0, 4)
      .map((text) => rangeText(text) ?? `${markdownCode(text.slice(0, 60))} is not a range.`);
  }
  if (!isReadAt(option, version)) return [];
  const words = valuesAt(option, version);
  if (words !== undefined && words.length > 0 && !words.includes(value)) {
    return [`${versionText(version)} does not know ${markdownCode(value.slice(0, 60))}.`];
  }
  return value === defaultAt(option, version) && value !== ''
    ? [`${markdownCode(value.slice(0, 60))}: the default`]
    : [];
}

function holds(range: TextRange, offset: number): boolean {
  return range.start <= offset && offset < Math.max(range.end, range.start + 1);
}

function hoverOf(entry: ConfigEntry, { version }: LintedConfig, offset: number): ConfigHover | undefined {
  const option = optionOf(entry.key);
  if (option === undefined) return undefined;
  const at = version.range.high;
  if (holds(entry.keyNode.range, offset)) {
    return { range: entry.keyNode.range, markdown: optionLines(option, at).join('\n\n') };
  }
  const { range } = entry.valueNode;
  if (!holds(range, offset)) return undefined;
  const own = entry.value === undefined ? [] : valueLines(option, entry.value, at);
  return { range, markdown: [...own, ...optionLines(option, at)].join('\n\n') };
}

/** What is to be said about the place of a linted text; nothing outside the keys and values of a Cilium ConfigMap. */
export function configHover(result: LintResult, offset: number): ConfigHover | undefined {
  for (const linted of result.configs) {
    const { range } = linted.config.document;
    if (offset < range.start || offset > range.end) continue;
    for (const entry of linted.config.entries) {
      const hover = entry.borrowed ? undefined : hoverOf(entry, linted, offset);
      if (hover !== undefined) return hover;
    }
  }
  return undefined;
}
