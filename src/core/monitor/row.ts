/**
 * What one kind of monitor line is declared as. Recogniser, fields, hover, grammar, docs and tests all read these
 * rows; a new kind of line is a new row in one file of `messages/`.
 */

/** The minor versions of Cilium that print something: `0.8`, `1.11`; `until` is absent while it is still printed. */
export interface VersionSpan {
  readonly since: string;
  readonly until?: string;
}

/** The kinds of line a log holds; `monitor --json` prints these words. */
export type LineKind =
  | 'debug'
  | 'capture'
  | 'drop'
  | 'trace'
  | 'policy-verdict'
  | 'l7'
  | 'agent'
  | 'sock-trace'
  | 'recorder'
  | 'lost'
  | 'dissect'
  | 'decode-error'
  | 'summary'
  | 'hexdump'
  | 'separator'
  | 'header'
  | 'json'
  | 'blank'
  | 'unknown';

/**
 * What stands in front of the text of a row:
 * `mark` is `CPU nn: MARK 0x… FROM n `, `debug` is that and `DEBUG: `, `cpu` is `CPU nn: `, `line` is nothing.
 */
export type Carrier = 'line' | 'cpu' | 'mark' | 'debug';

/** One wording of a row. The template language is described in template.ts. */
export interface Form extends VersionSpan {
  readonly template: string;
  /** Where this wording stands; the row's own carrier when absent. */
  readonly carrier?: Carrier;
}

/** A real or made line that must be recognised as its row, with some of the fields it must give. */
export interface Example {
  readonly line: string;
  readonly gives?: Readonly<Record<string, string>>;
}

/** What to look at next, only where a field of the line has one of some values, or none of them. */
export interface ConditionalCheck {
  readonly check: string;
  readonly field: string;
  readonly is?: readonly string[];
  readonly isNot?: readonly string[];
}

export interface MessageRow {
  /** Kebab-case, unique; the `type` of `monitor --json`. */
  readonly id: string;
  readonly kind: LineKind;
  /** The constant in Cilium's source (pkg/monitor/api/types.go and others), where there is one. */
  readonly cilium?: string;
  readonly carrier: Carrier;
  /** A few words that name the line. */
  readonly title: string;
  /** The same with `{field}` for values of the line, as a hover's heading. */
  readonly heading?: string;
  readonly forms: readonly Form[];
  /** What the line says happened, in general. */
  readonly about: string;
  /**
   * What happened to this packet, with `{field}` for values of the line and `{=field}` for what a value means. The
   * first that the line can fill is used, else `about`.
   */
  readonly story?: readonly string[];
  /** What to look at next. */
  readonly checks?: readonly (string | ConditionalCheck)[];
  readonly link?: string;
  readonly examples: readonly Example[];
}

function order(version: string): number {
  const [major = 0, minor = 0] = version.split(/[.-]/).map(Number);
  return major * 100 + minor;
}

/** The image of the agent calls its tool `cilium-dbg` from this version on; before, that name did not exist. */
const toolRenamed = order('1.15');

/** Whether only versions from before the tool was renamed print this wording. */
export function isBeforeRename({ until }: VersionSpan): boolean {
  return until !== undefined && order(until) < toolRenamed;
}

/** The versions that print any form of a row: `Cilium 0.8 to 1.19`, `Cilium 1.11 and later`. */
export function versionsText(forms: readonly VersionSpan[]): string {
  const since = forms.map((form) => form.since).sort((a, b) => order(a) - order(b))[0];
  if (since === undefined) return '';
  const open = forms.some((form) => form.until === undefined);
  if (open) return since === '0.8' ? 'all versions' : `Cilium ${since} and later`;
  const until = forms.map((form) => form.until ?? '').sort((a, b) => order(b) - order(a))[0] ?? '';
  return since === until ? `Cilium ${since}` : `Cilium ${since} to ${until}`;
}
