/** Archives of Zstandard and LZ4, made by the programs of their authors. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { unknownSize } from '../../../src/core/capture/byteSource.js';
import { unpacked } from '../../../src/core/packed/unpacked.js';
import { Xxh32 } from '../../../src/core/packed/xxh32.js';
import { content, readAll, seeded, source } from './archives.js';

function packedBy(program: string, args: readonly string[], bytes: Uint8Array): Buffer {
  const { status, stdout, stderr } = spawnSync(program, ['-c', '-q', ...args], {
    input: bytes,
    maxBuffer: 64 * 1024 * 1024,
  });
  assert.equal(status, 0, stderr.toString());
  return stdout;
}

function isThere(program: string): boolean {
  return spawnSync(program, ['--version']).status === 0;
}

const half = content.subarray(0, content.length / 2);
const otherHalf = content.subarray(content.length / 2);
const small = content.subarray(70_000, 90_000);
const skippable = Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);

const programs = [
  {
    program: 'zstd',
    name: 'Zstandard',
    kinds: [['-1'], ['-3', '--no-check'], ['-19'], ['--fast=5'], ['--long']],
  },
  {
    program: 'lz4',
    name: 'LZ4',
    kinds: [['-1'], ['-9'], ['-B4', '-BD'], ['-B4', '-BX'], ['-B5', '--no-frame-crc'], ['--content-size']],
  },
] as const;

for (const { program, name, kinds } of programs) {
  const skip = isThere(program) ? false : `${program} is not installed`;
  describe(name, { skip }, () => {
    for (const args of kinds)
      test(`${program} ${args.join(' ')} reads as what it holds, at any place`, () => {
        const held = unpacked(source(packedBy(program, args, content)), { distance: 300_000 });
        assert.equal(held.packing, name);
        assert.equal(held.size, unknownSize);
        assert.ok(readAll(held).equals(content));
        assert.equal(held.size, content.length);
        assert.equal(held.flaw, undefined);
        fc.assert(
          fc.property(fc.nat(content.length), fc.nat(700_000), (offset, length) => {
            const expected = content.subarray(offset, offset + length);
            assert.equal(Buffer.compare(held.read(offset, length), expected), 0);
          }),
          { numRuns: 40 },
        );
      });

    test('several frames, empty ones, tiny ones, and such as are to be skipped', () => {
      const pack = (bytes: Uint8Array) => packedBy(program, [], bytes);
      const tiny = Buffer.from('x');
      const frames = [pack(half), pack(new Uint8Array(0)), skippable, pack(tiny), pack(otherHalf), skippable];
      const all = Buffer.concat([half, tiny, otherHalf]);
      const held = unpacked(source(Buffer.concat(frames)), { distance: 300_000 });
      assert.ok(readAll(held).equals(all));
      assert.equal(held.flaw, undefined);
      for (let at = all.length - 100; at > 0; at -= 333_333)
        assert.equal(Buffer.compare(held.read(at, 99), all.subarray(at, at + 99)), 0);
    });

    test('cut anywhere, it is the beginning of what it was, and the cut is told', () => {
      const archive = Buffer.concat([packedBy(program, [], small), packedBy(program, [], small)]);
      const first = packedBy(program, [], small).length;
      for (let cut = 4; cut < archive.length; cut += cut < 100 || cut > archive.length - 50 ? 1 : 37) {
        const held = unpacked(source(archive.subarray(0, cut)));
        const all = readAll(held);
        assert.ok(all.equals(Buffer.concat([small, small]).subarray(0, all.length)));
        if (cut === first) assert.equal(held.flaw, undefined);
        else
          assert.match(
            held.flaw ?? '',
            / archive is cut off after [\d,]+ bytes; the rest is missing$/,
            `${cut}`,
          );
      }
    });

    test('flipped bits neither fail nor lose what comes before', () => {
      const pack = packedBy(program, [], small);
      const archive = Buffer.concat([pack, pack]);
      const random = seeded(3);
      for (let run = 0; run < 2000; run++) {
        const broken = Buffer.from(archive);
        const at = pack.length + random(pack.length);
        broken[at] = (broken[at] ?? 0) ^ (1 << random(8));
        const held = unpacked(source(broken), { limit: 1_000_000 });
        const all = readAll(held);
        assert.ok(all.subarray(0, small.length).equals(small), `run ${run}`);
      }
    });

    test('no more is unpacked than the limit', () => {
      const held = unpacked(source(packedBy(program, [], new Uint8Array(20_000_000))), { limit: 3_000_000 });
      assert.equal(readAll(held).length, 3_000_000);
      assert.match(held.flaw ?? '', /unpacks to more than 3,000,000 bytes; the rest is left out$/);
      assert.equal(held.archive?.limited, true);
    });
  });
}

test('a frame that cannot be begun inside of is kept up to a limit, and more is told', (t) => {
  if (!isThere('zstd')) {
    t.skip('zstd is not installed');
    return;
  }
  const held = unpacked(source(packedBy('zstd', [], content)), { distance: 200_000, held: 1_000_000 });
  const all = readAll(held);
  assert.ok(all.length >= 800_000 && all.length <= 1_500_000);
  assert.ok(all.equals(content.subarray(0, all.length)));
  assert.equal(Buffer.compare(held.read(5000, 900), content.subarray(5000, 5900)), 0);
  assert.match(
    held.flaw ?? '',
    /^the Zstandard archive unpacks to more than the 1,000,000 bytes that are kept in memory/,
  );
});

test('a changed byte that unpacks is told by the checksum of LZ4', (t) => {
  if (!isThere('lz4')) {
    t.skip('lz4 is not installed');
    return;
  }
  const noise = content.subarray(0, 10_000);
  const archive = packedBy('lz4', [], noise);
  archive[5000] = (archive[5000] ?? 0) ^ 1;
  const held = unpacked(source(archive));
  assert.equal(readAll(held).length, noise.length);
  assert.match(held.flaw ?? '', /checksum of the LZ4 archive at byte [\d,]+ does not match/);
});

test('xxHash of known texts', () => {
  const sum = (text: string) => new Xxh32().add(Buffer.from(text)).sum;
  assert.equal(sum(''), 0x02cc5d05);
  assert.equal(sum('abc'), 0x32d153ff);
  assert.equal(sum('Nobody inspects the spammish repetition'), 0xe2293b2f);
  const pieces = new Xxh32();
  for (const letter of 'Nobody inspects the spammish repetition') pieces.add(Buffer.from(letter));
  assert.equal(pieces.sum, 0xe2293b2f);
});
