/** What single values mean, in words. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { versionsOf } from '../../../src/core/monitor/explain.js';
import { hoverAt } from '../../../src/core/monitor/hover.js';
import { messages } from '../../../src/core/monitor/messages/index.js';
import { parseLine } from '../../../src/core/monitor/parse.js';
import { isBeforeRename } from '../../../src/core/monitor/row.js';
import {
  nodeAddressWords,
  addressWords,
  hostWords,
  reversedIpv4,
  splitHostPort,
} from '../../../src/core/monitor/words/address.js';
import { identityWords } from '../../../src/core/monitor/words/identity.js';
import { datapathTimeText, durationText } from '../../../src/core/monitor/words/time.js';
import { tupleFlagNames } from '../../../src/core/monitor/values/conntrack.js';
import { dropReasonsOf } from '../../../src/core/monitor/values/dropReasons.js';

describe('identities', () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ['2', /reserved identity world/],
    ['remote-node', /reserved identity 6/],
    ['102', /well-known identity kube-dns/],
    ['200', /user reserved/],
    ['3352', /same on every node of the cluster/],
    ['131424', /identity 352 of the cluster with id 2/],
    ['16777217', /local identity, valid on this node only.*CIDR/],
    ['33554433', /remote node/],
    ['4294967162', /−134 \(Invalid packet\)/],
  ];
  for (const [value, says] of cases) {
    test(value, () => {
      assert.match(identityWords(value) ?? '', says);
    });
  }

  test('other words are nothing known', () => {
    for (const value of ['<REDACTED>', '', '99999999999', 'worlds'])
      assert.equal(identityWords(value), undefined);
  });
});

test('durations', () => {
  assert.deepEqual([0, 59, 60, 3599, 86_400, 16_836_113, 3601].map(durationText), [
    '0 s',
    '59 s',
    '1 min',
    '59 min 59 s',
    '1 d',
    '194 d 20 h',
    '1 h',
  ]);
});

test('the clock of the datapath: jiffies/256 only where that clock can be', () => {
  assert.match(datapathTimeText(86_400), /^read as seconds: 1 d after the node booted\.$/);
  // 16,836,113 × 256 ticks, less 2^32 − 300 × 250 ticks, at 250 ticks a second.
  const seconds = (16_836_113 * 256 - (2 ** 32 - 75_000)) / 250;
  assert.equal(durationText(seconds), '16 h 50 min');
  assert.match(datapathTimeText(16_836_113), /16 h 50 min after boot with 250 ticks/);
});

test('addresses', () => {
  assert.deepEqual(splitHostPort('10.0.0.85:3072'), { host: '10.0.0.85', port: 3072 });
  assert.deepEqual(splitHostPort('[fd00::1]:53'), { host: 'fd00::1', port: 53 });
  assert.deepEqual(splitHostPort('fd00::1'), { host: 'fd00::1' });
  assert.deepEqual(splitHostPort('10.0.0.1:'), { host: '10.0.0.1' });
  assert.equal(hostWords('8.8.8.8'), 'a public address');
  assert.equal(hostWords('172.32.0.1'), 'a public address');
  assert.equal(hostWords('172.31.255.255'), 'a private address');
  assert.equal(hostWords('fe80::1'), 'link-local');
  assert.equal(hostWords('a.a.a.a'), undefined);
  assert.equal(hostWords('300.1.1.1'), undefined);
  assert.match(addressWords('10.0.0.1:53', '17') ?? '', /port 53, DNS\.$/);
  assert.match(addressWords('10.0.0.1:7', '58') ?? '', /ICMP echo id 7/);
  assert.equal(reversedIpv4('0x0101a8c0'), '192.168.1.1');
  assert.equal(reversedIpv4('0x101a8c0'), '192.168.1.1');
});

test('the node of a tunnel, in whichever byte order it was printed', () => {
  assert.match(nodeAddressWords('0xaa94880') ?? '', /^10\.169\.72\.128 \(/);
  assert.match(nodeAddressWords('0x8200a8c0') ?? '', /^192\.168\.0\.130 \(/);
  assert.equal(
    nodeAddressWords('0x0200000a'),
    '10.0.0.2 (in the other byte order 2.0.0.10, which is no private address).',
  );
  assert.equal(nodeAddressWords('0x0a01010a'), '10.1.1.10.');
  assert.equal(nodeAddressWords('zz'), undefined);
});

test('tuple flags', () => {
  assert.deepEqual([0, 1, 3, 4, 8].map(tupleFlagNames), ['OUT', 'IN', 'IN, RELATED', 'SERVICE', undefined]);
});

test('drop reasons by text and number', () => {
  assert.equal(dropReasonsOf('Policy denied')[0]?.code, 133);
  assert.deepEqual(
    dropReasonsOf('Invalid packet').map(({ code }) => code),
    [134, 2],
  );
  assert.equal(dropReasonsOf('159')[0]?.code, 159);
  assert.deepEqual(dropReasonsOf('no such reason'), []);
});

test('the hover of a drop names cause and next steps, with the numbers of the line', () => {
  const line =
    'xx drop (Policy denied) flow 0x68fa6ff4 to endpoint 258, ifindex 26, file bpf_lxc.c:1965, , identity world->57935: 10.42.0.30:55702 -> 10.42.1.20:8080 tcp SYN';
  const hover = hoverAt(line, 0)?.line ?? '';
  assert.match(hover, /^\*\*Dropped\\: `Policy denied`\*\* · drop/);
  assert.match(hover, /Usual causes: /);
  assert.match(hover, /`cilium-dbg monitor -t policy-verdict --related-to 258`/);
  // world is 2, but its labels are no news: the other side is asked about.
  assert.match(hover, /`cilium-dbg identity get 57935`/);
  assert.match(hover, /\(https:\/\/docs\.cilium\.io/);
  const failed = 'CPU 01: MARK 0x0 FROM 7 DROP: 98 bytes, reason FIB lookup failed, 7';
  const fib = hoverAt(failed, failed.length - 1);
  assert.match(fib?.token ?? '', /MAC address is not known/);
});

describe('next steps hold the numbers of the line', () => {
  for (const [line, ...says] of [
    [
      'xx drop (FIB lookup failed, 7) flow 0x1 to endpoint 0, ifindex 2, file bpf_host.c:77, , identity 2->0: 10.0.0.1:34 -> 192.0.2.9:80 tcp SYN',
      '`ip route get 192.0.2.9` on the node',
    ],
    [
      'CPU 01: MARK 0x0 FROM 385 DROP: 98 bytes, reason Policy denied, , identity 3352->57935',
      '--related-to 385`',
      '`cilium-dbg identity get 3352` (and 57935), then',
    ],
    [
      'CPU 01: MARK 0x0 FROM 385 DEBUG: Policy evaluation would deny packet from 2 to 57935',
      'Next: `cilium-dbg identity get 57935`',
      '`cilium-dbg bpf policy get 385`',
    ],
    [
      '{"cpu":"CPU 01:","type":"drop","mark":"0x1","reason":"Policy denied","source":5,"bytes":98,"srcLabel":3352,"dstLabel":2,"dstID":0}',
      'No policy rule allows this packet',
      '--related-to 5`',
      '`cilium-dbg identity get 3352`',
    ],
    [
      'CPU 01: MARK 0x0 FROM 7 DEBUG: Failed to map addr=192.0.2.9 to identity',
      '`cilium-dbg bpf ipcache get 192.0.2.9`',
    ],
  ] as const)
    test(line, () => {
      const hover = (hoverAt(line, 0)?.line ?? '').replace(/\\(.)/g, '$1');
      for (const words of says) assert.ok(hover.includes(words), `${words} is not in ${hover}`);
      assert.doesNotMatch(hover, /<|&lt;/);
    });

  test('an interface that is not known is not told as one', () => {
    const line =
      '<- endpoint 9 flow 0x1 , identity 3352->unknown state unknown ifindex 0 orig-ip 0.0.0.0: 10.0.0.1 -> 10.0.0.2 EchoRequest';
    assert.doesNotMatch(hoverAt(line, 0)?.line ?? '', /through `0`/);
  });
});

test('a log with one line of versions before 1.15 gets the name that the tool had then', () => {
  const line = 'CPU 01: MARK 0x0 FROM 7 DEBUG: Successfully mapped addr=10.0.0.85 to identity=3352';
  const old = 'CPU 01: MARK 0x0 FROM 7 DEBUG: Conntrack lookup 2/2: nexthdr=6 flags=0';
  const at = line.indexOf('3352');
  const says = (after: readonly string[]): string => {
    const hover = hoverAt(line, at, { before: [], after });
    return `${hover?.token ?? ''}\n${hover?.line ?? ''}`.replace(/\\(.)/g, '$1');
  };
  assert.match(says([`${old} dir=1 scope=2`]), /cilium-dbg identity get 3352/);
  assert.match(says([old]), /cilium identity get 3352/);
  assert.doesNotMatch(says([old]), /cilium-dbg/);
});

test('the first wording that a line is tells as much about that as all that it can be', () => {
  for (const { line } of messages.flatMap(({ examples }) => examples)) {
    const parsed = parseLine(line);
    if (!parsed.form) continue;
    assert.equal(isBeforeRename(parsed.form), versionsOf(parsed, line).every(isBeforeRename), line);
  }
});

test('hovers tell the versions of the wording', () => {
  const old = hoverAt('CPU 01: MARK 0x0 FROM 7 DEBUG: Conntrack lookup 2/2: nexthdr=6 flags=0', 40);
  const young = hoverAt(
    'CPU 01: MARK 0x0 FROM 7 DEBUG: Conntrack lookup 2/2: nexthdr=6 flags=0 dir=1 scope=2',
    40,
  );
  assert.match(old?.line ?? '', /0\\\.11 to 1\\\.13/);
  assert.match(young?.line ?? '', /1\\\.14 and later/);
});
