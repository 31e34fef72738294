/** Damaged and made-up packets: nothing throws, and every node lies in the frame. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { bytesFromHex } from '../../../src/core/base/bytes.js';
import { type DecodedNode, Decoder } from '../../../src/core/dissect/decoder.js';
import { linkTypes } from '../../../src/core/dissect/linkTypes.js';
import { dissectors } from '../../../src/core/dissect/registry.js';

const decoder = new Decoder();
const links = Object.keys(linkTypes).map(Number);

function checkNodes(nodes: readonly DecodedNode[], size: number): void {
  for (const { start, length, label, name, value, children } of nodes) {
    assert.ok(start >= 0 && length >= 0 && start + length <= size, `${name} lies in the frame`);
    assert.equal(typeof label, 'string');
    assert.doesNotMatch(`${label}${value ?? ''}`, /undefined|NaN|\[object/, name);
    if (children) checkNodes(children, size);
  }
}

function check(frame: Uint8Array, link: number, wireLength: number): void {
  const walk = decoder.walk(frame, link, wireLength);
  const summary = decoder.summary(walk);
  assert.doesNotMatch(Object.values(summary).join(' '), /undefined|NaN/);
  checkNodes(decoder.tree(walk), frame.length);
}

test('random bytes under every link type', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 200 }),
      fc.constantFrom(...links),
      fc.nat(400),
      (frame, link, more) => {
        check(frame, link, frame.length + more);
      },
    ),
    { numRuns: 3000 },
  );
});

/** Whole packets for each protocol: what leads to it, then its example. */
const link = 'c66d95cd34a2 42eff87a9ef7';
const ipTo = (protocol: number): string =>
  `${link} 0800 4500 0400 0001 0000 40 ${protocol.toString(16).padStart(2, '0')} 0000 0a000055 0a00017c`;
const ipv6To = (protocol: number): string =>
  `${link} 86dd 6000 0000 0400 ${protocol.toString(16).padStart(2, '0')} 40 ${'fd'.repeat(16)} ${'fc'.repeat(16)}`;
const packets: readonly { readonly linkType: number; readonly bytes: Uint8Array }[] = dissectors.flatMap(
  ({ claims, examples }) =>
    claims.flatMap(({ table, keys }) =>
      keys.slice(0, 1).flatMap((key) =>
        examples.flatMap(({ hex }) => {
          const port = key.toString(16).padStart(4, '0');
          const before = {
            link: [''],
            ethertype: [`${link} ${port}`],
            'ip.proto': [ipTo(key), ipv6To(key)],
            'udp.port': [`${ipTo(17)} ${port} 1234 0200 0000`],
            'tcp.port': [`${ipTo(6)} ${port} 1234 00000001 00000002 5010 0200 0000 0000`],
            'llc.cisco_pid': [`${link} 0100 aaaa03 00000c ${port}`],
            'gre.proto': [`${ipTo(47)} 0000 ${port}`, `${ipTo(47)} 1000 ${port} 00000001`],
            'ppp.protocol': [`${link} 8864 1100 0001 0200 ${port}`],
            'llc.dsap': [`${link} 0100 ${key.toString(16).padStart(2, '0')} 00 03`],
          }[table];
          return before.map((start) => ({
            linkType: table === 'link' ? key : 1,
            bytes: bytesFromHex(start + hex),
          }));
        }),
      ),
    ),
);

test('every protocol is in a packet', () => {
  assert.ok(packets.length > 20);
});

test('good packets with bytes changed, cut anywhere', () => {
  const change = fc.record({ at: fc.nat(), to: fc.integer({ min: 0, max: 255 }) });
  fc.assert(
    fc.property(
      fc.constantFrom(...packets),
      fc.array(change, { maxLength: 6 }),
      fc.nat(),
      fc.uint8Array({ maxLength: 60 }),
      fc.boolean(),
      ({ bytes, linkType }, changes, cut, more, wasCaptured) => {
        const whole = new Uint8Array([...bytes, ...more]);
        for (const { at, to } of changes) whole[at % whole.length] = to;
        const frame = whole.subarray(0, cut % 3 === 0 ? cut % (whole.length + 1) : whole.length);
        check(frame, linkType, wasCaptured ? frame.length : whole.length);
      },
    ),
    { numRuns: 6000 },
  );
});

test('the largest frames take no long time', () => {
  // One option after the other, one quoted packet in the next: the most nodes that bytes can ask for.
  const start = performance.now();
  for (const filler of [0x00, 0x01, 0x45, 0x60, 0xff]) {
    const frame = new Uint8Array(65535).fill(filler);
    for (const linkType of links) check(frame, linkType, frame.length);
  }
  assert.ok(performance.now() - start < 20_000);
});
