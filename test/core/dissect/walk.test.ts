/** Layers, problems and nesting on packets built by hand. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { bytesFromHex } from '../../../src/core/base/bytes.js';
import { type DecodedNode, Decoder } from '../../../src/core/dissect/decoder.js';
import { linkTypeName } from '../../../src/core/dissect/linkTypes.js';

const ethernet = 1;
const link = 'c66d95cd34a2 42eff87a9ef7 0800';
/** Header of a packet from 10.0.0.85 to 10.0.1.124; the checksum is left wrong on purpose. */
const ipHeader = (length: number, protocol: string, flags = '4000'): string =>
  `4500 ${length.toString(16).padStart(4, '0')} 0001 ${flags} 40 ${protocol} 0000 0a000055 0a00017c`;
const tcpSyn = 'c89c 01bb 8afa6c32 00000000 5002 7210 9871 0000';

const decoder = new Decoder();

function decode(hex: string, linkType = ethernet, missing = 0) {
  const frame = bytesFromHex(hex);
  const walk = decoder.walk(frame, linkType, frame.length + missing);
  return { tree: decoder.tree(walk), summary: decoder.summary(walk), problem: walk.problem, walk };
}

const names = (nodes: readonly DecodedNode[]): string[] => nodes.map(({ name }) => name);

function find(nodes: readonly DecodedNode[], name: string): DecodedNode | undefined {
  for (const node of nodes) {
    const found = node.name === name ? node : find(node.children ?? [], name);
    if (found) return found;
  }
  return undefined;
}

describe('layers', () => {
  test('a SYN in Ethernet and IPv4', () => {
    const { tree, summary, problem } = decode(`${link} ${ipHeader(40, '06')} ${tcpSyn}`);
    assert.deepEqual(names(tree), ['eth', 'ip', 'tcp']);
    assert.equal(problem, undefined);
    assert.deepEqual(summary, {
      source: '10.0.0.85',
      destination: '10.0.1.124',
      protocol: 'TCP',
      info: '51356 → 443 [SYN] Seq=2331667506 Win=29200 Len=0',
      problem: false,
    });
    assert.deepEqual(
      tree.map(({ start, length }) => [start, length]),
      [
        [0, 14],
        [14, 20],
        [34, 20],
      ],
    );
  });

  test('labels read as in Wireshark', () => {
    const { tree } = decode(`${link} ${ipHeader(40, '06')} ${tcpSyn}`);
    const label = (name: string): string | undefined => find(tree, name)?.label;
    assert.equal(label('eth'), 'Ethernet II, Src: 42:ef:f8:7a:9e:f7, Dst: c6:6d:95:cd:34:a2');
    assert.equal(label('eth.type'), 'Type: IPv4 (0x0800)');
    assert.equal(label('ip.version'), '0100 .... = Version: 4');
    assert.equal(label('ip.hdr_len'), '.... 0101 = Header Length: 20 bytes (5)');
    assert.equal(label('ip.dsfield'), 'Differentiated Services Field: 0x00 (DSCP: CS0, ECN: Not-ECT)');
    assert.equal(label('ip.flags'), "010. .... = Flags: 0x2, Don't fragment");
    assert.equal(label('ip.flags.df'), ".1.. .... = Don't fragment: Set");
    assert.equal(label('ip.ttl'), 'Time to Live: 64');
    assert.equal(label('ip.proto'), 'Protocol: TCP (6)');
    assert.equal(label('ip.id'), 'Identification: 0x0001 (1)');
    assert.equal(label('tcp.flags'), 'Flags: 0x002 (SYN)');
    assert.equal(label('tcp.flags.syn'), '.... .... ..1. = Syn: Set');
    assert.equal(label('tcp.flags.ae'), '...0 .... .... = Accurate ECN: Not set');
    assert.equal(label('tcp.flags.str'), 'TCP Flags: ··········S·');
  });

  test('a wrong IP checksum is told with the right one', () => {
    const { tree } = decode(`${link} ${ipHeader(40, '06')} ${tcpSyn}`);
    const checksum = find(tree, 'ip.checksum');
    assert.equal(
      checksum?.label,
      'Header Checksum: 0x0000 incorrect, should be 0x24ff (may be caused by "IP checksum offload")',
    );
    assert.equal(checksum.problem, true);
    const status = find(tree, 'ip.checksum.status');
    assert.deepEqual([status?.value, status?.generated, status?.length], ['0', true, 0]);
  });

  test('padding belongs to Ethernet', () => {
    const { tree } = decode(`${link} ${ipHeader(40, '06')} ${tcpSyn} 000000000000`);
    const padding = find(tree, 'eth.padding');
    assert.deepEqual([padding?.start, padding?.length], [54, 6]);
    assert.equal(find(tree, 'tcp.payload'), undefined);
  });

  test('a tunnel shows the inner addresses and the identity', () => {
    const inner = `${link} ${ipHeader(40, '06')} ${tcpSyn}`;
    const outer = `${link} 4500 005a 0001 4000 4011 0000 c0a80001 c0a80002 8000 2118 0046 0000 0800 0000 000002 00`;
    const { tree, summary } = decode(outer + inner);
    assert.deepEqual(names(tree), ['eth', 'ip', 'udp', 'vxlan', 'eth', 'ip', 'tcp']);
    assert.equal(find(tree, 'cilium.identity')?.label, 'Security identity: 2 (world)');
    assert.equal(summary.source, '10.0.0.85');
    assert.match(summary.info, / \[identity 2 \(world\)\]$/);
  });

  test('the packet that an error quotes stands inside it, and is not the packet', () => {
    const { tree, summary, problem } = decode(
      `${link} 4500 0038 0001 4000 4001 0000 0a0001fe 0a000055 0301 fcfe 00000000 ${ipHeader(60, '06')} c89c01bb8afa6c32`,
    );
    assert.deepEqual(names(tree), ['eth', 'ip', 'icmp']);
    const icmp = tree[2];
    assert.ok(icmp?.children);
    assert.deepEqual(names(icmp.children).slice(-2), ['ip', 'tcp']);
    assert.equal(find(icmp.children, 'tcp.dstport')?.value, '443');
    assert.equal(problem, undefined, 'a quote is expected to be cut');
    assert.equal(summary.source, '10.0.1.254');
    assert.equal(summary.protocol, 'ICMP');
    assert.equal(summary.info, 'Destination unreachable (Host unreachable)');
  });

  test('extension headers stand inside IPv6', () => {
    const { tree } = decode(
      `${link.replace('0800', '86dd')} 6000 0000 0010 00 40 fd000000000000000000000000000085 fd00000000000000000000000001007c` +
        ' 3a 00 05020000 0100 8000 0000 0001 0002',
    );
    assert.deepEqual(names(tree), ['eth', 'ipv6', 'icmpv6']);
    assert.equal(tree[1]?.length, 48);
    assert.equal(find(tree[1].children ?? [], 'ipv6.hopopts')?.length, 8);
  });

  test('an unknown port is data, an unknown EtherType too', () => {
    assert.deepEqual(names(decode(`${link.replace('0800', '9999')} 0102`).tree), ['eth', 'data']);
    assert.deepEqual(names(decode('0102', 999).tree), ['data']);
    assert.deepEqual(names(decode('', ethernet).tree), ['eth', '_ws.malformed']);
  });

  test('a segment that the network card cuts up has a length of 0', () => {
    const { tree } = decode(`${link} ${ipHeader(0, '06')} ${tcpSyn} 6162`);
    assert.equal(find(tree, 'ip.len')?.value, '42');
    assert.equal(find(tree, 'tcp.len')?.value, '2');
  });

  test('raw IP finds the version itself', () => {
    assert.deepEqual(names(decode(`${ipHeader(40, '06')} ${tcpSyn}`, 101).tree), ['raw', 'ip', 'tcp']);
    assert.deepEqual(names(decode(`${ipHeader(40, '06')} ${tcpSyn}`, 228).tree), ['ip', 'tcp']);
  });
});

describe('problems', () => {
  test('cut by the snap length', () => {
    const { tree, summary, problem } = decode(
      `${link} ${ipHeader(40, '06')} c89c01bb8afa6c3200000000`,
      ethernet,
      8,
    );
    assert.deepEqual(problem, { kind: 'not-captured', layer: 2, needed: 20, had: 12 });
    assert.deepEqual(names(tree), ['eth', 'ip', 'tcp', '_ws.short']);
    assert.equal(
      tree[3]?.label,
      'Packet size limited during capture: Transmission Control Protocol needs 20 bytes, 12 were captured',
    );
    assert.equal(find(tree, 'tcp.seq')?.value, '2331667506', 'what was captured is shown');
    assert.equal(find(tree, 'tcp.window_size_value'), undefined);
    assert.ok(summary.problem);
    assert.match(summary.info, /\[Packet size limited during capture\]$/);
  });

  test('shorter than its lengths say', () => {
    const { tree, problem } = decode(`${link} ${ipHeader(32, '06')} c89c01bb8afa6c3200000000`);
    assert.equal(problem?.kind, 'too-short');
    assert.equal(tree[3]?.name, '_ws.malformed');
    assert.equal(
      tree[3].label,
      'Malformed Packet: Transmission Control Protocol needs 20 bytes, 12 are left',
    );
  });

  test('payload that was not captured is no problem', () => {
    const { tree, problem } = decode(`${link} ${ipHeader(140, '06')} ${tcpSyn} 6162`, ethernet, 98);
    assert.equal(problem, undefined);
    assert.equal(find(tree, 'tcp.len')?.value, '100');
    assert.equal(find(tree, 'tcp.payload')?.length, 2);
  });

  test('header lengths that cannot be', () => {
    assert.equal(
      decode(`${link} 43${ipHeader(40, '06').slice(2)} ${tcpSyn}`).problem?.what,
      'the header length is less than 20 bytes',
    );
    assert.equal(
      decode(`${link} 75${ipHeader(40, '06').slice(2)} ${tcpSyn}`).problem?.what,
      'the version is not 4',
    );
  });

  test('the first fragment of a header says that the rest is elsewhere', () => {
    const { tree, problem } = decode(`${link} ${ipHeader(28, '06', '2000')} c89c01bb8afa6c32`);
    assert.equal(problem?.kind, 'fragment');
    assert.equal(tree.at(-1)?.name, '_ws.unreassembled');
  });

  test('later fragments are named', () => {
    const { summary, tree } = decode(`${link} ${ipHeader(28, '11', '00b9')} 0102030405060708`);
    assert.deepEqual(names(tree), ['eth', 'ip', 'data']);
    assert.equal(summary.info, 'Fragmented IP protocol (proto=UDP 17, off=1480, ID=0001)');
  });

  test('layers without end are cut off', () => {
    const { tree, problem } = decode(`${link.replace('0800', '8100')} ${'00018100'.repeat(400)}`);
    assert.equal(problem?.kind, 'too-deep');
    assert.equal(tree.at(-1)?.name, '_ws.malformed');
  });
});

test('link types have names', () => {
  assert.equal(linkTypeName(1), 'Ethernet');
  assert.equal(linkTypeName(276), 'Linux cooked v2');
  assert.equal(linkTypeName(4711), 'link type 4711');
});
