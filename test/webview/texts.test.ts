import assert from 'node:assert/strict';
import { test } from 'node:test';
import { harmless } from '../../src/webview/harmless.js';
import { t, useTexts } from '../../src/webview/l10n.js';
import { damageText, halfWritten, lastingDamage } from '../../src/webview/capture/damageText.js';

test('controls and marks that hide or reorder are shown, not obeyed', () => {
  assert.equal(harmless('a\u0000b\nc\td\u007f'), 'a␀b␊c␉d␡');
  assert.equal(harmless('user\u202etxt.exe'), 'user<U+202E>txt.exe');
  assert.equal(harmless('a\u200bb\u2028c\u0085'), 'a<U+200B>b<U+2028>c<U+0085>');
  assert.equal(harmless('Ünïcödé → 東京'), 'Ünïcödé → 東京');
});

test('long text is cut', () => {
  const cut = harmless('x'.repeat(5_000_000), 100);
  assert.equal(cut, `${'x'.repeat(100)}…`);
});

test('texts are translated, and their places filled', () => {
  assert.equal(t('{0} of {1}', 1, 'two'), '1 of two');
  assert.equal(t('{0} {2}', 'a'), 'a {2}');
  useTexts({ 'Try Again': 'Erneut versuchen', '{0} of {1}': '{1}: {0}' });
  assert.equal(t('Try Again'), 'Erneut versuchen');
  assert.equal(t('{0} of {1}', 1, 2), '2: 1');
  useTexts({});
});

test('damage names the packet before it', () => {
  const message = 'At offset 118,332 a packet claims 65,535 bytes, but the file ends after 212 of them.';
  assert.equal(
    damageText({ offset: 118_332, afterPacket: 1204, message }),
    `Damaged after packet 1,204. ${message}`,
  );
  assert.equal(
    damageText({ offset: 24, afterPacket: 0, message }),
    `Damaged before the first packet. ${message}`,
  );
});

test('the packet that is half written is told apart from damage only while the file grows', () => {
  const early = { offset: 500, afterPacket: 3, message: 'Garbage.' };
  const last = { offset: 900, afterPacket: 9, message: 'The file ends after 20 bytes of it.' };
  const summary = {
    ...{ name: 'a.pcap', size: 920, format: 'pcap', interfaces: [], packets: 9, indexed: 920, done: true },
    ...{ duration: '1', firstTime: '1', damage: [early, last] },
  };
  assert.equal(halfWritten(summary), undefined);
  assert.equal(halfWritten({ ...summary, growing: true }), last);
  assert.deepEqual(lastingDamage(summary), [early, last]);
  assert.deepEqual(lastingDamage({ ...summary, growing: true }), [early]);
  assert.equal(halfWritten({ ...summary, growing: true, packets: 12 }), undefined);
  assert.equal(halfWritten({ ...summary, growing: true, damage: [] }), undefined);
});
