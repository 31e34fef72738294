/**
 * The TextMate grammars of monitor logs, printed from the message table: what the table recognises is coloured, all
 * else stays plain. Patterns must mean the same in Oniguruma as in JavaScript.
 */
import { fieldKinds } from '../monitor/fieldKinds.js';
import { jsonTypes } from '../monitor/jsonLine.js';
import { connections } from '../monitor/messages/connection.js';
import { layers, messages, unknownLayer } from '../monitor/messages/index.js';
import { mostPrefixes } from '../monitor/parse.js';
import { prefixSource } from '../monitor/prefix.js';
import type { Carrier, Form, LineKind, MessageRow } from '../monitor/row.js';
import { labelAtEnd, literalSource, parseTemplate, type TemplatePart } from '../monitor/template.js';

/** Scopes end with the name of the language. */
const language = 'cilium-monitor';
const rootScope = `source.${language}`;

interface Capture {
  readonly name?: string;
  readonly patterns?: readonly Rule[];
}
type Captures = Record<string, Capture>;

/** A rule of a TextMate grammar, as far as these grammars need it. */
export interface Rule {
  readonly include?: string;
  readonly name?: string;
  readonly contentName?: string;
  readonly match?: string;
  readonly captures?: Captures;
  readonly begin?: string;
  readonly beginCaptures?: Captures;
  readonly end?: string;
  readonly endCaptures?: Captures;
  readonly while?: string;
  readonly patterns?: readonly Rule[];
}

export interface Grammar {
  readonly information_for_contributors: readonly string[];
  readonly name: string;
  readonly scopeName: string;
  readonly injectionSelector?: string;
  readonly patterns: readonly Rule[];
  readonly repository: Readonly<Record<string, Rule>>;
}

const made = [
  'Printed by "npm run generate" from the message table in src/core/monitor; change that instead.',
];

function scope(name: string): string {
  return `${name}.${language}`;
}

/** How the first words of a line are coloured, by its kind. */
const leadScopes: Readonly<Record<LineKind, string>> = {
  debug: 'entity.name.function.message',
  capture: 'keyword.other.capture',
  drop: 'invalid.illegal.drop',
  trace: 'keyword.control.point',
  'policy-verdict': 'keyword.control.policy',
  l7: 'keyword.other.l7',
  agent: 'markup.heading.agent',
  'sock-trace': 'keyword.other.socket',
  recorder: 'keyword.other.recorder',
  lost: 'invalid.deprecated.lost',
  dissect: 'entity.name.tag.layer',
  'decode-error': 'comment.line.decoder',
  summary: 'meta.connection',
  hexdump: 'constant.numeric.offset',
  separator: 'comment.line.separator',
  header: 'comment.line.header',
  json: 'meta.json',
  blank: 'meta.blank',
  unknown: 'meta.unknown',
};

/** What is inside some fields, by kind of field. */
const nested: Readonly<Record<string, readonly Rule[]>> = {
  connection: [{ include: '#connection' }],
  knownConnection: [{ include: '#connection' }],
  gluedLayer: [{ include: '#layer' }, { include: '#message' }],
  gluedLine: [{ include: '#message' }],
};

/** Writes a template as a pattern in which words, labels and values are captured. */
class RuleWriter {
  readonly captures: Captures = {};
  private groups = 0;
  private leads = true;

  constructor(private readonly kind: LineKind) {}

  source(parts: readonly TemplatePart[]): string {
    return parts.map((part) => this.partSource(part)).join('');
  }

  private partSource(part: TemplatePart): string {
    if (part.type === 'optional') {
      this.leads = false;
      return `(?:${this.source(part.parts)})?`;
    }
    if (part.type === 'field') {
      this.leads = false;
      const { pattern, scope: name } = fieldKinds[part.kind];
      const inside = nested[part.kind];
      return this.group(pattern, inside ? { name: scope(name), patterns: inside } : { name: scope(name) });
    }
    const lead = this.leads;
    this.leads = false;
    if (lead) return this.group(literalSource(part.text), { name: scope(leadScopes[this.kind]) });
    const label = labelAtEnd.exec(part.text)?.[0] ?? '';
    const before = part.text.slice(0, part.text.length - label.length);
    const labelled =
      label === '' ? '' : this.group(literalSource(label), { name: scope('variable.parameter') });
    return `${literalSource(before)}${labelled}`;
  }

  private group(source: string, capture: Capture): string {
    this.captures[++this.groups] = capture;
    return `(${source})`;
  }
}

function ruleOf(row: MessageRow, form: Form, anchor: string): Rule {
  const writer = new RuleWriter(row.kind);
  const source = writer.source(parseTemplate(form.template));
  return { match: `${anchor}${source}[ \\t]*$`, captures: writer.captures };
}

/** The rules of all wordings that stand behind a carrier. */
function rulesOf(carrier: Carrier): Rule[] {
  return messages.flatMap((row) =>
    row.forms
      .filter((form) => (form.carrier ?? row.carrier) === carrier)
      .map((form) => ruleOf(row, form, '\\G')),
  );
}

/** Words that begin the text of a line, to tell them from what other tools put in front. */
function beginnings(): string {
  const words = new Set<string>();
  for (const row of messages) {
    for (const form of row.forms) {
      const [first] = parseTemplate(form.template);
      if ((form.carrier ?? row.carrier) !== 'line' || first?.type !== 'text') continue;
      words.add(literalSource(/^\S+/.exec(first.text)?.[0] ?? ''));
    }
  }
  const layerNames = layers.map(({ name }) => `${name}[ \\t]+\\{`);
  const others = [
    'CPU[ \\t]+\\d',
    '\\{"',
    '-{4}',
    '(?:->|<-|\\?\\?) Re',
    '[\\da-fA-F]{8}[ \\t]{1,3}[\\da-fA-F]{2}[ \\t]',
    '\\[?[\\da-fA-F.:]{2,45}\\]?(?::\\d{1,5})? -> ',
    'time=',
    '\\d+ events lost',
    literalSource(unknownLayer),
  ];
  return [...words, ...layerNames, ...others].join('|');
}

function numbered(...names: readonly string[]): Captures {
  return Object.fromEntries(names.map((name, i) => [String(i + 1), { name: scope(name) }]));
}

const cpu = '(CPU)[ \\t]+(\\d{1,5})(:)[ \\t]+';
const mark =
  '(MARK)[ \\t]+(0x[\\da-fA-F]{1,16})(?:[ \\t]+(\\[ IP-TRACE-ID = \\d{1,20} \\]))?[ \\t]+(FROM)[ \\t]+(\\d{1,10})[ \\t]+';
const cpuNames = ['variable.parameter.cpu', 'constant.numeric.cpu', 'punctuation.separator'];
const markNames = [
  ...cpuNames,
  'variable.parameter.mark',
  'constant.numeric.hash',
  'constant.numeric.trace',
  'variable.parameter.reporter',
  'entity.name.function.endpoint',
];

/** The grammar of the language. */
export function monitorGrammar(): Grammar {
  return {
    information_for_contributors: made,
    name: 'Cilium Monitor Log',
    scopeName: rootScope,
    patterns: [{ include: '#line' }],
    repository: {
      line: {
        // Atomic, so that a foreign line is given up in linear time.
        begin: `^((?>${prefixSource}){0,${mostPrefixes}}?)(?=${beginnings()})`,
        beginCaptures: numbered('comment.block.prefix'),
        end: '$',
        patterns: [{ include: '#message' }],
      },
      message: {
        patterns: [
          {
            begin: `${cpu}${mark}(DEBUG:)[ \\t]+`,
            beginCaptures: numbered(...markNames, 'keyword.other.debug'),
            end: '$',
            patterns: rulesOf('debug'),
          },
          {
            begin: `${cpu}${mark}`,
            beginCaptures: numbered(...markNames),
            end: '$',
            patterns: rulesOf('mark'),
          },
          { begin: cpu, beginCaptures: numbered(...cpuNames), end: '$', patterns: rulesOf('cpu') },
          { include: '#layer' },
          {
            begin: `\\G(?=\\{.{0,200}"type":"(?:${Object.keys(jsonTypes).join('|')})")`,
            end: '$',
            patterns: [{ include: 'source.json' }],
          },
          { match: `\\G${literalSource(unknownLayer)}`, name: scope('comment.line.decoder') },
          ...rulesOf('line'),
        ],
      },
      layer: {
        begin: `\\G(${layers.map(({ name }) => name).join('|')})[ \\t]+(\\{)`,
        beginCaptures: numbered('entity.name.tag.layer', 'punctuation.section.begin'),
        end: '$',
        patterns: [{ include: '#layer-value' }],
      },
      'layer-value': {
        patterns: [
          {
            match: '\\b((?:Src|Dst|Group)(?:MAC|IP|Address))(=)([^\\s}]{1,64})',
            captures: numbered('variable.parameter', 'keyword.operator', 'string.unquoted.address'),
          },
          {
            match: '\\b([A-Za-z]\\w{0,40})(=)(?:(true|false|nil)\\b|(\\d{1,20})|([A-Za-z][\\w|]{0,60}))?',
            captures: numbered(
              'variable.parameter',
              'keyword.operator',
              'constant.language',
              'constant.numeric',
              'constant.other',
            ),
          },
          { match: '\\[\\.\\.\\d{1,10}\\.\\.\\]', name: scope('comment.block.length') },
        ],
      },
      connection: {
        patterns: connections.flatMap((row) => row.forms.map((form) => ruleOf(row, form, ''))),
      },
    },
  };
}

/** Colours fenced blocks of Markdown that name the language. */
export function markdownGrammar(): Grammar {
  const fenceName = { name: 'fenced_code.block.language' };
  const punctuation = { name: 'punctuation.definition.markdown' };
  return {
    information_for_contributors: made,
    name: 'Cilium Monitor Log in Markdown',
    scopeName: `markdown.${language}.codeblock`,
    injectionSelector: 'L:text.html.markdown',
    patterns: [{ include: '#fence' }],
    repository: {
      fence: {
        name: 'markup.fenced_code.block.markdown',
        begin: `(^|\\G)([ \\t]*)(\`{3,}|~{3,})[ \\t]*(?i:(${language})(?:[ \\t,:{][^\`\\n]{0,200})?)[ \\t]*$`,
        beginCaptures: { '3': punctuation, '4': fenceName },
        end: '(^|\\G)(\\2|[ \\t]{0,3})(\\3)[ \\t]*$',
        endCaptures: { '3': punctuation },
        patterns: [
          {
            begin: '(^|\\G)([ \\t]*)(.*)',
            while: '(^|\\G)(?![ \\t]*(?:`{3,}|~{3,})[ \\t]*$)',
            contentName: `meta.embedded.block.${language}`,
            patterns: [{ include: rootScope }],
          },
        ],
      },
    },
  };
}

/** A grammar as its file holds it. */
export function grammarText(grammar: Grammar): string {
  return `${JSON.stringify(grammar, null, 1)}\n`;
}
