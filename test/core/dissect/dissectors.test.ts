/** What holds for every protocol, whoever adds it. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { bytesFromHex } from '../../../src/core/base/bytes.js';
import { type DecodedNode, decodedTree } from '../../../src/core/dissect/tree.js';
import type { Dissector, Example } from '../../../src/core/dissect/dissector.js';
import { allFields, type Field } from '../../../src/core/dissect/field.js';
import { claimTables, dissectors } from '../../../src/core/dissect/registry.js';
import { Decoder } from '../../../src/core/dissect/decoder.js';
import { type ClaimTables, Walk } from '../../../src/core/dissect/walk.js';

/** A number no capture has, under which a test puts the dissector in question first. */
const testLink = 0x7fff;

function walkFrom(dissector: Dissector, frame: Uint8Array, wireLength = frame.length): Walk {
  const tables: ClaimTables = {
    ...claimTables,
    find: (table, key) => (table === 'link' && key === testLink ? dissector : claimTables.find(table, key)),
  };
  return new Walk(tables).run(frame, testLink, wireLength);
}

function* nodesIn(nodes: readonly DecodedNode[]): Generator<DecodedNode> {
  for (const node of nodes) {
    yield node;
    if (node.children) yield* nodesIn(node.children);
  }
}

const fieldsOf = ({ fields, loose = {} }: Dissector): Field[] => [...allFields(fields), ...allFields(loose)];

function check(dissector: Dissector, example: Example): void {
  const walk = walkFrom(dissector, bytesFromHex(example.hex));
  assert.equal(walk.dissectorAt(0), dissector);
  const nodes = [...nodesIn(decodedTree(walk))];
  for (const [name, expected] of Object.entries(example.fields)) {
    const values = nodes.filter((node) => node.name === name).map(({ value }) => value);
    assert.ok(
      values.includes(String(expected)),
      `${name} is ${values.join(' and ') || 'not there'}, not ${expected}`,
    );
  }
  if (example.info !== undefined) assert.equal(dissector.info?.(walk.layer(0)), example.info);
}

for (const dissector of dissectors) {
  describe(dissector.id, () => {
    assert.ok(dissector.examples.length > 0, 'has an example');

    for (const example of dissector.examples) {
      test(example.title, () => {
        check(dissector, example);
      });

      test(`${example.title}, cut at every byte, as captured and as sent`, () => {
        const whole = bytesFromHex(example.hex);
        for (let length = 0; length < whole.length; length++) {
          const cut = whole.subarray(0, length);
          for (const wire of [length, whole.length]) {
            const walk = walkFrom(dissector, cut, wire);
            for (const { start, length: size, name } of nodesIn(decodedTree(walk)))
              assert.ok(
                start >= 0 && size >= 0 && start + size <= length,
                `${name} lies in the ${length} bytes`,
              );
          }
        }
      });
    }

    test('flags of one word do not share a bit', () => {
      // Loose fields are not one header: what stands side by side in the set may be alternatives.
      for (const parent of [{ children: dissector.fields }, ...fieldsOf(dissector)]) {
        const taken = new Map<string, number>();
        for (const field of Object.values(parent.children ?? {})) {
          if (field.type !== 'flag' || field.mask === undefined || field.when) continue;
          const word = `${field.at ?? 0}/${field.bytes ?? 0}`;
          assert.equal((taken.get(word) ?? 0) & field.mask, 0, `${field.name} shares a bit`);
          taken.set(word, (taken.get(word) ?? 0) | field.mask);
        }
      }
    });

    test('masks fit the bytes, and placed fields say how long they are', () => {
      for (const field of fieldsOf(dissector)) {
        if (field.at === undefined) continue;
        assert.ok(field.bytes !== undefined, `${field.name} has a length`);
        if (field.mask !== undefined && typeof field.bytes === 'number')
          assert.ok(
            field.mask > 0 && field.mask < 2 ** (8 * field.bytes),
            `${field.name} has a mask that fits`,
          );
      }
    });

    test('field names start with the protocol', () => {
      const prefix = dissector.prefix ?? dissector.id;
      const foreign =
        /^(cilium\.|mptcp|ppp\.|icmp\.(ext|mpls|int_info|int_ident|reserved)|eth\.(padding|fcs))/;
      for (const { name } of fieldsOf(dissector))
        assert.ok(
          name === '' || name.startsWith(prefix) || foreign.test(name),
          `${name} is one of ${dissector.id}'s`,
        );
    });

    test('aliases stand for fields of the same type', () => {
      for (const [alias, fields] of Object.entries(dissector.aliases ?? {})) {
        assert.ok(fields.length > 0, alias);
        assert.equal(new Set(fields.map(({ type }) => type)).size, 1, alias);
        for (const field of fields)
          assert.ok(
            fieldsOf(dissector).some(({ name }) => name === field.name),
            `${field.name} is declared`,
          );
      }
    });
  });
}

test('a name has one type, whoever uses it', () => {
  const types = new Map<string, string>();
  for (const dissector of dissectors)
    for (const { name, type } of fieldsOf(dissector)) {
      if (name === '') continue;
      assert.equal(types.get(name) ?? type, type, name);
      types.set(name, type);
    }
});

test('no two protocols have one id, and none claims the number of another', () => {
  assert.equal(new Set(dissectors.map(({ id }) => id)).size, dissectors.length);
  const owners = new Map<string, string>();
  for (const { id, claims } of dissectors)
    for (const { table, keys } of claims)
      for (const key of keys) {
        assert.equal(owners.get(`${table} ${key}`), undefined, `${table} ${key} belongs to one`);
        owners.set(`${table} ${key}`, id);
        assert.equal(claimTables.find(table, key)?.id, id);
      }
});

test('a claim that nobody makes finds nobody', () => {
  assert.equal(claimTables.find('ethertype', 0x1234), undefined);
  assert.throws(() => claimTables.named('no such protocol'), /no such protocol/);
});

test('whatever an example shows is declared, so that filters know it', () => {
  const names = new Set(
    dissectors.flatMap((dissector) => [dissector.id, ...fieldsOf(dissector).map(({ name }) => name)]),
  );
  for (const dissector of dissectors)
    for (const example of dissector.examples)
      for (const { name } of nodesIn(decodedTree(walkFrom(dissector, bytesFromHex(example.hex)))))
        assert.ok(
          name === '' || name.startsWith('_ws.') || names.has(name),
          `${dissector.id}: ${name} is declared`,
        );
});

test('an example that says something wrong fails', () => {
  const [udp] = dissectors.filter(({ id }) => id === 'udp');
  assert.ok(udp);
  const wrong = { title: '', hex: 'd3a1 0035 0008 0000', fields: { 'udp.dstport': 54 } };
  assert.throws(() => {
    check(udp, wrong);
  }, /udp\.dstport is 53, not 54/);
});

test('the decoder is the same for every frame', () => {
  const decoder = new Decoder();
  const frame = bytesFromHex(
    'ffffffffffff 42eff87a9ef7 0806 0001 0800 06 04 0001 42eff87a9ef7 0a000055 000000000000 0a000001',
  );
  const first = decoder.summary(decoder.walk(frame, 1, frame.length));
  decoder.walk(frame.subarray(0, 20), 1, frame.length);
  assert.deepEqual(decoder.summary(decoder.walk(frame, 1, frame.length)), first);
  assert.deepEqual(first, {
    source: '42:ef:f8:7a:9e:f7',
    destination: 'ff:ff:ff:ff:ff:ff',
    protocol: 'ARP',
    info: 'Who has 10.0.0.1? Tell 10.0.0.85',
    problem: false,
  });
});
