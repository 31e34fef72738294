/** The log of the ping that this project began with, line by line: what each line is and what its values mean. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { hoverAt } from '../../../src/core/monitor/hover.js';
import { fieldsOf } from '../../../src/core/monitor/line.js';
import { MonitorReader } from '../../../src/core/monitor/reader.js';

const file = path.resolve(import.meta.dirname, '../../fixtures/logs/seed-node2.monitor.log');
const lines = readFileSync(file, 'utf8').trimEnd().split('\n');

/** Markdown as a reader sees it, near enough. */
function readable(markdown: string | undefined): string {
  return (markdown ?? '').replace(/\\(.)/g, '$1').replace(/&gt;/g, '>').replace(/&lt;/g, '<');
}

/** The hover at the first place of `text` in a line (numbers from 1). */
function hover(line: number, text: string): { token: string; line: string; words: string } {
  const content = lines[line - 1] ?? '';
  const at = content.indexOf(text);
  assert.ok(at >= 0, `${text} is not in line ${line}`);
  const found = hoverAt(content, at, { before: lines.slice(0, line - 1), after: lines.slice(line) });
  assert.ok(found, `no hover on ${text}`);
  return {
    token: readable(found.token),
    line: readable(found.line),
    words: content.slice(found.start, found.end),
  };
}

describe('lines', () => {
  const expected: readonly (readonly [
    type: string,
    event: number | undefined,
    fields: Record<string, string>,
  ])[] = [
    ['ct-lookup-tuple', 1, { source: '10.0.0.85:3072', destination: '10.0.1.124:0' }],
    ['ct-lookup-flags', 2, { nexthdr: '1', flags: '0' }],
    ['ct-verdict', 3, { verdict: 'New', revnat: '0' }],
    ['ct-create', 4, { proxyPort: '0', revnat: '0', srcIdentity: '3352', lb: '0.0.0.0' }],
    ['ethernet', 5, { SrcMAC: 'ca:0e:fa:6c:0f:30', DstMAC: '42:ef:f8:7a:9e:f7', EthernetType: 'IPv4' }],
    [
      'ipv4',
      5,
      { Id: '45716', Flags: 'DF', TTL: '62', Checksum: '29764', SrcIP: '10.0.0.85', Padding: '[]' },
    ],
    ['icmpv4', 5, { TypeCode: 'EchoRequest', Id: '3072', Seq: '0' }],
    ['no-decoder', 5, { layer: 'Payload' }],
    ['to-endpoint', 5, { bytes: '98', state: 'new', interface: 'lxc5f949d4fd7fa', toEndpoint: '1580' }],
    ['ct-lookup-tuple', 6, { source: '10.0.1.124:0', destination: '10.0.0.85:3072' }],
    ['ct-lookup-flags', 7, { nexthdr: '1', flags: '1' }],
    ['ct-entry-found', 8, { lifetime: '16836113', revnat: '0' }],
    ['ct-verdict', 9, { verdict: 'Reply' }],
    ['identity-found', 10, { address: '10.0.0.85', identity: '3352' }],
    ['separator', undefined, {}],
    ['ethernet', 11, { SrcMAC: '00:0c:29:8f:2d:28', DstMAC: '00:0c:29:79:54:d3' }],
    ['ipv4', 11, { Id: '48973', Flags: '', TTL: '63', Checksum: '42635', DstIP: '10.0.0.85' }],
    ['icmpv4', 11, { TypeCode: 'EchoReply', Checksum: '22909' }],
    ['no-decoder', 11, {}],
    ['to-network', 11, { state: 'new', origIp: '0.0.0.0' }],
    ['separator', undefined, {}],
  ];

  test('are what they are, in the right events', () => {
    const reader = new MonitorReader();
    assert.equal(lines.length, expected.length);
    lines.forEach((text, i) => {
      const { line, event, number } = reader.next(text);
      const [type, ownEvent, fields] = expected[i] ?? ['', undefined, {}];
      assert.equal(number, i + 1);
      assert.equal(line.type, type, text);
      assert.equal(event, ownEvent, text);
      const found = fieldsOf(line);
      for (const [name, value] of Object.entries(fields))
        assert.equal(found[name], value, `${name} of ${text}`);
      if (text.startsWith('CPU')) {
        assert.deepEqual([line.cpu, line.mark, line.endpoint], [3, 0, type === 'to-network' ? 385 : 1580]);
      }
    });
  });
});

describe('hovers', () => {
  /** Line, text, what the pointer marks, and what the hover must say of it. */
  const tokens: readonly (readonly [line: number, text: string, marks: string, says: RegExp])[] = [
    [1, 'CPU', 'CPU 03', /CPU that handled the packet/],
    [1, '03', 'CPU 03', /CPU that handled the packet/],
    [1, 'MARK', 'MARK 0x0', /Not the skb mark/],
    [1, '0x0', 'MARK 0x0', /no hash was known/i],
    [1, 'FROM', 'FROM 1580', /not the sender/],
    [1, 'src=', 'src=10.0.0.85:3072', /ICMP echo id 3072/],
    [1, '10.0.1.124:0', 'dst=10.0.1.124:0', /no echo id on this side/i],
    [2, 'nexthdr', 'nexthdr=1', /ICMP/],
    [2, 'flags', 'flags=0', /OUT: .*ingress program asks this first/],
    [3, 'New', 'verdict: New', /No connection was known.*policy will be checked/],
    [3, 'revnat', 'revnat=0', /no service translation/i],
    [4, 'proxy-port', 'proxy-port=0', /no proxy/i],
    [4, 'src-identity', 'src-identity=3352', /same on every node of the cluster/],
    [4, 'lb=', 'lb=0.0.0.0', /not used.*\n.*Not the address of a load-balancer/i],
    [5, 'Contents', 'Contents=[..14..]', /14 bytes of header/],
    [5, 'Payload', 'Payload=[..86..]', /86 bytes follow/],
    [5, 'SrcMAC', 'SrcMAC=ca:0e:fa:6c:0f:30', /locally made/i],
    [5, 'EthernetType', 'EthernetType=IPv4', /What the frame carries/],
    [5, 'Length', 'Length=0', /not used/i],
    [6, 'IHL', 'IHL=5', /20 bytes/],
    [6, 'TOS', 'TOS=0', /DSCP 0/],
    [6, 'Length=84', 'Length=84', /Total length/],
    [6, 'Id=', 'Id=45716', /0xb294/],
    [6, 'Flags', 'Flags=DF', /do not fragment/i],
    [6, 'FragOffset', 'FragOffset=0', /not a fragment/i],
    [6, 'TTL', 'TTL=62', /Two routing hops below the usual start of 64/],
    [6, 'Protocol', 'Protocol=ICMPv4', /Protocol above IP/],
    [6, 'Checksum', 'Checksum=29764', /0x7444/],
    [6, 'SrcIP', 'SrcIP=10.0.0.85', /private address/],
    [6, 'Options', 'Options=[]', /none/i],
    [6, 'Padding', 'Padding=[]', /none/i],
    [7, 'TypeCode', 'TypeCode=EchoRequest', /a ping asks/i],
    [7, 'Id=', 'Id=3072', /0x0c00.*\n.*conntrack/],
    [7, 'Seq', 'Seq=0', /Counts the pings/],
    [9, '98 bytes', '98 bytes', /Packet length/],
    [9, '98 captured', '98 captured', /whole packet/],
    [9, 'state', 'state new', /first packet of a connection/i],
    [9, 'interface', 'interface lxc5f949d4fd7fa', /veth pair/],
    [9, 'identity', 'identity 3352', /the same identity: the same labels/],
    [9, '3352, orig', '3352', /Identity of the receiver/],
    [9, 'orig-ip', 'orig-ip 10.0.0.85', /before a service or proxy translation/],
    [9, 'to endpoint', 'to endpoint 1580', /number of this node only/],
    [
      11,
      'flags',
      'flags=1',
      /IN: .*reply direction: the egress program asks whether the leaving packet answers/,
    ],
    [12, 'lifetime', 'lifetime=16836113', /194 d 20 h.*jiffies\/256.*16 h 50 min/],
    [13, 'Reply', 'verdict: Reply', /passes without a policy check/],
    [14, '10.0.0.85', 'addr=10.0.0.85', /private address/],
    [14, 'identity=', 'identity=3352', /cilium identity get 3352/],
    [17, 'Flags', 'Flags=', /none set/i],
    [17, 'TTL', 'TTL=63', /One routing hop below the usual start of 64/],
    [20, 'orig-ip', 'orig-ip 0.0.0.0', /not set/i],
  ];
  for (const [line, text, marks, says] of tokens) {
    test(`${marks} of line ${line}`, () => {
      const found = hover(line, text);
      assert.equal(found.words, marks);
      assert.match(found.token, says);
    });
  }

  const stories: readonly (readonly [line: number, text: string, says: RegExp])[] = [
    [1, 'DEBUG:', /Is the packet `10\.0\.0\.85:3072` → `10\.0\.1\.124:0` part of a known connection/],
    [1, 'Conntrack lookup', /debug message/],
    [3, 'DEBUG:', /CT verdict: `New`.*\n.*No connection was known[^]*This packet: `10\.0\.0\.85:3072` → /],
    [4, 'Conntrack create', /The connection is now known, opened by identity `3352`/],
    [5, 'Ethernet', /A frame from `ca:0e:fa:6c:0f:30`/],
    [6, 'IPv4', /A packet from `10\.0\.0\.85` to `10\.0\.1\.124`, `ICMPv4`, TTL `62`/],
    [8, 'Failed', /Not an error/],
    [9, 'to-endpoint', /handed to endpoint `1580` through `lxc5f949d4fd7fa`[^]*ICMPv4 EchoRequest, TTL 62/],
    [15, '---', /Stands in front of each/],
    [
      20,
      'to-network',
      /leaves the node through a network device[^]*`10\.0\.1\.124` → `10\.0\.0\.85`, ICMPv4 EchoReply, TTL 63/,
    ],
  ];
  for (const [line, text, says] of stories) {
    test(`line ${line} at ${text}`, () => {
      assert.match(hover(line, text).line, says);
    });
  }

  test('answer at every character, in at most 12 lines', () => {
    lines.forEach((text, i) => {
      const around = { before: lines.slice(Math.max(0, i - 12), i), after: lines.slice(i + 1, i + 13) };
      for (let at = 0; at < text.length; at++) {
        const found = hoverAt(text, at, around);
        assert.ok(found, `${text} at ${at}`);
        const count = [found.token, found.line].join('\n').split('\n').length;
        assert.ok(count <= 13, `${count} lines at ${at} of ${text}`);
      }
    });
  });

  test('work from the line alone', () => {
    const alone = hoverAt(lines[10] ?? '', (lines[10] ?? '').indexOf('flags'));
    assert.match(readable(alone?.token), /reply direction/);
    const address = hoverAt(lines[0] ?? '', (lines[0] ?? '').indexOf('src='));
    assert.match(readable(address?.token), /port 3072 \(for ICMP this number is the echo id\)/);
  });
});
