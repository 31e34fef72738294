/** Every rule against its own examples, and against the good examples of all others. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseVersion } from '../../../src/core/cilium/version.js';
import { applyEdits } from '../../../src/core/configmap/edit.js';
import { readExample } from '../../../src/core/configmap/example.js';
import { lint } from '../../../src/core/configmap/lint.js';
import type { RuleExample } from '../../../src/core/configmap/rule.js';
import { rules } from '../../../src/core/configmap/rules/index.js';
import { newestStable } from '../../../src/core/configmap/version.js';

function findings(text: string, example: RuleExample) {
  return lint(text, { argument: parseVersion(example.version ?? '') ?? newestStable }).findings;
}

/**
 * Good examples show one thing and leave out what it stands on; what other rules rightly say of them. A CIDR is not
 * set where none of the text is about it, and so on.
 */
const saidOfGood: Readonly<Record<string, readonly string[]>> = {};

for (const rule of rules) {
  describe(rule.id, () => {
    assert.ok(rule.examples.length > 0, `${rule.id} has no example`);
    for (const [at, example] of rule.examples.entries()) {
      const bad = readExample(example.bad);
      const good = readExample(example.good);

      test(`example ${at + 1} is found where it is marked`, () => {
        const own = findings(bad.text, example).filter((finding) => finding.rule === rule.id);
        assert.ok(own.length > 0, 'nothing found');
        if (bad.marks.length > 0)
          assert.deepEqual(
            own.map((finding) => finding.range),
            bad.marks,
          );
        for (const finding of own) {
          assert.match(finding.message, /\S.*[.)?]$/);
          assert.doesNotMatch(finding.message, /undefined|NaN|\[object|\$\{/);
        }
      });

      test(`example ${at + 1} done right has no error or warning`, () => {
        const others = findings(good.text, example).filter((finding) => finding.severity !== 'info');
        const allowed = saidOfGood[rule.id] ?? [];
        assert.deepEqual(
          others.filter((finding) => !allowed.includes(finding.rule)),
          [],
        );
        assert.ok(!findings(good.text, example).some((finding) => finding.rule === rule.id));
      });

      test(`example ${at + 1} is mended by its fix`, () => {
        const before = findings(bad.text, example);
        const finding = before.find((one) => one.rule === rule.id);
        const fix = finding?.fixes[0];
        if (fix === undefined) {
          assert.equal(example.fixed, undefined, 'the example promises a fix');
          return;
        }
        const mended = applyEdits(bad.text, fix.edits);
        assert.equal(mended, readExample(example.fixed ?? example.good).text);
        const after = findings(mended, example);
        // The user still has to fill it in, and is led there.
        const filling = fix.title.endsWith('to fill in') ? 1 : 0;
        const count = (list: typeof after): number => list.filter((one) => one.rule === rule.id).length;
        assert.equal(count(after), count(before) - 1 + filling);
        if (fix.safety === 'safe') {
          const known = new Set(before.map((one) => one.rule));
          assert.deepEqual(
            after.filter((one) => !known.has(one.rule)),
            [],
          );
        }
      });
    }
  });
}
