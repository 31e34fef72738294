/** What a file that is no capture of ours looks like, by its first bytes. */
import { bytesFromHex } from '../base/bytes.js';

interface Signature {
  /** What it looks like, as it reads behind "looks like". */
  readonly seems: string;
  /** Bytes in hex, where they stand (at 0 unless said). */
  readonly hex: string;
  readonly at?: number;
  /** What the user can do. */
  readonly advice: string;
}

const unpack = 'Unpack it first.';
const convert = (suffix: string) => `Convert it with Wireshark's editcap: editcap FILE.${suffix} FILE.pcapng`;
const notNetwork = 'Only pcap and pcapng captures are read.';

const etl = 'a Windows event trace (ETL)';

/** Longer signatures before shorter ones that they begin with. */
const signatures: readonly Signature[] = [
  { seems: 'a gzip archive', hex: '1f8b', advice: 'Unpack it first: gunzip FILE' },
  { seems: 'a Zstandard archive', hex: '28b52ffd', advice: 'Unpack it first: zstd -d FILE' },
  { seems: 'an LZ4 archive', hex: '04224d18', advice: 'Unpack it first: lz4 -d FILE' },
  { seems: 'an xz archive', hex: 'fd377a585a00', advice: 'Unpack it first: xz -d FILE' },
  { seems: 'a bzip2 archive', hex: '425a68', advice: 'Unpack it first: bunzip2 FILE' },
  { seems: 'a zip archive', hex: '504b0304', advice: unpack },
  { seems: 'a 7-Zip archive', hex: '377abcaf271c', advice: unpack },
  { seems: 'a tar archive', hex: '7573746172', at: 257, advice: unpack },
  { seems: 'a snoop capture', hex: '736e6f6f70000000', advice: convert('snoop') },
  { seems: 'a Network Monitor 1 capture', hex: '52545353', advice: convert('cap') },
  { seems: 'a Network Monitor 2 capture', hex: '474d4255', advice: convert('cap') },
  {
    seems: 'a Sniffer capture',
    hex: '5452534e4946462064617461202020201a',
    advice: convert('cap'),
  },
  { seems: 'a NetXRay or Windows Sniffer capture', hex: '58435000', advice: convert('cap') },
  { seems: 'a Visual Networks capture', hex: '05564e46', advice: convert('cap') },
  { seems: 'an Ixia capture', hex: 'ac01001c', advice: convert('cap') },
  {
    // The header of the first event: version 2, of a 64-bit or a 32-bit system, flags.
    seems: etl,
    hex: '020002c0',
    at: 0x48,
    advice: 'Convert it with pktmon: pktmon etl2pcap FILE.etl',
  },
  { seems: etl, hex: '020001c0', at: 0x48, advice: 'Convert it with pktmon: pktmon etl2pcap FILE.etl' },
  { seems: 'a 5View capture', hex: 'aaaaaaaa', advice: convert('5vw') },
  { seems: 'a LANalyzer capture', hex: '01104c00', advice: convert('tr1') },
  { seems: 'an HP-UX nettl trace', hex: '5452006400', advice: convert('trc') },
  { seems: 'an Observer capture', hex: '4f62736572766572506b74427566666572', advice: convert('bfr') },
  { seems: 'a Tektronix K12 recording', hex: '0000020012050010', advice: convert('rf5') },
  { seems: 'an OmniPeek capture', hex: '7f766572', advice: convert('pkt') },
  { seems: 'a Vector BLF log', hex: '4c4f4747', advice: convert('blf') },
  { seems: 'a Bluetooth HCI log (btsnoop)', hex: '6274736e6f6f7000', advice: notNetwork },
  { seems: 'an iptrace capture', hex: '6970747261636520', advice: convert('cap') },
  { seems: 'an ELF program', hex: '7f454c46', advice: notNetwork },
  { seems: 'a Windows program', hex: '4d5a', advice: notNetwork },
  { seems: 'a PNG picture', hex: '89504e470d0a1a0a', advice: notNetwork },
  { seems: 'a JPEG picture', hex: 'ffd8ff', advice: notNetwork },
  { seems: 'a GIF picture', hex: '47494638', advice: notNetwork },
  { seems: 'a PDF document', hex: '25504446', advice: notNetwork },
  { seems: 'an SQLite database', hex: '53514c69746520666f726d6174', advice: notNetwork },
];

/** How many bytes of a file {@link seemingly} wants to see. */
export const sniffLength = 4096;

/**
 * What the bytes at the start of a file look like (`a gzip archive`, `text`), and what to do about it. `whole` tells
 * that the file has no more bytes than these.
 */
export function seemingly(head: Uint8Array): { readonly seems: string; readonly advice: string } {
  if (head.length === 0) return { seems: 'an empty file', advice: 'There is nothing to show.' };
  const known = knownSignature(head);
  if (known) return known;
  if (head.every((byte) => byte === 0))
    return {
      seems: 'nothing but zero bytes',
      advice: 'Perhaps the copy or the download of the file failed.',
    };
  const text = textOf(head);
  if (text !== undefined) return seemingText(text);
  if (looksLikeErf(head)) return { seems: 'an ERF capture (Endace)', advice: convert('erf') };
  return { seems: 'no capture format we know', advice: notNetwork };
}

/** What a file surely is by the signature at its start, with what to do about it; undefined when it has none we know. */
export function knownSignature(
  head: Uint8Array,
): { readonly seems: string; readonly advice: string } | undefined {
  return signatures.find(({ hex, at = 0 }) => startsWith(head, bytesFromHex(hex), at));
}

function startsWith(bytes: Uint8Array, magic: Uint8Array, at: number): boolean {
  return bytes.length >= at + magic.length && magic.every((byte, i) => bytes[at + i] === byte);
}

/** The head as text, unless it holds bytes that text does not. */
function textOf(head: Uint8Array): string | undefined {
  const [first, second] = head;
  const wide =
    first === 0xff && second === 0xfe
      ? 'utf-16le'
      : first === 0xfe && second === 0xff
        ? 'utf-16be'
        : undefined;
  if (wide) return new TextDecoder(wide).decode(head);
  const control = head.some(
    (byte) => byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 && byte !== 27,
  );
  return control ? undefined : new TextDecoder().decode(head);
}

function seemingText(text: string): { readonly seems: string; readonly advice: string } {
  const start = text.trimStart().slice(0, 400).toLowerCase();
  if (start.startsWith('<!doctype html') || start.startsWith('<html'))
    return {
      seems: 'an HTML page',
      advice: 'Perhaps a download gave a page that asks to sign in. Download the capture again.',
    };
  if (start.startsWith('<?xml') && start.includes('pdml'))
    return { seems: 'Wireshark’s PDML export', advice: 'Open the capture that it was made from.' };
  if (start.startsWith('version https://git-lfs'))
    return { seems: 'a Git LFS pointer', advice: 'Fetch the file itself: git lfs pull' };
  if (/^(?:0x)?[0-9a-f]{4,8}:?[ \t]+[0-9a-f]{2}[ 0-9a-f]/.test(start))
    return {
      seems: 'a hex dump',
      advice: 'Make a capture of it with Wireshark’s text2pcap: text2pcap FILE FILE.pcapng',
    };
  if (/^[0-9:. -]{8,40} (?:ip6?|arp)[ ,]/.test(start) || /^tcpdump: /.test(start))
    return {
      seems: 'the text output of tcpdump',
      advice: 'Capture with tcpdump -w FILE.pcap to have the packets.',
    };
  return { seems: 'text', advice: notNetwork };
}

/** ERF has no magic number: a record type that is in use and lengths that agree. */
function looksLikeErf(head: Uint8Array): boolean {
  if (head.length < 16) return false;
  const type = (head[8] ?? 0) & 0x7f;
  const recordLength = ((head[10] ?? 0) << 8) | (head[11] ?? 0);
  const wire = ((head[14] ?? 0) << 8) | (head[15] ?? 0);
  return (
    type >= 1 && type <= 48 && recordLength >= 16 && recordLength <= wire + 64 && wire > 0 && wire < 16_384
  );
}
