import { counted, grouped } from '../base/words.js';
import type { CaptureIndex } from './captureIndex.js';
import { isoText, roundedSeconds, timeText, type CaptureClock } from './captureTime.js';
import type { CaptureStatistics } from './packetTally.js';
import type { CaptureInterface, CaptureSection, FileBlock, FileDetail, RecordReader } from './record.js';

/** A label and its value. */
export type Property = readonly [label: string, value: string];

/** What is known of a part of the file, for people. */
export interface PropertyGroup {
  readonly title: string;
  readonly rows: readonly Property[];
}

/** The name of a link type by its LINKTYPE_ number. */
export type LinkTypeName = (linkType: number) => string;

/** Title of the group that tells what is damaged. */
export const damagedTitle = 'Damaged';

/** So many blocks, and names, are shown; how many more there are is told. */
const mostBlocks = 200;
const mostNames = 200;

/**
 * All that is known of a capture file without decoding packets: first the file under the names that `capinfos` has,
 * then its sections, interfaces and other blocks, and what is odd or damaged.
 */
export function captureProperties(index: CaptureIndex, linkTypeName: LinkTypeName): readonly PropertyGroup[] {
  const { reader, statistics } = index;
  const sections = reader.sections.length;
  return [
    { title: 'File', rows: fileRows(index, linkTypeName) },
    ...reader.sections.map((section, at) => sectionGroup(section, sections > 1 ? ` ${at + 1}` : '')),
    ...reader.interfaces.map((its, at) =>
      interfaceGroup(its, statistics.perInterface[at] ?? 0, sections, linkTypeName),
    ),
    namesGroup(reader),
    ...reader.blocks.slice(0, mostBlocks).map(blockGroup),
    moreBlocksGroup(reader),
    { title: 'Notes', rows: index.oddities.map(note) },
    { title: damagedTitle, rows: index.damage.map(note) },
  ].filter(({ rows }) => rows.length > 0);
}

function note({ offset, message }: { readonly offset: number; readonly message: string }): Property {
  return [`Offset ${grouped(offset)}`, message];
}

function fileRows(index: CaptureIndex, linkTypeName: LinkTypeName): Property[] {
  const { reader, source, statistics, packets } = index;
  const unpacked = source.packing === undefined ? '' : ', unpacked';
  const { ordered } = statistics;
  return [
    [
      'File type',
      source.packing === undefined ? reader.format : `${reader.format}, packed with ${source.packing}`,
    ],
    ['File encapsulation', encapsulation(reader, statistics, linkTypeName)],
    ['Timestamp precision', precisions(reader)],
    ['Number of packets', grouped(packets)],
    ['File size', `${counted(source.size, 'byte')}${unpacked}`],
    ['Data size', counted(statistics.wireBytes, 'byte')],
    ...shortenedRows(statistics),
    ...timeRows(index),
    ...(packets > 0
      ? [['Average packet size', `${(statistics.wireBytes / packets).toFixed(2)} bytes`] as const]
      : []),
    ['Strict time order', ordered === undefined ? 'Unknown' : ordered ? 'True' : 'False'],
    ['Number of interfaces', grouped(reader.interfaces.length)],
  ];
}

/** `Ethernet`, or how many packets there are of each where a file mixes them. */
function encapsulation(
  reader: RecordReader,
  statistics: CaptureStatistics,
  linkTypeName: LinkTypeName,
): string {
  const packets = new Map<string, number>();
  reader.interfaces.forEach(({ linkType }, at) => {
    const name = linkTypeName(linkType);
    packets.set(name, (packets.get(name) ?? 0) + (statistics.perInterface[at] ?? 0));
  });
  if (packets.size <= 1) return [...packets.keys()][0] ?? 'none';
  return `Per packet: ${[...packets].map(([name, count]) => `${name} (${grouped(count)})`).join(', ')}`;
}

const precisionNames = new Map([
  [0, 'seconds'],
  [3, 'milliseconds'],
  [6, 'microseconds'],
  [9, 'nanoseconds'],
  [12, 'picoseconds'],
]);

/** `microseconds (6)` */
function precision({ binary, exponent }: CaptureClock): string {
  if (binary) return `2^-${exponent} seconds`;
  return `${precisionNames.get(exponent) ?? `10^-${exponent} seconds`} (${exponent})`;
}

function precisions(reader: RecordReader): string {
  return [...new Set(reader.interfaces.map(({ clock }) => precision(clock)))].join(', ') || 'unknown';
}

function shortenedRows({ shortened, capturedBytes }: CaptureStatistics): Property[] {
  if (shortened === 0) return [];
  return [
    ['Captured data size', counted(capturedBytes, 'byte')],
    ['Shortened packets', grouped(shortened)],
  ];
}

function timeRows({ statistics, duration, packets }: CaptureIndex): Property[] {
  const { earliest, latest, wireBytes } = statistics;
  if (!earliest || !latest || !duration) return [];
  const rows: Property[] = [
    ['Capture duration', `${timeText(duration)} seconds`],
    ['First packet time', isoText(earliest)],
    ['Last packet time', isoText(latest)],
  ];
  const seconds = roundedSeconds(duration);
  if (seconds <= 0) return rows;
  return [
    ...rows,
    ['Data byte rate', `${rate(wireBytes / seconds)} bytes/s`],
    ['Data bit rate', `${rate((wireBytes * 8) / seconds)} bits/s`],
    ['Average packet rate', `${rate(packets / seconds)} packets/s`],
  ];
}

/** Whole numbers with separators; small ones with decimals, so that they do not become 0. */
function rate(value: number): string {
  return value >= 100 ? grouped(Math.round(value)) : value.toFixed(2);
}

function property({ label, value }: FileDetail): Property {
  return [label, value];
}

function sectionGroup({ details }: CaptureSection, number: string): PropertyGroup {
  return { title: `Section${number}`, rows: details.map(property) };
}

function interfaceGroup(
  its: CaptureInterface,
  packets: number,
  sections: number,
  linkTypeName: LinkTypeName,
): PropertyGroup {
  // The resolution is told in words instead of its code.
  const details = its.details.filter(({ name }) => name !== 'if_tsresol');
  const isName = ({ name }: FileDetail): boolean => name === 'if_name' || name === 'if_description';
  return {
    title: `Interface ${its.id}${sections > 1 ? ` of section ${its.section + 1}` : ''}`,
    rows: [
      ...details.filter(isName).map(property),
      ['Encapsulation', `${linkTypeName(its.linkType)} (${its.linkType})`],
      ['Capture length', its.snapLength === 0 ? 'no limit' : grouped(its.snapLength)],
      ['Time precision', precision(its.clock)],
      ...details.filter((detail) => !isName(detail)).map(property),
      ['Number of packets', grouped(packets)],
    ],
  };
}

function namesGroup(reader: RecordReader): PropertyGroup {
  const names = reader.resolvedNames(mostNames + 1);
  const rows = names.slice(0, mostNames).map(({ address, name }): Property => [address, name]);
  return {
    title: 'Resolved names',
    rows: names.length > mostNames ? [...rows, ['More', 'not listed']] : rows,
  };
}

/** Names are told together, so of their blocks only the rest is. */
function blockGroup({ title, offset, length, details }: FileBlock): PropertyGroup {
  return {
    title,
    rows: [
      ['Place', `offset ${grouped(offset)}, ${counted(length, 'byte')}`],
      ...details.filter(({ name }) => name !== 'nrb_record').map(property),
    ],
  };
}

function moreBlocksGroup(reader: RecordReader): PropertyGroup {
  const more = reader.unlistedBlocks + Math.max(0, reader.blocks.length - mostBlocks);
  return { title: 'More blocks', rows: more > 0 ? [['Not listed', counted(more, 'block')]] : [] };
}
