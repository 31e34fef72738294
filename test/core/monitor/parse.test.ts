/** Lines as people have them: with things in front, damaged, foreign, or made to hurt. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { isMonitorLog } from '../../../src/core/monitor/detect.js';
import { hoverAt } from '../../../src/core/monitor/hover.js';
import { fieldsOf } from '../../../src/core/monitor/line.js';
import { layers, messages } from '../../../src/core/monitor/messages/index.js';
import { parseLine } from '../../../src/core/monitor/parse.js';

const logs = path.resolve(import.meta.dirname, '../../fixtures/logs');
const examples = [...messages, ...layers].flatMap((row) =>
  row.examples.map(({ line }) => ({ type: row.id, line })),
);
/** Wrapped connections are only believed when nothing stands in front of them. */
const whole = examples.filter(({ type }) => !type.startsWith('connection-'));

const escape = String.fromCharCode(27);
const prefixes = [
  '[2018-09-27 16:19:38] ',
  '2024-06-10T17:27:28.200529896Z ',
  '2024-06-10T17:27:28+02:00 ',
  '2024/06/10 17:27:28 ',
  'Sep 27 16:19:38 ',
  'Sep  7 16:19:38 node-1 cilium[123]: ',
  '16:19:38.123456 ',
  '1537.123 ',
  '1537777777.123 ',
  '07: ',
  '     7\t',
  '1: [10:00:00] ',
  '> ',
  '> > ',
  '- ',
  '* ',
  '| ',
  '"',
  '    ',
  '\ufeff',
  '[cilium-abcde] ',
  '[pod/cilium-abcde/cilium-agent] ',
  'cilium-abcde cilium-agent ',
  'cilium-abcde › cilium-agent │ ',
  `${escape}[36mcilium-abcde${escape}[0m ${escape}[33mcilium-agent${escape}[0m `,
  'cilium-abcde: ',
  'node1> ',
  'kube-system/cilium-x2f9:cilium-agent: ',
  '2024-06-10T17:27:28.2Z stdout F ',
  'W0610 17:27:28.2 ',
  'monitor.log:12:',
];
const endings = ['', '\r', '  ', `${escape}[0m`, `${escape}[0m\r`];

describe('what other tools put around a line', () => {
  for (const prefix of prefixes) {
    test(JSON.stringify(prefix), () => {
      for (const [i, { type, line }] of whole.entries()) {
        for (const ending of ['', endings[i % endings.length] ?? '']) {
          const text = `${prefix}${line}${ending}`;
          const parsed = parseLine(text);
          assert.equal(parsed.type, type, text);
          assert.deepEqual(fieldsOf(parsed), fieldsOf(parseLine(line)), text);
          for (const token of parsed.tokens)
            assert.equal(text.slice(token.start, token.end), token.text, `${token.field} of ${text}`);
        }
      }
    });
  }

  test('times and pods are kept', () => {
    const line = 'CPU 01: MARK 0x0 FROM 7 DEBUG: CT verdict: New, revnat=0';
    assert.equal(parseLine(`2024-06-10T17:27:28.2Z ${line}`).time, '2024-06-10T17:27:28.2Z');
    assert.equal(parseLine(`[2018-09-27 16:19:38] ${line}`).time, '2018-09-27 16:19:38');
    assert.equal(parseLine(`[cilium-abcde] ${line}`).origin, 'cilium-abcde');
    assert.equal(parseLine(`cilium-abcde › ${line}`).origin, 'cilium-abcde');
    assert.equal(parseLine(line).time, undefined);
  });

  test('colours within a line', () => {
    const text = `-> ${escape}[31mendpoint${escape}[0m 7 flow ${escape}[1m0xab${escape}[0m , identity 2->7 state new ifindex 0 orig-ip ::: 10.0.0.1 -> 10.0.0.2`;
    const parsed = parseLine(text);
    assert.equal(parsed.type, 'to-endpoint');
    const flow = parsed.tokens.find(({ field }) => field === 'flow');
    assert.equal(text.slice(flow?.start, flow?.end), '0xab');
  });
});

describe('damage of copying', () => {
  test('blanks for tabs, and runs of blanks', () => {
    for (const { type, line } of examples.filter(({ line: text }) => text.includes('\t')))
      assert.equal(parseLine(line.replaceAll('\t', '    ')).type, type, line);
    const spread = 'CPU  03:  MARK 0x0  FROM 1580  DEBUG:  CT verdict:  New,  revnat=0';
    assert.equal(parseLine(spread).type, 'ct-verdict');
  });

  test('redacted addresses', () => {
    for (const word of ['<REDACTED>', 'a.a.a.a', 'xxx', 'x.x.x.x']) {
      const trace = parseLine(
        `-> endpoint 7 flow 0x0 , identity 2->7 state new ifindex lxc1 orig-ip ${word}: ${word}:80 -> ${word}:443 tcp SYN`,
      );
      assert.equal(trace.type, 'to-endpoint', word);
      assert.equal(fieldsOf(trace)['source'], `${word}:80`);
      const debug = parseLine(
        `CPU 01: MARK 0x0 FROM 7 DEBUG: Successfully mapped addr=${word} to identity=7`,
      );
      assert.equal(fieldsOf(debug)['address'], word);
      const tuple = parseLine(
        `CPU 01: MARK 0x0 FROM 7 DEBUG: Conntrack lookup 1/2: src=${word}:80 dst=${word}:443`,
      );
      assert.equal(fieldsOf(tuple)['destination'], `${word}:443`);
    }
  });

  test('remarks behind a line', () => {
    for (const remark of ['  # here it leaves the pod', ' // the reply', '   <-- why?', ' ← 第一次']) {
      const parsed = parseLine(`CPU 01: MARK 0x0 FROM 7 DEBUG: CT entry found lifetime=7, revnat=0${remark}`);
      assert.equal(parsed.type, 'ct-entry-found', remark);
      assert.equal(fieldsOf(parsed)['revnat'], '0');
    }
    // What a message itself holds is no remark.
    assert.equal(fieldsOf(parseLine('>> Message: a # b'))['message'], 'a # b');
  });

  test('a layer line that was cut in the name of a value does not give that name to the value before', () => {
    const cut = 'ICMPv4\t{Contents=[..8..] Payload=[..56..] TypeCode';
    for (const end of [cut.length, cut.length - 3])
      assert.deepEqual(fieldsOf(parseLine(cut.slice(0, end))), {
        Contents: '[..8..]',
        Payload: '[..56..]',
      });
    // A value of several words is no name.
    assert.equal(fieldsOf(parseLine('VRRP\t{Version=2 Type=VRRPv2 Advertis'))['Type'], 'VRRPv2 Advertis');
  });

  test('a layer line that was cut short gives what it has', () => {
    const parsed = parseLine(
      'IPv4\t{Contents=[..20..] Payload=[..64..] Version=4 IHL=5 TOS=0 Length=84 Id=45716 Fla',
    );
    assert.equal(parsed.type, 'ipv4');
    assert.equal(fieldsOf(parsed)['Id'], '45716');
  });
});

describe('JSON', () => {
  const drop =
    '{"cpu":"CPU 01:","type":"drop","mark":"0x1f2e","reason":"Policy denied","source":7,"bytes":98,"srcLabel":2,"dstLabel":3352,"dstID":0,"summary":{"l3":{"src":"10.0.0.1","dst":"10.0.0.2"},"type":"no"}}';

  test('own keys are fields, those within are not', () => {
    const parsed = parseLine(drop);
    assert.deepEqual(
      [parsed.kind, parsed.type, parsed.cpu, parsed.mark, parsed.endpoint],
      ['json', 'drop', 1, 0x1f2e, 7],
    );
    assert.equal(fieldsOf(parsed)['reason'], 'Policy denied');
    assert.equal(fieldsOf(parsed)['src'], undefined);
  });

  test('flat lists are fields, and so are the values of a notification of the agent', () => {
    const record = fieldsOf(
      parseLine('{"type":"logRecord","srcEpID":1,"srcEpLabels":["k8s:a=b","k8s:c=]"],"dstEpLabels":[]}'),
    );
    assert.equal(record['srcEpLabels'], '["k8s:a=b","k8s:c=]"]');
    assert.equal(record['dstEpLabels'], '[]');
    const line = '>> IPCache entry upserted: {"cidr":"10.0.0.85/32","id":3352,"host-ip":"192.168.0.120"}';
    const fields = fieldsOf(parseLine(line));
    assert.equal(fields['cidr'], '10.0.0.85/32');
    assert.equal(fields['id'], '3352');
    const hover = hoverAt(line, line.indexOf('3352'));
    assert.equal(line.slice(hover?.start, hover?.end), '"id":3352');
    assert.match(hover?.token ?? '', /set of labels/);
    const endpoint = '>> Endpoint regenerated: {"id":3352,"labels":["k8s:app=a"]}';
    assert.doesNotMatch(hoverAt(endpoint, endpoint.indexOf('3352'))?.token ?? '', /set of labels/);
    assert.deepEqual(fieldsOf(parseLine('>> Endpoint regenerated: 29898 (reserved:health)')), {
      message: '29898 (reserved:health)',
    });
  });

  test('a line that was cut short', () => {
    assert.equal(parseLine(drop.slice(0, 120)).kind, 'json');
  });

  test('other objects are unknown', () => {
    for (const text of ['{}', '{"type":"x"}', '{"flow":{"type":"drop"}}', '{"kind":"drop"}'])
      assert.equal(parseLine(text).kind, 'unknown', text);
  });
});

describe('logs', () => {
  for (const name of readdirSync(logs).filter((file) => file.endsWith('.log'))) {
    test(`${name} holds no unknown line, and is seen to be a log`, () => {
      const lines = readFileSync(path.join(logs, name), 'utf8').trimEnd().split('\n');
      assert.deepEqual(
        lines.filter((line) => parseLine(line).kind === 'unknown'),
        [],
      );
      assert.equal(isMonitorLog(lines), true);
    });
  }

  test('other texts are not logs of the monitor', () => {
    const quoted = [
      'We ran cilium monitor and saw this:',
      'xx drop (Policy denied) flow 0x0 to endpoint 7, identity 2->7: 10.0.0.1 -> 10.0.0.2',
      'After that we gave up.',
      'It was the policy.',
    ];
    const agent = ['level=info msg="Started" subsys=daemon', 'level=error msg="connection closed" error=EOF'];
    const dump = ['00000000  42 ef f8 7a 9e f7 ca 0e  fa 6c 0f 30 08 00 45 00  |B..z.....l.0..E.|'];
    for (const lines of [quoted, agent, dump, [], ['', ''], ['-'.repeat(78)], ['10.0.0.1 -> 10.0.0.2']])
      assert.equal(isMonitorLog(lines), false, lines[0]);
    assert.equal(
      isMonitorLog(['> xx drop (Policy denied) flow 0x0 to endpoint 7, identity 2->7: [unknown]']),
      true,
    );
  });

  test('a log in JSON is known by the CPU in its objects', () => {
    const trace =
      '{"cpu":"CPU 01:","type":"trace","mark":"0x1","state":"new","observationPoint":"to-endpoint"}';
    assert.equal(isMonitorLog([trace, trace]), true);
    assert.equal(isMonitorLog(['{"type":"debug","message":"x"}', '{"type":"agent"}']), false);
  });

  test('unknown stays unknown', () => {
    for (const text of [
      'hello world',
      'a -> b',
      'CPU 01: something else',
      'CPU 01: MARK 0x0 FROM 7 DEBUG: Something that no version prints',
      'xx drop everything',
      'drop-reason Policy denied, Verdict Drop',
      'XX drop (Policy denied)',
      '-> endpoint',
      '>> Something else: 7',
      'Policy verdict log: flow 0x0',
      'Ethernet cable',
      'my-pod 10.0.0.1 -> 10.0.0.2',
      'Frontend service lookup failed',
    ])
      assert.equal(parseLine(text).kind, 'unknown', text);
  });
});

describe('hostile input', () => {
  const bits = [
    ...examples.map(({ line }) => line),
    '->',
    'xx drop (',
    ') flow ',
    'identity ',
    ', revnat=',
    '{"type":"drop",',
  ];
  const pieces = fc.oneof(
    fc.constantFrom(...bits),
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom(
      '\u0000',
      '\ud800',
      '\u202e',
      '\t',
      ' ',
      '[',
      '(',
      '{',
      '}',
      '"',
      '\\',
      '`',
      '<img src=x>',
      '](command:x)',
    ),
  );

  test('never throws, and tokens are pieces of the line', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), fc.nat(), (parts, seed) => {
        const text = parts.join('');
        const parsed = parseLine(text);
        for (const { start, end, from, to } of parsed.tokens) {
          assert.ok(from >= 0 && from <= start && start <= end && end <= to && to <= text.length, text);
        }
        hoverAt(text, seed % (text.length + 1), { before: parts, after: parts });
      }),
      { numRuns: 3000, seed: 20 },
    );
  });

  test('a cut anywhere does not throw', () => {
    for (const { line } of examples)
      for (let end = 0; end <= line.length; end++) parseLine(line.slice(0, end));
  });

  test('nothing from a log becomes markup', () => {
    const evil = '[x](command:evil)<img/src=x>`**_';
    const lines = [
      `-> endpoint 7 flow 0x0 , identity <img/src=x>->7 state new ifindex ${evil} orig-ip ::: 10.0.0.1 -> 10.0.0.2`,
      `xx drop (${evil}) flow 0x0 to endpoint 7, identity 2->7: 10.0.0.1 -> 10.0.0.2`,
      `>> Message: ${evil}`,
      `<- Request http from 1 ([]) to 2 ([]), identity 1->2, verdict Forwarded GET ${evil} => 200`,
      `IPv4\t{SrcIP=${evil} DstIP=${evil} TTL=${evil} Protocol=${evil}}`,
      `{"type":"drop","reason":"${evil}"}`,
      `CPU 01: MARK 0x0 FROM 7 DEBUG: Successfully mapped addr=${evil} to identity=7`,
    ];
    for (const text of lines) {
      assert.notEqual(parseLine(text).kind, 'unknown', text);
      for (let at = 0; at < text.length; at++) {
        const hover = hoverAt(text, at);
        const shown = [hover?.token ?? '', hover?.line ?? ''].join('\n');
        // Code spans show exactly what is in them; what is left must hold no link, tag or emphasis of the log.
        const outside = shown.replace(/(`+)(?!`)[^]*?[^`]\1(?!`)/g, '');
        assert.doesNotMatch(outside, /\]\(command|<img/, text);
      }
    }
  });

  test('long lines take no longer than the part that is looked at', () => {
    const repeated: readonly (readonly [string, string])[] = [
      ['', '->'],
      ['xx drop (', ') flow 0x0 to endpoint 1, '],
      ['', ' '],
      ['', '1: '],
      ['', 'a-b '],
      ['', `${escape}[0m`],
      ['{', '"a":"b",'],
      ['{"type":"trace",', '"\\"'],
      ['IPv4\t{', 'a=[ '],
      ['<- Request http from 1 (', '(a) '],
      ['', '10.0.0.1 -> '],
      ['CPU 01: MARK 0x0 FROM 1 DEBUG: CT verdict: ', ', revnat='],
      ['CPU 01: MARK 0x0 FROM 1 to-endpoint: 1 bytes (1 captured), state ', 'new, interface '],
      ['00000000  ', '00 '],
    ];
    for (const [start, more] of repeated) {
      const text = start + more.repeat(Math.ceil(4_000_000 / more.length));
      const begun = performance.now();
      parseLine(text);
      const took = performance.now() - begun;
      assert.ok(took < 1500, `${Math.round(took)} ms for ${JSON.stringify(`${start}${more}`)}`);
    }
  });
});
