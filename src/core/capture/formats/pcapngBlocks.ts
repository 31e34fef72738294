/**
 * What stands in a pcapng file beside packets: names, statistics, keys, journal entries, blocks of single writers
 * (https://www.ietf.org/archive/id/draft-ietf-opsawg-pcapng-03.html, sections 4.5 to 4.9, and 4.8 for the journal).
 */
import { ipv4Text, ipv6Text } from '../../base/addresses.js';
import { hex, u16, u16le, u32, u32le } from '../../base/bytes.js';
import { counted, grouped } from '../../base/words.js';
import type { CaptureClock } from '../captureTime.js';
import type { FileBlock, FileDetail, ResolvedName } from '../record.js';
import { optionDetails, readOptions, type OptionOwner } from './pcapngOptions.js';

/** What reading a block's body may need to know. */
interface BlockContext {
  readonly little: boolean;
  /** The clock of an interface of the section, by its number there. */
  readonly clock: (interfaceNumber: number) => CaptureClock | undefined;
  /** Takes a name in. */
  readonly keepName: (name: ResolvedName) => void;
}

/** A kind of block: its title, and what its body (without type and lengths) says. */
interface BlockKind {
  readonly title: string;
  readonly read: (body: Uint8Array, context: BlockContext) => readonly FileDetail[];
}

/** By block type (section 11.1 of the draft). A new kind is a row here. */
const blockKinds = new Map<number, BlockKind>([
  [4, { title: 'Name resolution', read: readNames }],
  [5, { title: 'Interface statistics', read: readStatistics }],
  [7, { title: 'IRIG time stamps', read: () => [] }],
  [8, { title: 'ARINC 429 in AFDX', read: () => [] }],
  [9, { title: 'systemd journal entry', read: readJournal }],
  [10, { title: 'Decryption secrets', read: readSecrets }],
  [0xbad, { title: 'Custom block', read: readCustom }],
  [0x40000bad, { title: 'Custom block, not to be copied', read: readCustom }],
]);

/** Block types that are in use beside those of sections, interfaces and packets. */
export const otherBlockTypes: readonly number[] = [...blockKinds.keys()];

/** As many blocks are listed, and names kept, of a file: a hostile one must not fill memory. */
const mostListed = 1000;
const mostNames = 100_000;
/** No more of a block than this is looked at. */
export const largestBody = 256 * 1024;
/** Characters kept of all texts together, and of one. */
const mostText = 8 * 1024 * 1024;
const longestText = 4096;
/** Details kept of one thing. */
const mostDetails = 200;
/** What keeping a detail costs beside its text, in characters: very many short ones must not fill memory either. */
const detailCost = 64;

/**
 * Texts of a file that are kept as long as it is open: none longer than a screen holds, and all together within
 * bounds. What is beyond is left out, which an ellipsis tells.
 */
export class KeptTexts {
  private room = mostText;

  text(text: string): string {
    const length = Math.min(text.length, longestText, this.room);
    this.room -= length;
    return length < text.length ? `${text.slice(0, length)}…` : text;
  }

  details(details: readonly FileDetail[]): readonly FileDetail[] {
    if (this.room <= 0) return [];
    const most = Math.min(mostDetails, Math.ceil(this.room / detailCost));
    this.room = Math.max(0, this.room - detailCost * Math.min(details.length, most));
    const kept = details.slice(0, most).map((it) => ({ ...it, value: this.text(it.value) }));
    const left = details.length - kept.length;
    if (left > 0) kept.push({ name: '', label: 'More', value: `${grouped(left)} not listed` });
    return kept;
  }
}

/** The blocks of a file that are neither packets nor declare where packets come from. */
export class OtherBlocks {
  readonly listed: FileBlock[] = [];
  unlisted = 0;
  readonly names: ResolvedName[] = [];

  constructor(private readonly texts: KeptTexts) {}

  /** Whether the body of one more block is worth reading. */
  wants(type: number): boolean {
    return this.listed.length < mostListed || (type === 4 && this.names.length < mostNames);
  }

  /** Takes a block in; `body` is empty where it was not wanted. */
  add(
    block: { readonly type: number; readonly offset: number; readonly length: number },
    body: Uint8Array,
    little: boolean,
    clock: BlockContext['clock'],
  ): void {
    const { type, offset, length } = block;
    const kind = blockKinds.get(type);
    const keepName = ({ address, name }: ResolvedName): void => {
      if (this.names.length < mostNames) this.names.push({ address, name: this.texts.text(name) });
    };
    const details = body.length > 0 ? (kind?.read(body, { little, clock, keepName }) ?? []) : [];
    if (this.listed.length >= mostListed) {
      this.unlisted++;
      return;
    }
    const title = kind?.title ?? `Block of unknown type 0x${type.toString(16).padStart(8, '0')}`;
    this.listed.push({ offset, length, title, details: this.texts.details(details) });
  }
}

function detail(name: string, label: string, value: string): FileDetail {
  return { name, label, value };
}

/** The options from a place of a body on. */
function options(body: Uint8Array, from: number, owner: OptionOwner, little: boolean, clock?: CaptureClock) {
  return optionDetails(readOptions(body.subarray(from), little), owner, { little, clock });
}

/** How the addresses of name resolution records begin and read. */
const addressKinds = new Map<number, { readonly length: number; readonly text: (at: Uint8Array) => string }>([
  [1, { length: 4, text: (bytes) => ipv4Text(bytes, 0) }],
  [2, { length: 16, text: (bytes) => ipv6Text(bytes, 0) }],
  [3, { length: 6, text: (bytes) => hex(bytes, 0, 6, ':') }],
  [4, { length: 8, text: (bytes) => hex(bytes, 0, 8, ':') }],
]);

/** Records of an address and its names, each ended by a zero byte, until a record of type 0; then options. */
function readNames(body: Uint8Array, { little, keepName }: BlockContext): readonly FileDetail[] {
  const read16 = little ? u16le : u16;
  const details: FileDetail[] = [];
  let at = 0;
  while (at + 4 <= body.length) {
    const type = read16(body, at);
    const length = read16(body, at + 2);
    at += 4;
    if (type === 0) break;
    const value = body.subarray(at, at + length);
    const kind = addressKinds.get(type);
    if (kind && value.length > kind.length) {
      const address = kind.text(value);
      const names = new TextDecoder().decode(value.subarray(kind.length)).split('\0');
      for (const name of names) if (name !== '') keepName({ address, name });
      details.push(detail('nrb_record', address, names.filter((name) => name !== '').join(', ')));
    }
    at += (length + 3) & ~3;
  }
  return [...details, ...options(body, at, 'names', little)];
}

/** Interface number u32, time u32 u32, options. */
function readStatistics(body: Uint8Array, { little, clock }: BlockContext): readonly FileDetail[] {
  if (body.length < 12) return [];
  const number = little ? u32le(body, 0) : u32(body, 0);
  return [
    detail('isb_interface', 'Interface', number.toString()),
    ...options(body, 12, 'statistics', little, clock(number)),
  ];
}

const secretKinds = new Map([
  [0x544c534b, 'TLS key log'],
  [0x5353484b, 'SSH key log'],
  [0x57474b4c, 'WireGuard key log'],
  [0x5a4e574b, 'ZigBee network key'],
  [0x5a415053, 'ZigBee APS key'],
  [0x55414b4c, 'OPC UA key log'],
]);

/** Kind u32, length u32, secrets, options. The secrets themselves are not shown. */
function readSecrets(body: Uint8Array, { little }: BlockContext): readonly FileDetail[] {
  if (body.length < 8) return [];
  const read32 = little ? u32le : u32;
  const kind = read32(body, 0);
  const length = read32(body, 4);
  const name = secretKinds.get(kind) ?? `of unknown kind 0x${kind.toString(16).padStart(8, '0')}`;
  return [
    detail('dsb_secrets', 'Secrets', `${name}, ${counted(length, 'byte')}`),
    ...options(body, Math.min(body.length, 8 + ((length + 3) & ~3)), 'other', little),
  ];
}

/** Enterprise number u32, then data and perhaps options that only the enterprise can tell apart. */
function readCustom(body: Uint8Array, { little }: BlockContext): readonly FileDetail[] {
  if (body.length < 4) return [];
  const number = little ? u32le(body, 0) : u32(body, 0);
  return [
    detail('custom_pen', 'Enterprise number', number.toString()),
    detail('custom_data', 'Data', counted(body.length - 4, 'byte')),
  ];
}

/** Fields of a journal entry that tell what it is about. */
const journalFields = [
  'MESSAGE',
  'SYSLOG_IDENTIFIER',
  '_SYSTEMD_UNIT',
  '_HOSTNAME',
  'PRIORITY',
  '__REALTIME_TIMESTAMP',
];

/** Journal Export Format: a line `NAME=value` a field (https://systemd.io/JOURNAL_EXPORT_FORMATS/). */
function readJournal(body: Uint8Array): readonly FileDetail[] {
  const lines = new TextDecoder().decode(body).split('\n');
  const values = new Map<string, string>();
  for (const line of lines) {
    const at = line.indexOf('=');
    if (at > 0 && !values.has(line.slice(0, at))) values.set(line.slice(0, at), line.slice(at + 1));
  }
  return journalFields.flatMap((name) => {
    const value = values.get(name);
    return value === undefined ? [] : [detail(name, name, value.replace(/\0+$/, ''))];
  });
}
