/** Reads a line of `cilium monitor --json`: one object, whose own keys are the fields. */
import type { Token } from './line.js';

/** What `type` can be, with what such an event is. Source: the *Verbose structures of pkg/monitor of cilium/cilium. */
export const jsonTypes: Readonly<Record<string, string>> = {
  trace: 'A packet seen at a point of its way.',
  drop: 'A packet that was dropped.',
  capture: 'A packet at a debug point.',
  debug: 'A debug message of a datapath program.',
  debug_capture_error: 'A capture event that the tool could not read.',
  logRecord: 'What the L7 proxy saw.',
  agent: 'A notification of the agent.',
};

/** Keys of these objects and what they hold. */
export const jsonKeys: Readonly<Record<string, { readonly title: string; readonly about?: string }>> = {
  cpu: { title: 'CPU', about: 'The CPU that handled the packet.' },
  type: { title: 'Kind of event' },
  mark: {
    title: 'MARK, a packet hash',
    about: 'The same for all packets of a flow in one direction; not the skb mark.',
  },
  ifindex: { title: 'Interface' },
  Ifindex: { title: 'Interface index' },
  state: { title: 'Connection state' },
  observationPoint: { title: 'Observation point' },
  traceSummary: { title: 'Summary', about: 'As the line without --json begins.' },
  source: { title: 'Reporting endpoint', about: 'The endpoint whose program reported this; not the sender.' },
  bytes: { title: 'Packet length', about: 'In bytes, with the Ethernet header.' },
  srcLabel: { title: 'Identity of the sender' },
  dstLabel: { title: 'Identity of the receiver' },
  dstID: { title: 'Receiving endpoint', about: '0 when none is known.' },
  reason: { title: 'Drop reason' },
  Line: { title: 'Source line of the program' },
  File: { title: 'Source file of the program', about: 'A number, except in the newest versions.' },
  ExtError: { title: 'Extended error of the drop' },
  IpTraceID: { title: 'IP trace id', about: '0 when the packet has none.' },
  IPTraceID: { title: 'IP trace id', about: '0 when the packet has none.' },
  message: { title: 'Message' },
  prefix: { title: 'Summary' },
  summary: { title: 'Packet', about: 'The layers of the packet, or its connection.' },
  subtype: { title: 'Notification' },
  flowType: { title: 'Request or response' },
  l7Proto: { title: 'Application protocol' },
  srcEpID: { title: 'Endpoint of the sender' },
  dstEpID: { title: 'Endpoint of the receiver' },
  srcIdentity: { title: 'Identity of the sender' },
  dstIdentity: { title: 'Identity of the receiver' },
  DstIdentity: { title: 'Identity of the receiver' },
  srcEpLabels: { title: 'Labels of the sender' },
  dstEpLabels: { title: 'Labels of the receiver' },
  verdict: { title: 'Verdict of the proxy' },
  // Keys of the notifications of the agent.
  id: { title: 'Id', about: 'Of an endpoint; of an IPCache entry the security identity; of a service.' },
  'old-id': { title: 'Identity before' },
  labels: { title: 'Labels' },
  error: { title: 'Error' },
  revision: { title: 'Revision of the policy', about: 'Grows with each change of the policy on this node.' },
  rule_count: { title: 'Number of rules' },
  cidr: { title: 'Prefix' },
  'host-ip': { title: 'Node', about: 'The node on which the address lives.' },
  'old-host-ip': { title: 'Node before' },
  'encrypt-key': {
    title: 'Encryption key',
    about: 'Index of the key; 0 when traffic to it is not encrypted.',
  },
  namespace: { title: 'Namespace' },
  'pod-name': { title: 'Pod' },
  time: { title: 'Time' },
};

export interface JsonLine {
  readonly type: string;
  readonly tokens: readonly Token[];
}

const pair = /"([A-Za-z_][\w-]{0,60})"[ \t]*:[ \t]*/y;
const stringValue = /"((?:[^"\\]|\\.)*)"/y;
const listValue = /\[(?:[^[\]{}"]|"(?:[^"\\]|\\.)*")*\]/y;
const plainValue = /-?\d{1,30}(?:\.\d{1,30})?|true|false|null/y;
const mostValues = 100;

/** The object that begins at `at`, or undefined when it is not one of the monitor. */
export function jsonLine(text: string, at: number): JsonLine | undefined {
  const tokens = objectTokens(text, at);
  const type = tokens.find((token) => token.field === 'type')?.text;
  return type !== undefined && Object.hasOwn(jsonTypes, type) ? { type, tokens } : undefined;
}

/**
 * The values of the object that begins at `at`; none when no object does. Only its own keys count, not those of objects
 * within; a line that was cut short gives the keys that it has.
 */
export function objectTokens(text: string, at: number): readonly Token[] {
  if (text.charAt(at) !== '{') return [];
  const tokens: Token[] = [];
  let depth = 0;
  for (let i = at; i < text.length && tokens.length < mostValues;) {
    const char = text.charAt(i);
    if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') depth--;
    else if (char === '"') {
      pair.lastIndex = i;
      const name = depth === 1 ? pair.exec(text) : null;
      if (name?.[1] !== undefined) {
        const begins = i + name[0].length;
        i = pushValue(text, begins, name[1], i, tokens) ?? begins;
        continue;
      }
      stringValue.lastIndex = i;
      const skipped = stringValue.exec(text);
      if (!skipped) break;
      i += skipped[0].length;
      continue;
    }
    if (depth === 0) break;
    i++;
  }
  return tokens;
}

/** Adds a string, number, word or flat list; returns where it ends, or undefined when something else stands there. */
function pushValue(
  text: string,
  at: number,
  field: string,
  from: number,
  tokens: Token[],
): number | undefined {
  stringValue.lastIndex = at;
  const quoted = stringValue.exec(text);
  plainValue.lastIndex = at;
  listValue.lastIndex = at;
  const match = quoted ?? plainValue.exec(text) ?? listValue.exec(text);
  if (!match) return undefined;
  const end = at + match[0].length;
  tokens.push({
    field,
    kind: 'json',
    text: quoted ? unescaped(quoted[0]) : match[0],
    // The value is what stands within the quotes.
    start: quoted ? at + 1 : at,
    end: quoted ? end - 1 : end,
    from,
    to: end,
    inCarrier: false,
  });
  return end;
}

function unescaped(quoted: string): string {
  try {
    const value: unknown = JSON.parse(quoted);
    return typeof value === 'string' ? value : quoted;
  } catch {
    return quoted.slice(1, -1);
  }
}
