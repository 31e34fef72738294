/** gzip archives: what Node's zlib makes of the same bytes is what must come out, wherever they are read. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { constants, gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { BufferSource, unknownSize, type ByteSource } from '../../../src/core/capture/byteSource.js';
import { CaptureCursor } from '../../../src/core/capture/captureCursor.js';
import { isCapture, openCapture } from '../../../src/core/capture/captureFile.js';
import { CaptureIndex } from '../../../src/core/capture/captureIndex.js';
import { unpacked } from '../../../src/core/packed/unpacked.js';
import { pcapFile, somePackets } from '../capture/build.js';
import { captureFolder } from '../../golden/captures.js';
import { content, readAll, seeded, source } from './archives.js';

const open = (archive: Uint8Array, options = {}) => unpacked(source(archive), options);

test('what is no archive stays as it is', () => {
  const plain = source(Uint8Array.of(0xa1, 0xb2, 0xc3, 0xd4));
  assert.equal(unpacked(plain), plain);
  const empty = source(new Uint8Array(0));
  assert.equal(unpacked(empty), empty);
});

describe('reading', () => {
  const half = content.length / 2;
  const archives = {
    'packed well': gzipSync(content, { level: 9 }),
    'packed fast': gzipSync(content, { level: 1 }),
    'with fixed codes': gzipSync(content, { strategy: constants.Z_FIXED }),
    'with no repeats': gzipSync(content, { strategy: constants.Z_HUFFMAN_ONLY }),
    'not packed at all': gzipSync(content, { level: 0 }),
    'of several members': Buffer.concat([
      gzipSync(content.subarray(0, half)),
      gzipSync(new Uint8Array(0)),
      gzipSync(content.subarray(half), { level: 0 }),
    ]),
    'with zeros behind it': Buffer.concat([gzipSync(content), new Uint8Array(100_000)]),
    'of many small members': Buffer.concat(
      Array.from({ length: 1000 }, (_, at) =>
        gzipSync(content.subarray((at * content.length) / 1000, ((at + 1) * content.length) / 1000)),
      ),
    ),
  };
  for (const [kind, archive] of Object.entries(archives)) {
    test(`an archive ${kind} reads as what it holds, at any place`, () => {
      const held = open(archive, { distance: 300_000 });
      assert.equal(held.packing, 'gzip');
      assert.equal(held.size, unknownSize);
      assert.ok(readAll(held).equals(content));
      assert.equal(held.size, content.length);
      assert.equal(held.flaw, undefined);
      fc.assert(
        fc.property(fc.nat(content.length), fc.nat(700_000), (offset, length) => {
          const expected = content.subarray(offset, offset + length);
          assert.ok(Buffer.compare(held.read(offset, length), expected) === 0);
          const some = held.readInto(new Uint8Array(length), offset, Math.min(length, 1000));
          assert.ok(some.length >= Math.min(expected.length, 1000));
          assert.ok(Buffer.compare(some, expected.subarray(0, some.length)) === 0);
        }),
        { numRuns: 60 },
      );
    });
  }

  test('no more is unpacked than is asked for, and how far is told', () => {
    const archive = gzipSync(content);
    const held = open(archive);
    held.read(0, 100);
    assert.equal(held.size, unknownSize);
    assert.ok(held.archive && held.archive.unpacked >= 100 && held.archive.unpacked < content.length / 4);
    assert.ok(held.archive.position > 0 && held.archive.position < archive.length / 4);
    readAll(held);
    const { archive: progress } = held;
    assert.deepEqual(
      [progress.position, progress.size, progress.unpacked],
      [archive.length, archive.length, content.length],
    );
  });

  test('bytes once given out stay as they are', () => {
    const held = open(gzipSync(content), { distance: 300_000 });
    const early = held.read(100, 5000);
    readAll(held);
    held.read(200_000, 3000);
    assert.ok(Buffer.compare(early, content.subarray(100, 5100)) === 0);
  });

  test('wherever chunks of the archive and of what it holds begin and end, the packets are the same', () => {
    const packets = pcapFile(somePackets(40, 500));
    const archive = gzipSync(packets);
    for (let more = 0; more < 300; more++) {
      const held = unpacked(new MeagreSource(archive, more), { distance: 1000 + more });
      const reader = openCapture(held);
      assert.ok(isCapture(reader));
      const index = new CaptureIndex(held, reader, 1 + more);
      while (!index.step(1 + more * 7));
      assert.deepEqual([index.packets, index.damage, held.flaw], [40, [], undefined], `${more}`);
      assert.equal(Buffer.compare(held.read(0, packets.length), packets), 0);
    }
  });

  test('a header with everything in it is read over', () => {
    const plain = gzipSync(content.subarray(0, 1000));
    const extras = Buffer.concat([
      Buffer.from([0x1f, 0x8b, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 3]),
      Buffer.from([6, 0, 65, 66, 2, 0, 1, 2]),
      Buffer.from('capture.pcap\0'),
      Buffer.from('taken on node 1\0'),
      Buffer.from([0, 0]),
      plain.subarray(10),
    ]);
    assert.ok(readAll(open(extras)).equals(content.subarray(0, 1000)));
  });

  test('places grow apart when there are too many, and still all can be read', () => {
    const long = Buffer.concat([content, content, content, content]);
    const held = open(gzipSync(long), { distance: 1000 });
    assert.ok(readAll(held).equals(long));
    for (let at = 0; at < long.length; at += 700_001)
      assert.ok(Buffer.compare(held.read(at, 3000), long.subarray(at, at + 3000)) === 0);
  });
});

describe('archives that are not whole', () => {
  test('of an archive cut anywhere, all before that place is kept, and the cut is told', () => {
    const packets = pcapFile(somePackets(20, 400));
    const archive = gzipSync(packets);
    for (let cut = 4; cut < archive.length; cut++) {
      const held = open(archive.subarray(0, cut));
      const all = readAll(held);
      assert.ok(all.equals(Buffer.from(packets.subarray(0, all.length))));
      assert.match(held.flaw ?? '', /^the gzip archive is cut off after \d+ bytes; the rest is missing$/);
      assert.ok(all.length >= lengthOfCut(archive.subarray(0, cut)));
    }
  });

  test('an archive that grows is read on where it stopped', () => {
    const archive = gzipSync(content.subarray(0, 50_000));
    const growing = new GrowingSource(archive);
    const held = unpacked(growing);
    let before = 0;
    for (growing.size = 5; growing.size < archive.length; growing.size += 97) {
      const known = held.size !== unknownSize;
      assert.equal(held.refresh(), known);
      const all = readAll(held);
      assert.ok(all.length >= before && all.equals(content.subarray(0, all.length)));
      before = all.length;
    }
    growing.size = archive.length;
    assert.ok(held.refresh());
    assert.ok(readAll(held).equals(content.subarray(0, 50_000)));
    assert.equal(held.flaw, undefined);
    assert.equal(held.refresh(), false);
  });

  test('damage is told with its place; what comes before it is kept', () => {
    const whole = gzipSync(content.subarray(0, 500_000));
    const broken = Buffer.from(whole);
    // The type of the first block.
    broken[10] = (broken[10] ?? 0) | 6;
    const held = open(Buffer.concat([whole, broken]));
    assert.ok(readAll(held).equals(content.subarray(0, 500_000)));
    const place = (whole.length + 11).toLocaleString('en');
    assert.equal(
      held.flaw,
      `the gzip archive is damaged at byte ${place} (a block has a type that does not exist); what lies behind is left out`,
    );
    const noHeader = Buffer.from(whole);
    noHeader[2] = 7;
    const later = open(Buffer.concat([whole, noHeader]));
    assert.ok(readAll(later).equals(content.subarray(0, 500_000)));
    assert.match(later.flaw ?? '', /the header of a member is none/);
  });

  test('a changed byte that unpacks is told by the checksum', () => {
    const archive = Buffer.from(gzipSync(content, { level: 0 }));
    archive[5000] = (archive[5000] ?? 0) ^ 1;
    const held = open(archive);
    assert.equal(readAll(held).length, content.length);
    assert.match(held.flaw ?? '', /checksum of the gzip archive at byte [\d,]+ does not match/);
  });

  test('what follows the archive is told', () => {
    const held = open(Buffer.concat([gzipSync(content), Buffer.from('not an archive')]));
    assert.ok(readAll(held).equals(content));
    assert.match(held.flaw ?? '', /ends at byte [\d,]+; what lies behind is no part of it/);
  });

  test('10,000 archives with flipped bits neither fail nor lose what comes before', () => {
    const packets = Buffer.from(pcapFile(somePackets(30, 300)));
    const archive = gzipSync(packets, { level: 6 });
    const random = seeded(1);
    for (let run = 0; run < 10_000; run++) {
      const broken = Buffer.from(archive);
      const first = random(archive.length - 4) + 4;
      broken[first] = (broken[first] ?? 0) ^ (1 << random(8));
      const held = open(broken, { limit: 1_000_000 });
      const all = readAll(held);
      // Whatever stands before the flipped bit decodes as it did.
      const sure = lengthOfCut(archive.subarray(0, first));
      assert.ok(all.subarray(0, sure).equals(packets.subarray(0, sure)), `run ${run}`);
      if (!all.equals(packets)) assert.notEqual(held.flaw, undefined, `run ${run}`);
    }
  });
});

describe('limits', () => {
  test('no more is unpacked than the limit, and no more is kept in memory than little', () => {
    const bomb = gzipSync(new Uint8Array(50_000_000));
    const held = open(bomb, { limit: 5_000_000 });
    assert.equal(readAll(held).length, 5_000_000);
    assert.equal(held.size, 5_000_000);
    assert.equal(held.flaw, 'the gzip archive unpacks to more than 5,000,000 bytes; the rest is left out');
    assert.equal(held.archive?.limited, true);
  });

  test('what is exactly as long as the limit is whole', () => {
    const held = open(gzipSync(content), { limit: content.length });
    assert.ok(readAll(held).equals(content));
    assert.equal(held.flaw, undefined);
  });
});

test('a real capture is what gunzip makes of it, and is indexed without knowing its size', () => {
  const archive = readFileSync(`${captureFolder}/gzip.pcap.gz`);
  assert.ok(readAll(open(archive)).equals(gunzipSync(archive)));
  const held = open(archive);
  const reader = openCapture(held);
  assert.ok(isCapture(reader));
  const index = new CaptureIndex(held, reader);
  while (!index.step(1000));
  assert.equal(index.packets, 44);
  assert.deepEqual(index.damage, []);
});

test('a capture in an archive has the packets and bytes that it has outside', () => {
  const packets = pcapFile(Array.from({ length: 20 }, () => somePackets(300, 400)).flat());
  const at = (bytes: ByteSource) => {
    const reader = openCapture(bytes);
    assert.ok(isCapture(reader));
    const index = new CaptureIndex(bytes, reader, 4096);
    while (!index.step(100_000));
    return { index, cursor: new CaptureCursor(index) };
  };
  const plain = at(new BufferSource('a.pcap', packets));
  const inside = at(open(gzipSync(packets), { distance: 50_000 }));
  assert.equal(inside.index.packets, plain.index.packets);
  for (const number of [5000, 1, 6000, 3333, 3332, 17]) {
    assert.ok(plain.cursor.seek(number) && inside.cursor.seek(number));
    assert.deepEqual([...inside.cursor.bytes()], [...plain.cursor.bytes()]);
  }
});

/** How many bytes Node's zlib makes of an archive that is cut off. */
function lengthOfCut(archive: Uint8Array): number {
  return archive.length < 10 ? 0 : gunzipSync(archive, { finishFlush: constants.Z_SYNC_FLUSH }).length;
}

/** Bytes of which only the first `size` are there yet. */
class GrowingSource implements ByteSource {
  readonly name = 'growing.pcap.gz';
  size = 4;
  private seen = 4;

  constructor(private readonly all: Uint8Array) {}

  read(offset: number, length: number): Uint8Array {
    return this.all.subarray(offset, Math.min(this.size, offset + length));
  }

  readInto(scratch: Uint8Array, offset: number): Uint8Array {
    return this.read(offset, scratch.length);
  }

  refresh(): boolean {
    const grown = this.size > this.seen;
    this.seen = this.size;
    return grown;
  }

  close(): void {
    // Nothing is held open.
  }
}

describe('captures in archives are found to be what they are outside', () => {
  /** All that an index finds out. */
  const found = (bytes: ByteSource) => {
    const reader = openCapture(bytes);
    if (!isCapture(reader)) return reader.finding;
    const index = new CaptureIndex(bytes, reader, 4096);
    while (!index.step(10_000));
    return {
      format: reader.format,
      packets: index.packets,
      damage: index.damage,
      statistics: index.statistics,
    };
  };

  for (const name of readdirSync(captureFolder).filter((file) => /\.(pcap|pcapng|cap)$/.test(file)))
    test(name, () => {
      const bytes = readFileSync(`${captureFolder}/${name}`);
      assert.deepEqual(found(open(gzipSync(bytes))), found(new BufferSource('capture.pcap.gz', bytes)));
    });

  test('also when they are damaged or cut off', () => {
    const random = seeded(11);
    const whole = pcapFile(somePackets(120, 200));
    for (let run = 0; run < 300; run++) {
      const bytes = Buffer.from(whole.subarray(0, whole.length - random(run % 3 === 0 ? 5000 : 1)));
      for (let flips = random(4); flips > 0; flips--) bytes[24 + random(bytes.length - 24)] = random(256);
      assert.deepEqual(found(open(gzipSync(bytes))), found(source(bytes)), `run ${run}`);
    }
  });
});

test('of an archive of which nothing comes out, the archive is told', () => {
  const opened = openCapture(open(gzipSync(content).subarray(0, 12)));
  assert.ok(!isCapture(opened));
  assert.equal(
    opened.message,
    'capture.pcap.gz cannot be unpacked: the gzip archive is cut off after 12 bytes; the rest is missing.',
  );
});

/** Gives only little more than it is asked for at least, as a pipe may. */
class MeagreSource extends BufferSource {
  constructor(
    bytes: Uint8Array,
    private readonly more: number,
  ) {
    super('capture.pcap.gz', bytes);
  }

  override readInto(scratch: Uint8Array, offset: number, atLeast = 0): Uint8Array {
    return this.read(offset, Math.min(scratch.length, atLeast + this.more));
  }
}
