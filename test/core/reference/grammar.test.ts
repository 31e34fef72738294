/** The printed grammars: patterns that both engines read alike, and the colours of every row's examples. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { layers, messages } from '../../../src/core/monitor/messages/index.js';
import { parseLine } from '../../../src/core/monitor/parse.js';
import { markdownGrammar, monitorGrammar, type Rule } from '../../../src/core/reference/grammar.js';

const grammar = monitorGrammar();

/** All rules, those inside captures too. */
function allRules(rules: readonly Rule[]): Rule[] {
  return rules.flatMap((rule) => {
    const inCaptures = [rule.captures, rule.beginCaptures, rule.endCaptures].flatMap((captures) =>
      Object.values(captures ?? {}).flatMap((capture) => capture.patterns ?? []),
    );
    return [rule, ...allRules(rule.patterns ?? []), ...allRules(inCaptures)];
  });
}

const rules = allRules([...grammar.patterns, ...Object.values(grammar.repository)]);

function patternsOf(rule: Rule): string[] {
  return [rule.match, rule.begin, rule.end, rule.while].filter((source) => source !== undefined);
}

/** The pattern for JavaScript, which has neither `\G` nor atomic groups. */
function compiled(source: string): RegExp {
  return new RegExp(source.replaceAll('\\G', '').replaceAll('(?>', '(?:'), 'dy');
}

/** A piece of a line with all its scopes. */
interface Piece {
  readonly start: number;
  readonly end: number;
  readonly scopes: readonly string[];
}

/** A tokeniser for what these grammars use: single lines, rules that end with the line, patterns within captures. */
class Tokeniser {
  readonly pieces: Piece[] = [];

  constructor(private readonly line: string) {
    this.run(grammar.patterns, 0, line.length, []);
  }

  private resolve(list: readonly Rule[]): Rule[] {
    return list.flatMap((rule) => {
      if (rule.include !== undefined) {
        if (!rule.include.startsWith('#')) return [];
        const found = grammar.repository[rule.include.slice(1)];
        assert.ok(found, `${rule.include} is not in the repository`);
        return this.resolve([found]);
      }
      return rule.match === undefined && rule.begin === undefined
        ? this.resolve(rule.patterns ?? [])
        : [rule];
    });
  }

  private run(list: readonly Rule[], from: number, to: number, scopes: readonly string[]): void {
    const candidates = this.resolve(list);
    for (let at = from; at < to;) {
      const hit = this.hitAt(candidates, at, from, to);
      if (!hit) {
        at++;
        continue;
      }
      const { rule, match } = hit;
      const own = rule.name === undefined ? scopes : [...scopes, rule.name];
      if (rule.name !== undefined) this.pieces.push({ start: at, end: at + match[0].length, scopes: own });
      this.capture(match, rule.captures ?? rule.beginCaptures ?? {}, own);
      if (rule.begin !== undefined) {
        assert.equal(rule.end, '$');
        this.run(rule.patterns ?? [], at + match[0].length, to, own);
        return;
      }
      at += Math.max(1, match[0].length);
    }
  }

  private hitAt(
    candidates: readonly Rule[],
    at: number,
    anchor: number,
    to: number,
  ): { rule: Rule; match: RegExpExecArray } | undefined {
    for (const rule of candidates) {
      const source = rule.match ?? rule.begin ?? '';
      if (source.startsWith('\\G') && at !== anchor) continue;
      const pattern = compiled(source);
      pattern.lastIndex = at;
      const match = pattern.exec(this.line.slice(0, to));
      if (match) return { rule, match };
    }
    return undefined;
  }

  private capture(
    match: RegExpExecArray,
    captures: NonNullable<Rule['captures']>,
    scopes: readonly string[],
  ): void {
    for (const [group, { name, patterns }] of Object.entries(captures)) {
      const place = match.indices?.[Number(group)];
      if (!place || place[0] === place[1]) continue;
      const own = name === undefined ? scopes : [...scopes, name];
      this.pieces.push({ start: place[0], end: place[1], scopes: own });
      if (patterns) this.run(patterns, place[0], place[1], own);
    }
  }
}

function scopesAt(line: string, offset: number): string[] {
  return new Tokeniser(line).pieces
    .filter(({ start, end }) => start <= offset && offset < end)
    .flatMap(({ scopes }) => scopes);
}

describe('patterns', () => {
  test('compile, and mean the same in Oniguruma', () => {
    assert.ok(rules.length > 100);
    for (const source of rules.flatMap(patternsOf)) {
      assert.doesNotThrow(() => compiled(source), source);
      const insideClass = [...source.matchAll(/\\.|\[((?:\\.|[^\]\\])*)\]/g)].map(([, text = '']) => text);
      for (const inside of insideClass) {
        assert.doesNotMatch(
          inside.replace(/\\./g, ''),
          /\[|&&/,
          `Oniguruma reads a set within a set: ${source}`,
        );
      }
      assert.doesNotMatch(source, /\(\?<[a-z]/i, `a named group would number the others away: ${source}`);
      assert.doesNotMatch(source, /\\[dwsS][+*][^)]{0,3}\)[+*]/, `nested repetition: ${source}`);
    }
  });

  test('captures have their groups', () => {
    for (const rule of rules) {
      const source = rule.match ?? rule.begin;
      if (source === undefined) continue;
      const groups = new RegExp(`${compiled(source).source}|`).exec('')?.length ?? 0;
      const named = Object.keys(rule.captures ?? rule.beginCaptures ?? {}).map(Number);
      for (const group of named) assert.ok(group < groups, `group ${group} of ${source}`);
    }
  });

  test('includes are there', () => {
    const names = rules.map(({ include }) => include).filter((include) => include?.startsWith('#'));
    for (const name of names) assert.ok(grammar.repository[name?.slice(1) ?? ''], name);
  });
});

describe('colours', () => {
  for (const row of messages) {
    test(row.id, () => {
      for (const { line } of row.examples) {
        const parsed = parseLine(line);
        for (const token of parsed.tokens) {
          if (token.text === '') continue;
          const scopes = scopesAt(line, token.start);
          assert.ok(scopes.length > 0, `${token.field} has no colour in: ${line}`);
        }
      }
    });
  }

  for (const layer of layers) {
    test(layer.id, () => {
      for (const { line } of layer.examples) {
        assert.ok(scopesAt(line, 0).includes('entity.name.tag.layer.cilium-monitor'), line);
        for (const { from, field } of parseLine(line).tokens)
          assert.ok(
            scopesAt(line, from).includes('variable.parameter.cilium-monitor'),
            `${field} of ${line}`,
          );
      }
    });
  }

  test('a drop is marked as such, its reason and addresses as what they are', () => {
    const line =
      '[cilium-05652] xx drop (Policy denied) flow 0x68fa6ff4 to endpoint 258, identity world->57935: 10.42.0.30:1 -> 10.42.1.20:8080 tcp SYN';
    const at = (text: string): string[] => scopesAt(line, line.indexOf(text));
    assert.deepEqual(at('[cilium'), ['comment.block.prefix.cilium-monitor']);
    assert.deepEqual(at('xx'), ['invalid.illegal.drop.cilium-monitor']);
    assert.deepEqual(at('Policy'), ['invalid.illegal.reason.cilium-monitor']);
    assert.deepEqual(at('world'), ['entity.name.type.identity.cilium-monitor']);
    assert.ok(at('10.42.0.30').includes('string.unquoted.address.cilium-monitor'));
    assert.ok(at('tcp').includes('keyword.other.protocol.cilium-monitor'));
  });

  test('foreign lines stay plain', () => {
    for (const line of ['hello world', 'CPU usage is high', 'a -> b', 'xx drop everything', '# comment'])
      assert.deepEqual(
        new Tokeniser(line).pieces
          .flatMap(({ scopes }) => scopes)
          .filter((name) => !/prefix|cpu|separator/.test(name)),
        [],
        line,
      );
  });
});

test('a fenced block of Markdown begins with the name of the language only', () => {
  const fence = markdownGrammar().repository['fence'];
  const begin = new RegExp((fence?.begin ?? '').replace('(^|\\G)', '^').replace('(?i:', '(?:'));
  assert.match('```cilium-monitor', begin);
  assert.match('~~~ cilium-monitor {.numbered}', begin);
  assert.doesNotMatch('```cilium-monitoring', begin);
  assert.doesNotMatch('```text', begin);
});
