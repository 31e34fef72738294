/**
 * Options of pcapng blocks: code u16, length u16, value padded to four bytes, until an end mark or the end of the
 * block (https://www.ietf.org/archive/id/draft-ietf-opsawg-pcapng-03.html, section 3.5).
 */
import { ipv4Text, ipv6Text } from '../../base/addresses.js';
import { hex, u16, u16le, u32, u32le, u64, u64le, u8 } from '../../base/bytes.js';
import { grouped } from '../../base/words.js';
import { isoText, powerOfTen, readTicks, type CaptureClock } from '../captureTime.js';
import type { FileDetail } from '../record.js';

/** What reading the value of an option may need to know of its block. */
export interface OptionContext {
  readonly little: boolean;
  /** The clock of the interface that the block is about. */
  readonly clock?: CaptureClock | undefined;
}

/** One kind of option: its name in the draft, what people call it, and how its value reads. */
interface OptionKind {
  readonly name: string;
  readonly label: string;
  readonly text: (value: Uint8Array, context: OptionContext) => string;
}

type OptionTable = Readonly<Record<number, OptionKind>>;

const decoder = new TextDecoder();

/** Text; some writers count a closing zero byte in. */
const words = (value: Uint8Array): string => decoder.decode(value).replace(/\0+$/, '');
const octets = (value: Uint8Array): string => hex(value, 0, value.length, ':');
const word = (value: Uint8Array, little: boolean): number => (little ? u32le(value, 0) : u32(value, 0));
const long = (value: Uint8Array, little: boolean): bigint => (little ? u64le(value, 0) : u64(value, 0));
const count = (value: Uint8Array, { little }: OptionContext): string =>
  (value.length >= 8 ? long(value, little) : BigInt(word(value, little))).toLocaleString('en');
const bitRate = (value: Uint8Array, context: OptionContext): string => `${count(value, context)} bits/s`;

/** Options that any block may have (section 3.5.1); custom ones begin with an enterprise number. */
const anyBlock: OptionTable = {
  1: { name: 'opt_comment', label: 'Comment', text: words },
  2988: { name: 'opt_custom', label: 'Custom option', text: customText },
  2989: { name: 'opt_custom', label: 'Custom option', text: customBytes },
  19372: { name: 'opt_custom', label: 'Custom option', text: customText },
  19373: { name: 'opt_custom', label: 'Custom option', text: customBytes },
};

/** Options of each kind of block (sections 4.1 to 4.6); a new one is a row here. */
export const optionTables = {
  section: {
    ...anyBlock,
    1: { name: 'opt_comment', label: 'Capture comment', text: words },
    2: { name: 'shb_hardware', label: 'Capture hardware', text: words },
    3: { name: 'shb_os', label: 'Capture oper-sys', text: words },
    4: { name: 'shb_userappl', label: 'Capture application', text: words },
  },
  interface: {
    ...anyBlock,
    2: { name: 'if_name', label: 'Name', text: words },
    3: { name: 'if_description', label: 'Description', text: words },
    4: { name: 'if_IPv4addr', label: 'IPv4 address', text: ipv4WithMask },
    5: {
      name: 'if_IPv6addr',
      label: 'IPv6 address',
      text: (value) => `${ipv6Text(value, 0)}/${u8(value, 16)}`,
    },
    6: { name: 'if_MACaddr', label: 'MAC address', text: octets },
    7: { name: 'if_EUIaddr', label: 'EUI-64 address', text: octets },
    8: { name: 'if_speed', label: 'Speed', text: bitRate },
    9: { name: 'if_tsresol', label: 'Time resolution', text: (value) => `0x${hex(value)}` },
    10: { name: 'if_tzone', label: 'Time zone', text: timeZone },
    11: { name: 'if_filter', label: 'Filter', text: captureFilter },
    12: { name: 'if_os', label: 'Operating system', text: words },
    13: { name: 'if_fcslen', label: 'Frame check sequence', text: (value) => `${u8(value, 0)} bits` },
    14: { name: 'if_tsoffset', label: 'Time offset', text: timeOffset },
    15: { name: 'if_hardware', label: 'Hardware', text: words },
    16: { name: 'if_txspeed', label: 'Transmit speed', text: bitRate },
    17: { name: 'if_rxspeed', label: 'Receive speed', text: bitRate },
    18: { name: 'if_iana_tzname', label: 'Time zone name', text: words },
  },
  packet: {
    ...anyBlock,
    2: { name: 'epb_flags', label: 'Flags', text: packetFlags },
    3: { name: 'epb_hash', label: 'Hash', text: packetHash },
    4: { name: 'epb_dropcount', label: 'Packets dropped before', text: count },
    5: {
      name: 'epb_packetid',
      label: 'Packet ID',
      text: (value, { little }) => `0x${long(value, little).toString(16)}`,
    },
    6: { name: 'epb_queue', label: 'Queue', text: count },
    7: { name: 'epb_verdict', label: 'Verdict', text: verdict },
    8: { name: 'epb_processid_threadid', label: 'Process and thread', text: processAndThread },
  },
  names: {
    ...anyBlock,
    2: { name: 'ns_dnsname', label: 'Name server', text: words },
    3: { name: 'ns_dnsIP4addr', label: 'Name server address', text: (value) => ipv4Text(value, 0) },
    4: { name: 'ns_dnsIP6addr', label: 'Name server address', text: (value) => ipv6Text(value, 0) },
  },
  statistics: {
    ...anyBlock,
    2: { name: 'isb_starttime', label: 'Capture started', text: moment },
    3: { name: 'isb_endtime', label: 'Capture ended', text: moment },
    4: { name: 'isb_ifrecv', label: 'Packets received', text: count },
    5: { name: 'isb_ifdrop', label: 'Dropped by interface', text: count },
    6: { name: 'isb_filteraccept', label: 'Accepted by filter', text: count },
    7: { name: 'isb_osdrop', label: 'Dropped by system', text: count },
    8: { name: 'isb_usrdeliv', label: 'Delivered', text: count },
  },
  other: anyBlock,
} as const satisfies Record<string, OptionTable>;

export type OptionOwner = keyof typeof optionTables;

/** Codes of the options that are read for more than being shown. */
export const optionCode = {
  comment: 1,
  interface: { name: 2, description: 3, timeResolution: 9, timeOffset: 14 },
} as const;

/** The options of one block, in the order of the file. Values are views into the bytes they were read from. */
export interface Options {
  readonly list: readonly { readonly code: number; readonly value: Uint8Array }[];
  /** What is wrong with them; empty when nothing is. */
  readonly flaw: string;
}

/** No writer puts more options on a block; the rest is not read. */
const mostOptions = 4096;

/** Reads options; stops at the first that does not fit. */
export function readOptions(bytes: Uint8Array, little: boolean): Options {
  const read16 = little ? u16le : u16;
  const list: { readonly code: number; readonly value: Uint8Array }[] = [];
  for (let at = 0; at + 4 <= bytes.length && list.length < mostOptions;) {
    const code = read16(bytes, at);
    const length = read16(bytes, at + 2);
    if (code === 0) break;
    const start = at + 4;
    if (start + length > bytes.length) {
      return { list, flaw: `option ${code} claims ${length} bytes, ${bytes.length - start} are there` };
    }
    list.push({ code, value: bytes.subarray(start, start + length) });
    at = start + ((length + 3) & ~3);
  }
  return { list, flaw: '' };
}

/** Whether an option of a code is among the options in `bytes`; cheaper than reading them. */
export function hasOption(bytes: Uint8Array, little: boolean, wanted: number): boolean {
  const read16 = little ? u16le : u16;
  for (let at = 0; at + 4 <= bytes.length;) {
    const code = read16(bytes, at);
    if (code === 0) return false;
    if (code === wanted) return at + 4 + read16(bytes, at + 2) <= bytes.length;
    at += 4 + ((read16(bytes, at + 2) + 3) & ~3);
  }
  return false;
}

/** The value of the first option of a code, when there is one. */
export function optionValue(options: Options, code: number): Uint8Array | undefined {
  return options.list.find((option) => option.code === code)?.value;
}

/** The texts of all options of one code. */
export function optionTexts(options: Options, code: number): readonly string[] {
  return options.list.filter((option) => option.code === code).map(({ value }) => words(value));
}

/** All options as people read them; those the draft does not know with their code and bytes. */
export function optionDetails(
  options: Options,
  owner: OptionOwner,
  context: OptionContext,
): readonly FileDetail[] {
  const table: OptionTable = optionTables[owner];
  return options.list.map(({ code, value }) => {
    const kind = table[code];
    if (!kind) return { name: `opt_${code}`, label: `Option ${code}`, value: bytesText(value) };
    return { name: kind.name, label: kind.label, value: kind.text(value, context) };
  });
}

/** Bytes in hex, the first few of many. */
export function bytesText(value: Uint8Array): string {
  const shown = 32;
  const more = value.length > shown ? `… (${grouped(value.length)} bytes)` : '';
  return `${octets(value.subarray(0, shown))}${more}`;
}

function customText(value: Uint8Array, { little }: OptionContext): string {
  return `of enterprise ${word(value, little)}: ${words(value.subarray(4))}`;
}

function customBytes(value: Uint8Array, { little }: OptionContext): string {
  return `of enterprise ${word(value, little)}: ${bytesText(value.subarray(4))}`;
}

/** `if_IPv4addr`: address and network mask. */
function ipv4WithMask(value: Uint8Array): string {
  return `${ipv4Text(value, 0)}, mask ${ipv4Text(value, 4)}`;
}

/** `if_tzone` is obsolete and was never defined exactly: seconds, by the writers there were. */
function timeZone(value: Uint8Array, { little }: OptionContext): string {
  return `${word(value, little) | 0} seconds`;
}

/** `if_tsoffset`: signed seconds. */
function timeOffset(value: Uint8Array, { little }: OptionContext): string {
  return `${BigInt.asIntN(64, long(value, little)).toLocaleString('en')} seconds`;
}

/** `if_filter`: a first byte of 0 announces text, 1 BPF code. */
function captureFilter(value: Uint8Array): string {
  const kind = u8(value, 0);
  if (kind === 0) return words(value.subarray(1));
  return kind === 1
    ? `BPF code of ${grouped(Math.floor((value.length - 1) / 8))} instructions`
    : `of kind ${kind}: ${bytesText(value.subarray(1))}`;
}

/** A time as two words, the upper first. */
function moment(value: Uint8Array, { little, clock }: OptionContext): string {
  if (!clock || value.length < 8) return bytesText(value);
  const time = { seconds: 0, fraction: 0, digits: clock.digits };
  readTicks(word(value, little), word(value.subarray(4), little), clock, time);
  return time.fraction < powerOfTen(clock.digits) ? isoText(time) : bytesText(value);
}

const directions = ['', 'inbound', 'outbound', ''];
const receptions = ['', 'unicast', 'multicast', 'broadcast', 'promiscuous'];
/** Bits of `epb_flags` that stand for themselves. */
const flagBits: readonly (readonly [bit: number, words: string])[] = [
  [9, 'checksum not ready'],
  [10, 'checksum valid'],
  [11, 'TCP segmentation offloaded'],
  [24, 'CRC error'],
  [25, 'too long'],
  [26, 'too short'],
  [27, 'wrong inter-frame gap'],
  [28, 'unaligned frame'],
  [29, 'start frame delimiter error'],
  [30, 'preamble error'],
  [31, 'symbol error'],
];

/** `epb_flags` (section 4.3.1). */
function packetFlags(value: Uint8Array, { little }: OptionContext): string {
  const flags = word(value, little);
  const check = (flags >>> 5) & 15;
  const said = [
    directions[flags & 3] ?? '',
    receptions[(flags >>> 2) & 7] ?? '',
    check > 0 ? `frame check sequence of ${check} bytes` : '',
    ...flagBits.map(([bit, text]) => (((flags >>> bit) & 1) === 1 ? text : '')),
  ].filter((text) => text !== '');
  const bits = `0x${flags.toString(16).padStart(8, '0')}`;
  return said.length > 0 ? `${bits} (${said.join(', ')})` : bits;
}

const hashes = ["2's complement", 'XOR', 'CRC32', 'MD5', 'SHA-1', 'Toeplitz'];

function packetHash(value: Uint8Array): string {
  const kind = u8(value, 0);
  return `${hashes[kind] ?? `kind ${kind}`} ${hex(value, 1)}`;
}

/** Answers of the two kinds of eBPF programs (include/uapi/linux/bpf.h and pkt_cls.h of Linux), from -1. */
const trafficControl = 'unspecified ok reclassify shot pipe stolen queued repeat redirect trap'.split(' ');
const expressPath = ['', 'aborted', 'drop', 'pass', 'tx', 'redirect'];

function verdict(value: Uint8Array, { little }: OptionContext): string {
  const kind = u8(value, 0);
  if (kind === 0) return `hardware: ${bytesText(value.subarray(1))}`;
  const [program, answers] =
    kind === 1 ? ['eBPF TC', trafficControl] : kind === 2 ? ['eBPF XDP', expressPath] : [`kind ${kind}`, []];
  if (value.length < 9) return `${program}: ${bytesText(value.subarray(1))}`;
  const answer = BigInt.asIntN(64, long(value.subarray(1), little));
  const name = answer >= -1n && answer < 16n ? answers[Number(answer) + 1] : undefined;
  return `${program}: ${name ? `${name} (${answer})` : answer}`;
}

function processAndThread(value: Uint8Array, { little }: OptionContext): string {
  return `${word(value, little)}, ${word(value.subarray(4), little)}`;
}
