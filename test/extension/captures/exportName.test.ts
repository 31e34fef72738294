import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exportName } from '../../../src/extension/captures/exportName.js';

const cases = [
  ['node1.pcap', 'shown', 'pcapng', 'node1-shown.pcapng'],
  ['node1.pcap.gz', 'selected', 'pcap', 'node1-selected.pcap'],
  ['node1.PCAPNG.GZ', 'marked', 'csv', 'node1-marked.csv'],
  ['node1.cap', 'all', 'json', 'node1.json'],
  ['node1.cap', 'all', 'text', 'node1.txt'],
  // Beside its own file, a copy needs a name of its own.
  ['node1.pcapng', 'all', 'pcapng', 'node1-copy.pcapng'],
  ['trace', 'shown', 'text', 'trace-shown.txt'],
  ['2024.11.22.cap', 'shown', 'csv', '2024.11.22-shown.csv'],
  // Names that are nothing but an ending keep it.
  ['.pcap', 'shown', 'csv', '.pcap-shown.csv'],
] as const;

for (const [capture, part, format, expected] of cases)
  test(`${part} packets of ${capture} as ${format}`, () => {
    assert.equal(exportName(capture, part, format), expected);
  });
