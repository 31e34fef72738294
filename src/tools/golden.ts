/**
 * Remakes test/golden/packets: what tshark sees in the captures of test/fixtures/captures, field by field, for the
 * protocols that we dissect. Needs tshark (Wireshark 4.0 or later) on the path: npm run golden
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

const root = path.resolve(import.meta.dirname, '../..');
const captures = path.join(root, 'test/fixtures/captures');
const golden = path.join(root, 'test/golden/packets');

/**
 * Protocols compared, by tshark's names. A packet is followed from the outside in, up to the first protocol that is
 * not here: what lies behind it we cannot reach yet.
 */
const protocols = new Set([
  ...'eth vlan ieee8021ad llc sll null raw arp ip ipv6 ipv6.hopopts ipv6.routing ipv6.fraghdr ipv6.dstopts ah esp icmp icmpv6 tcp mptcp udp vxlan geneve dns mdns llmnr dhcp dhcpv6 ntp bgp bfd bfd_echo syslog snmp sip nbns radius data'.split(
    ' ',
  ),
  ...'gre erspan cmd mpls pwethcw pwach ppp pppoes pppoed stp loop igmp vrrp udplite wg udpencap slow lacp sctp teredo gtp nflog'.split(
    ' ',
  ),
]);

/** Fields that tshark works out and so do we; others without bytes of their own are left out. */
const computed = new Set([
  'arp.isannouncement',
  'arp.isgratuitous',
  'arp.isprobe',
  'data.len',
  'eth.fcs.status',
  'gre.checksum.status',
  'icmp.checksum.status',
  'icmp.ext.checksum.status',
  'icmpv6.checksum.status',
  'igmp.checksum.status',
  'ip.checksum.status',
  'sctp.checksum.status',
  'tcp.checksum.status',
  'tcp.len',
  'tcp.options.sack.count',
  'udp.checksum.status',
]);
/** Worked out from other packets, settings or MIBs, though tshark gives them a place. */
const notOurs =
  /^(tcp\.(analysis|window_size$|window_size_scalefactor|pdu\.|options\.sack\.dsack)|icmp\.data_time_relative|ip\.checksum_calculated|dns\.(time|response_|retransm|unsolicited)|udp\.pdu\.|snmp\.var-bind_str$|sctp\.(data_tsn|sack_cumulative_tsn_ack)$|_ws\.)/;

/**
 * Each packet by itself. IP checksums verified, as we do; tshark 4.0 does not know Cilium's VXLAN port.
 */
const settings = [
  'tcp.desegment_tcp_streams:FALSE',
  'tcp.no_subdissector_on_error:FALSE',
  'ip.defragment:FALSE',
  'ipv6.defragment:FALSE',
  'ip.check_checksum:TRUE',
];

/** Shown relative to the connection's first; compared as they are on the wire. */
const relative = /^tcp\.(seq|ack|options\.sack_[lr]e)$/;

/** Reported when the payload is known, so only then comparable. */
const behindPayload = /^(eth\.(padding|trailer|fcs.*)|(vlan|sll|ieee8021ah)\.trailer)$/;
const network = new Set(['ip', 'ipv6', 'arp']);

/** `[name, value, start, length]`; start is -1 for what is worked out. */
type Entry = [string, string, number, number];

interface PacketGolden {
  /** False when protocols follow that we do not dissect. */
  whole: boolean;
  fields: Entry[];
}

function pdmlOf(file: string): string {
  const run = spawnSync(
    'tshark',
    ['-n', '-r', file, '-T', 'pdml', '-d', 'udp.port==8472,vxlan', ...settings.flatMap((one) => ['-o', one])],
    {
      encoding: 'utf8',
      maxBuffer: 1 << 30,
      env: { ...process.env, TZ: 'UTC', XDG_CONFIG_HOME: '/nonexistent' },
    },
  );
  if (run.error)
    throw new Error(`tshark cannot be run (${run.error.message}): install Wireshark's command line`);
  return run.stdout;
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const plain = (text: string): string =>
  text.replace(/&(?:#x([\da-f]+)|([a-z]+));/gi, (whole, hex?: string, name?: string) =>
    hex === undefined ? (entities[name ?? ''] ?? whole) : String.fromCodePoint(Number.parseInt(hex, 16)),
  );

/** Hex numbers in decimal, as filters may compare them; all else as it is. */
const valueOf = (shown: string): string => (/^0x[\da-f]+$/i.test(shown) ? BigInt(shown).toString() : shown);

/** The protocols and fields of a packet, one by one, with how deep they stand. */
function* elements(xml: string): Generator<{ kind: string; attributes: Map<string, string>; depth: number }> {
  let depth = 0;
  for (const [, closing, kind = '', inside = '', single] of xml.matchAll(
    /<(\/?)(proto|field)\b([^>]*?)(\/?)>/g,
  )) {
    if (closing) {
      depth--;
      continue;
    }
    const attributes = new Map<string, string>();
    for (const [, name = '', value = ''] of inside.matchAll(/(\w+)="([^"]*)"/g))
      attributes.set(name, plain(value));
    yield { kind, attributes, depth };
    if (!single) depth++;
  }
}

function packetOf(xml: string): PacketGolden | undefined {
  const fields: Entry[] = [];
  let skipping = false;
  let isPacket = false;
  let isNetworkKnown = false;
  let fieldsBefore = 0;
  for (const { kind, attributes, depth } of elements(xml)) {
    const name = attributes.get('name') ?? '';
    if (name === 'frame.encap_type') isPacket = true;
    if (kind === 'proto') {
      // Cut or malformed packets: of some protocols tshark then shows nothing, though most of it is there.
      if (/^_ws\.(short|malformed)$/.test(name) && fields.length === fieldsBefore)
        return { whole: false, fields };
      fieldsBefore = fields.length;
      if (depth === 0)
        skipping = ['geninfo', 'frame', 'fake-field-wrapper'].includes(name) || name.startsWith('_ws.');
      if (name === 'fake-field-wrapper') skipping = false;
      else if (
        !skipping &&
        !protocols.has(name) &&
        !name.startsWith('ip.options') &&
        !name.startsWith('tcp.options')
      )
        return {
          whole: false,
          fields: isNetworkKnown ? fields : fields.filter(([one]) => !behindPayload.test(one)),
        };
      if (network.has(name)) isNetworkKnown = true;
      continue;
    }
    if (skipping || name === '' || attributes.get('hide') === 'yes' || notOurs.test(name)) continue;
    const size = Number(attributes.get('size') ?? 0);
    const shown = valueOf(
      relative.test(name) ? `0x${attributes.get('value') ?? ''}` : (attributes.get('show') ?? ''),
    );
    if (size > 0 && name !== 'data') fields.push([name, shown, Number(attributes.get('pos')), size]);
    else if (computed.has(name)) fields.push([name, shown, -1, 0]);
  }
  return isPacket ? { whole: true, fields } : undefined;
}

rmSync(golden, { recursive: true, force: true });
mkdirSync(golden, { recursive: true });
for (const file of readdirSync(captures).sort()) {
  if (!/\.(pcap|pcapng|cap)$/.test(file)) continue;
  const packets = pdmlOf(path.join(captures, file))
    .split('<packet>')
    .slice(1)
    .map(packetOf)
    .filter((packet) => packet !== undefined);
  if (packets.length === 0) continue;
  writeFileSync(path.join(golden, `${file}.json.gz`), gzipSync(JSON.stringify(packets), { level: 9 }));
  console.log(`${file}: ${packets.length} packets`);
}
