import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cellFilters, combined, quotedValue } from '../../src/webview/capture/filterText.js';

test("a condition is put to the filter that is there, as Wireshark's menus do", () => {
  assert.equal(combined('', '', 'ip.ttl == 63'), 'ip.ttl == 63');
  assert.equal(combined('tcp', '', 'ip.ttl == 63'), 'ip.ttl == 63');
  assert.equal(combined('tcp', 'Not', 'ip.ttl == 63'), '!(ip.ttl == 63)');
  assert.equal(combined('tcp', 'And', 'ip.ttl == 63'), '(tcp) && (ip.ttl == 63)');
  assert.equal(combined('tcp', 'Or', 'ip.ttl == 63'), '(tcp) || (ip.ttl == 63)');
  assert.equal(combined('tcp', 'AndNot', 'ip.ttl == 63'), '(tcp) && !(ip.ttl == 63)');
  assert.equal(combined('', 'OrNot', 'ip.ttl == 63'), '!(ip.ttl == 63)');
  assert.equal(combined('', 'And', 'ip.ttl == 63'), 'ip.ttl == 63');
});

test('a cell is found by the field that stands behind its text', () => {
  const first = (kind: 'source' | 'destination' | 'protocol' | 'number' | 'length', text: string) =>
    cellFilters({ id: kind, kind }, text, 'relative')[0];
  assert.equal(first('source', '10.0.0.85'), 'ip.src == 10.0.0.85');
  assert.equal(first('destination', 'fd00::1'), 'ipv6.dst == fd00::1');
  assert.equal(first('destination', '::ffff:10.0.0.1'), 'ipv6.dst == ::ffff:10.0.0.1');
  assert.equal(first('source', '00:0c:29:8f:2d:28'), 'eth.src == 00:0c:29:8f:2d:28');
  assert.equal(first('source', 'some name'), undefined);
  assert.equal(first('protocol', 'ICMPv6'), 'icmpv6');
  assert.equal(first('protocol', '802.1Q'), 'vlan');
  assert.equal(first('number', '12'), 'frame.number == 12');
  assert.equal(first('length', '98'), 'frame.len == 98');
});

test('times are found by the field of their form, where there is one', () => {
  const column = { id: 'time', kind: 'time' } as const;
  assert.deepEqual(cellFilters(column, '0.403118', 'relative'), ['frame.time_relative == 0.403118']);
  assert.deepEqual(cellFilters(column, '0.000842', 'delta'), ['frame.time_delta == 0.000842']);
  assert.deepEqual(cellFilters(column, '0.000842', 'delta-shown'), []);
});

test('what a field column holds is quoted unless the language takes it bare', () => {
  const column = { id: 'x', kind: 'field', field: 'dns.qry.name' } as const;
  assert.equal(cellFilters(column, 'a"b\\c', 'relative')[0], 'dns.qry.name == "a\\"b\\\\c"');
  assert.equal(cellFilters({ ...column, field: 'ip.ttl' }, '63', 'relative')[0], 'ip.ttl == 63');
  assert.deepEqual(cellFilters(column, '', 'relative'), []);
  assert.equal(quotedValue('two\nlines'), '"two\\nlines"');
});
