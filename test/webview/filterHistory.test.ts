import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  HistoryWalk,
  noFilters,
  readFilters,
  withApplied,
  withStarToggled,
  withoutApplied,
} from '../../src/webview/capture/filterHistory.js';

test('the latest filter comes first, and each stands once', () => {
  let kept = noFilters;
  for (const text of ['dns', ' tcp ', 'dns', 'arp', 'tcp', '   ']) kept = withApplied(kept, text);
  assert.deepEqual(kept, { history: ['tcp', 'arp', 'dns'], saved: [] });
  assert.deepEqual(withoutApplied(kept, 'arp').history, ['tcp', 'dns']);
});

test('old filters make room for new ones, and filters too long for storage are not kept', () => {
  let kept = noFilters;
  for (let number = 1; number <= 80; number++) kept = withApplied(kept, `frame.number == ${number}`);
  assert.equal(kept.history.length, 50);
  assert.equal(kept.history[0], 'frame.number == 80');
  assert.equal(kept.history[49], 'frame.number == 31');
  assert.deepEqual(withApplied(kept, 'x'.repeat(100_000)).history, kept.history);
});

test('a star is put on and taken off', () => {
  const starred = withStarToggled({ history: ['dns'], saved: ['arp'] }, ' dns ');
  assert.deepEqual(starred, { history: ['dns'], saved: ['arp', 'dns'] });
  assert.deepEqual(withStarToggled(starred, 'arp').saved, ['dns']);
});

test('what is no kept filter is left out of what is read', () => {
  assert.deepEqual(readFilters(undefined), noFilters);
  assert.deepEqual(readFilters('dns'), noFilters);
  assert.deepEqual(readFilters({ history: ['dns', 5, null, '', 'dns', ' arp'], saved: 'tcp' }), {
    history: ['dns', 'arp'],
    saved: [],
  });
  fc.assert(
    fc.property(fc.anything(), (stored) => {
      const read = readFilters(stored);
      for (const text of [...read.history, ...read.saved]) assert.equal(text, text.trim());
      assert.deepEqual(readFilters(read), read);
    }),
  );
});

test('a walk goes back, forth again to what was typed, and begins anew after an edit', () => {
  const walk = new HistoryWalk();
  const history = ['dns', 'tcp'];
  assert.equal(walk.step('ud', history, 'newer'), undefined);
  assert.equal(walk.step('ud', history, 'older'), 'dns');
  assert.equal(walk.step('dns', history, 'older'), 'tcp');
  assert.equal(walk.step('tcp', history, 'older'), undefined);
  assert.equal(walk.step('tcp', history, 'newer'), 'dns');
  assert.equal(walk.step('dns', history, 'newer'), 'ud');
  assert.equal(walk.step('udp', history, 'older'), 'dns');
  assert.equal(walk.step('dns', history, 'newer'), 'udp');
  assert.equal(
    new HistoryWalk().step('dns', history, 'older'),
    'tcp',
    'what stands there already is skipped',
  );
});

test('as many steps forth as back give the text one began with', () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.uniqueArray(fc.string({ minLength: 1 })),
      fc.nat(20),
      (typed, history, steps) => {
        const walk = new HistoryWalk();
        let text = typed;
        let done = 0;
        for (; done < steps; done++) {
          const older = walk.step(text, history, 'older');
          if (older === undefined) break;
          text = older;
        }
        for (; done > 0; done--) text = walk.step(text, history, 'newer') ?? 'the end';
        assert.equal(text, typed);
      },
    ),
  );
});
