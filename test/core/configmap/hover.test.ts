/** What is said about keys and values under the pointer. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configHover } from '../../../src/core/configmap/hover.js';
import { lint } from '../../../src/core/configmap/lint.js';
import { options } from '../../../src/core/configmap/options/index.js';

const head = 'kind: ConfigMap\nmetadata: {name: cilium-config}\ndata:\n';

/** The hover at the first place of a word in `data`. */
function hover(line: string, word: string, argument: number): string {
  const text = `${head}  ${line}\n`;
  return configHover(lint(text, { argument }), text.indexOf(word, head.length))?.markdown ?? '';
}

test('a key tells its life, type and default at the version', () => {
  const now = hover('kube-proxy-replacement: "true"', 'kube-proxy', 116);
  assert.match(now, /^\*\*`kube-proxy-replacement`\*\* · kube-proxy-replacement · 1\.7 – now\n/);
  assert.match(now, /`true`, `false` · default `false` in 1\.16/);
  assert.match(
    hover('kube-proxy-replacement: "strict"', 'kube-proxy', 112),
    /`strict`, `partial`, `probe`, `disabled` · default `partial` in 1\.12/,
  );
  const old = hover('native-routing-cidr: "10.0.0.0/8"', 'native', 115);
  assert.match(old, /up to 1\.11/);
  assert.match(old, /Cilium 1\.15 ignores it\. Use `ipv4-native-routing-cidr`\./);
  assert.match(
    hover('tunnel: "vxlan"', 'tunnel', 114),
    /Deprecated since 1\.14, ignored from 1\.15 on\. Use `routing-mode` and `tunnel-protocol`\./,
  );
  assert.match(hover('routing-mode: "native"', 'routing', 113), /Cilium 1\.13 does not read it yet\./);
});

test('a value tells what it means', () => {
  assert.match(
    hover('ipv4-native-routing-cidr: "10.42.7.1/16"', '10.42', 116),
    /^`10\.42\.7\.1\/16`: 10\.42\.0\.0 – 10\.42\.255\.255, 65,536 addresses \(host bits do not count: 10\.42\.0\.0\/16\)/,
  );
  assert.match(
    hover('ipv6-native-routing-cidr: "fd42::/48"', 'fd42', 116),
    /^`fd42::\/48`: fd42:: – fd42::ffff:ffff:ffff:ffff:ffff, 2\^80 addresses/,
  );
  assert.match(hover('enable-ipv4: "true"', 'true', 116), /^`true`: on, as it is by default\n/);
  assert.match(hover('enable-ipv4: "f"', '"f"', 116), /^`f`: off\n/);
  assert.match(hover('routing-mode: "hybrid"', 'hybrid', 116), /^1\.16 does not know `hybrid`/);
});

test('only keys and values of the ConfigMap answer', () => {
  assert.equal(hover('acme: "x"', 'acme', 116), '');
  const text = `${head}  mtu: "1" # mtu\n---\nmtu: "1"\n`;
  const result = lint(text, { argument: 116 });
  assert.ok(configHover(result, text.indexOf('mtu')));
  for (const place of [text.indexOf('# mtu'), text.lastIndexOf('mtu'), 0])
    assert.equal(configHover(result, place), undefined);
});

test('every option has a hover of at most twelve lines', () => {
  for (const { key } of options) {
    for (const version of [106, 115, 120]) {
      const markdown = hover(`${key}: ""`, key, version);
      assert.ok(markdown.split('\n').filter((line) => line !== '').length <= 12, key);
      assert.ok(markdown.includes(key), key);
      assert.doesNotMatch(markdown, /undefined|NaN|Infinity/, key);
    }
  }
});
