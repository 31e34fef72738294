import type { ExportFormat } from '../../rpc/packetList.js';

/** Which packets an export takes. */
export type ExportedPart = 'all' | 'shown' | 'selected' | 'marked';

/** The ending of a file's name, by its format. */
export const exportExtensions: Readonly<Record<ExportFormat, string>> = {
  pcap: 'pcap',
  pcapng: 'pcapng',
  csv: 'csv',
  json: 'json',
  text: 'txt',
};

/** Endings that say what a capture is, or how it is packed; taken off before a name is made longer. */
const captureEndings = /\.(?:cap|pcap|pcapng|gz|zst|lz4)$/i;

/** The name proposed for an export: `node1.pcap.gz`, the shown packets, as CSV: `node1-shown.csv`. */
export function exportName(capture: string, part: ExportedPart, format: ExportFormat): string {
  let stem = capture;
  for (let turn = 0; turn < 2; turn++) stem = stem.replace(captureEndings, '') || stem;
  // All packets in the capture's own format would have its own name.
  const what = part === 'all' ? (format === 'pcap' || format === 'pcapng' ? '-copy' : '') : `-${part}`;
  return `${stem}${what}.${exportExtensions[format]}`;
}
