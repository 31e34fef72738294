/** Every row of the message tables against its own examples, against all others, and against the public templates. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { fieldKinds, type FieldKindId } from '../../../src/core/monitor/fieldKinds.js';
import { fieldsOf } from '../../../src/core/monitor/line.js';
import { layers, messages } from '../../../src/core/monitor/messages/index.js';
import { parseLine } from '../../../src/core/monitor/parse.js';
import { compileRow } from '../../../src/core/monitor/recogniser.js';
import type { Carrier } from '../../../src/core/monitor/row.js';
import { parseTemplate, type TemplatePart } from '../../../src/core/monitor/template.js';
import { dropReasons } from '../../../src/core/monitor/values/dropReasons.js';
import { traceStates } from '../../../src/core/monitor/values/conntrack.js';

const carriers: Readonly<Record<Carrier, string>> = {
  line: '',
  cpu: 'CPU 07: ',
  mark: 'CPU 07: MARK 0xab12 FROM 4711 ',
  debug: 'CPU 07: MARK 0xab12 FROM 4711 DEBUG: ',
};

interface Templates {
  readonly debug: readonly string[];
  readonly capture: readonly string[];
  readonly tracePoints: readonly (readonly [string, string])[];
  readonly traceStates: readonly string[];
  readonly dropReasons: readonly (readonly [number, readonly string[]])[];
  readonly agent: readonly string[];
}

const published = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, '../../fixtures/logs/templates.json'), 'utf8'),
) as Templates;

/** An example without what stands in front of its message. */
function messageOf(line: string): string {
  return line.trim().replace(/^CPU \d+: (?:MARK \S+ FROM \d+ (?:DEBUG: )?)?/, '');
}

describe('rows', () => {
  test('ids are unique and kebab-case', () => {
    const ids = [...messages.map(({ id }) => id), ...layers.map(({ id }) => id)];
    assert.equal(new Set(ids).size, ids.length);
    for (const id of ids) assert.match(id, /^[a-z0-9]+(?:-[a-z0-9]+)*$/);
  });

  for (const row of [...messages, ...layers]) {
    test(`${row.id}: examples give what they say`, () => {
      assert.ok(row.examples.length > 0, 'a row needs an example');
      for (const { line, gives = {} } of row.examples) {
        const parsed = parseLine(line);
        assert.equal(parsed.type, row.id, line);
        const fields = fieldsOf(parsed);
        for (const [name, expected] of Object.entries(gives))
          assert.equal(fields[name], expected, `${name} of ${line}`);
        for (const token of parsed.tokens)
          assert.equal(line.slice(token.start, token.end), token.text, `place of ${token.field} in ${line}`);
      }
    });
  }

  test('no row matches the example of another', () => {
    const compiled = messages.flatMap((row) => compileRow(row));
    for (const row of messages) {
      for (const { line } of row.examples) {
        const message = messageOf(line);
        const carrier: Carrier = line.includes(' DEBUG: ')
          ? 'debug'
          : / FROM \d/.test(line)
            ? 'mark'
            : line.startsWith('CPU')
              ? 'cpu'
              : 'line';
        const others = compiled.filter(({ pattern, carrier: needed, row: other }) => {
          pattern.lastIndex = 0;
          return other !== row && needed === carrier && pattern.test(message);
        });
        assert.deepEqual(
          others.map(({ row: other }) => other.id),
          [],
          line,
        );
      }
    }
  });

  test('every wording is met by an example', () => {
    const unmet = messages.flatMap((row) => {
      const texts = row.examples.map(({ line }) => messageOf(line));
      const wordings = compileRow(row).filter(
        ({ pattern }) =>
          !texts.some((text) => {
            pattern.lastIndex = 0;
            return pattern.test(text);
          }),
      );
      return wordings.map(({ form }) => `${row.id}: ${form.template}`);
    });
    assert.deepEqual(unmet, []);
  });
});

/** A text of a template with values for its fields. */
function instance(
  parts: readonly TemplatePart[],
  pick: (kind: FieldKindId) => string,
  optional: () => boolean,
): string {
  return parts
    .map((part) => {
      if (part.type === 'text') return part.text;
      if (part.type === 'field') return pick(part.kind);
      return optional() ? instance(part.parts, pick, optional) : '';
    })
    .join('');
}

describe('generated lines', () => {
  for (const row of messages.filter(({ kind }) => kind !== 'summary')) {
    test(`${row.id}: filled templates come back as this row`, () => {
      for (const { template, carrier = row.carrier } of row.forms) {
        const parts = parseTemplate(template);
        fc.assert(
          fc.property(fc.infiniteStream(fc.nat()), (numbers) => {
            const picked: string[] = [];
            const next = (): number => numbers.next().value as number;
            const body = instance(
              parts,
              (kind) => {
                const { samples } = fieldKinds[kind];
                const value: string = samples[next() % samples.length] ?? '';
                if (!['connection', 'knownConnection', 'gluedLine', 'gluedLayer'].includes(kind))
                  picked.push(value);
                return value;
              },
              () => next() % 2 === 0,
            );
            const line = `${carriers[carrier]}${body}`;
            const parsed = parseLine(line);
            assert.equal(parsed.type, row.id, line);
            const texts = parsed.tokens.map(({ text }) => text);
            for (const value of picked)
              assert.ok(value === '' || texts.includes(value), `${value} of ${line}`);
          }),
          { numRuns: 30, seed: 7 },
        );
      }
    });
  }
});

describe('published templates', () => {
  /** Values for the placeholders of the public templates, by their own names. */
  const values: Readonly<Record<string, string>> = {
    n: '42',
    hex: '1f2e',
    '0xhex': '0x1f2e3d4c',
    ipv4: '10.0.0.85',
    'hhhh:hhhh': '1f2e:ab',
    port: '8080',
    sport: '41318',
    dport: '443',
    proto: '17',
    flags: '1',
    revnat: '17',
    identity: '3352',
    ifname: 'lxc5f949d4fd7fa',
    dir: '1',
    scope: '2',
    'egress|ingress': 'egress',
    'New|Established|Reply|Related|drop reason': 'Established',
    'Success|errno text': 'Success',
  };
  const filled = (template: string): string =>
    template.replace(/<([^<>]+)>/g, (_, name: string) => {
      const value = values[name];
      assert.ok(value !== undefined, `no value for <${name}>`);
      return value;
    });
  const optionalOut = (template: string): string => template.replace(/\[ dir[^\]]*\]/, '');
  const optionalIn = (template: string): string => template.replace(/\[( dir[^\]]*)\]/, '$1');

  for (const template of published.debug) {
    test(template, () => {
      for (const text of [filled(optionalOut(template)), filled(optionalIn(template))]) {
        const parsed = parseLine(`CPU 01: MARK 0x0 FROM 7 DEBUG: ${text}`);
        assert.equal(parsed.kind, 'debug', text);
        const own = text.startsWith('Unknown message type');
        assert.equal(parsed.type === 'unknown-debug', own, text);
        const shown = parsed.tokens.map((token) => token.text).join(' ');
        for (const [, name = ''] of template.matchAll(/<([^<>]+)>/g)) {
          if (['dir', 'scope'].includes(name) && !text.includes(' dir=')) continue;
          assert.ok(shown.includes(values[name] ?? ''), `${name} of ${text}`);
        }
      }
    });
  }

  test('captures', () => {
    for (const template of published.capture)
      for (const join of [', ', ' ']) {
        const text = `CPU 01: MARK 0x0 FROM 7 DEBUG: 98 bytes${join}${filled(template)}`;
        assert.equal(parseLine(text).kind, 'capture', text);
      }
  });

  test('trace points and states', () => {
    for (const [point, summary] of published.tracePoints) {
      for (const state of published.traceStates) {
        const begins = summary.replace('<id>', '7').replace('[ port <port>]', '');
        for (const text of [
          `CPU 01: MARK 0x0 FROM 7 ${point}: 98 bytes (98 captured), state ${state}, interface eth0, , identity 2->7, orig-ip ::`,
          `${begins} flow 0x0 , identity 2->7 state ${state} ifindex eth0 orig-ip 0.0.0.0: 10.0.0.1 -> 10.0.0.2`,
        ]) {
          const parsed = parseLine(text);
          assert.equal(parsed.type, point, text);
          assert.equal(fieldsOf(parsed)['state'], state, text);
        }
      }
    }
    assert.deepEqual(traceStates.map(({ name }) => name).sort(), [...published.traceStates].sort());
  });

  test('drop reasons, with and without an extended error', () => {
    for (const [code, texts] of published.dropReasons) {
      assert.deepEqual(
        dropReasons.find((reason) => reason.code === code)?.texts.map(({ text }) => text),
        texts,
      );
      for (const reason of texts) {
        if (reason.includes('<')) continue;
        for (const [text, extended] of [
          [`xx drop (${reason}) flow 0x0 to endpoint 7, identity 2->7: 10.0.0.1 -> 10.0.0.2`, undefined],
          [
            `xx drop (${reason}, 7) flow 0x0 to endpoint 7, ifindex 2, file bpf_lxc.c:12, , identity 2->7: 10.0.0.1 -> 10.0.0.2`,
            '7',
          ],
          [
            `CPU 01: MARK 0x0 FROM 7 DROP: 98 bytes, reason ${reason}, , identity 2->7, to endpoint 7`,
            undefined,
          ],
          [`CPU 01: MARK 0x0 FROM 7 DROP: 98 bytes, reason ${reason}, 7, to endpoint 7`, '7'],
          [`CPU 01: MARK 0x0 FROM 7 DROP: 98 bytes, reason ${reason}identity 2->7`, undefined],
        ] as const) {
          const parsed = parseLine(text);
          assert.equal(parsed.type, 'drop', text);
          const fields = fieldsOf(parsed);
          assert.equal(fields['reason'], reason, text);
          assert.equal(fields['extError'], extended, text);
        }
      }
    }
  });

  test('notifications of the agent', () => {
    for (const title of published.agent)
      assert.equal(parseLine(`>> ${title}: {"id":7}`).kind, 'agent', title);
  });
});
