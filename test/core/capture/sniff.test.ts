import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { test } from 'node:test';
import { BufferSource } from '../../../src/core/capture/byteSource.js';
import { isCapture, openCapture } from '../../../src/core/capture/captureFile.js';
import { captureFolder } from '../../golden/captures.js';

function seems(bytes: Uint8Array | string): string {
  const opened = openCapture(
    new BufferSource('some.cap', typeof bytes === 'string' ? Buffer.from(bytes) : bytes),
  );
  assert.ok(!isCapture(opened));
  assert.match(opened.message, /^some\.cap (?:looks like .+\. .+|is empty\.$)/);
  return opened.seems;
}

const examples: readonly [string, Uint8Array | string][] = [
  ['a gzip archive', readFileSync(path.join(captureFolder, 'gzip.pcap.gz'))],
  ['a gzip archive', gzipSync('x')],
  ['a Zstandard archive', Buffer.from('28b52ffd0458', 'hex')],
  ['an LZ4 archive', Buffer.from('04224d186440', 'hex')],
  ['a zip archive', 'PK\x03\x04\x14'],
  ['a snoop capture', 'snoop\0\0\0\0\0\0\x02'],
  ['a Network Monitor 1 capture', 'RTSS\x01\x01'],
  ['a Network Monitor 2 capture', 'GMBU\x00\x02'],
  ['a Sniffer capture', 'TRSNIFF data    \x1a\0\0'],
  // The first bytes of what editcap 4.0 writes.
  ['a 5View capture', Buffer.from('aaaaaaaa200000000000010018000000', 'hex')],
  ['a LANalyzer capture', Buffer.from('01104c00010554726163652044697370', 'hex')],
  ['an HP-UX nettl trace', Buffer.from('5452006400000000000000802f746d70', 'hex')],
  ['an Observer capture', 'ObserverPktBufferVersion=15.00\0\0'],
  ['a NetXRay or Windows Sniffer capture', Buffer.from('584350003030322e30303100c4940657', 'hex')],
  ['a Visual Networks capture', Buffer.from('05564e4610000000c49406570600ffff', 'hex')],
  ['a Windows event trace (ETL)', Buffer.concat([Buffer.alloc(0x48, 1), Buffer.from('020002c0', 'hex')])],
  ['an ERF capture (Endace)', Buffer.from('000000005a45445702040072000000600000', 'hex')],
  ['an ELF program', readFileSync(process.execPath).subarray(0, 4096)],
  ['a PNG picture', Buffer.from('89504e470d0a1a0a0000000d', 'hex')],
  ['a PDF document', '%PDF-1.7\n'],
  ['an HTML page', '<!DOCTYPE html>\n<html><body>Sign in</body></html>'],
  ['a hex dump', '0000  ff ff ff ff ff ff 00 0b 82 01 fc 42 08 00 45 00\n'],
  ['a hex dump', '00000000: d4c3 b2a1 0200 0400 0000 0000 0000 0000\n'],
  ['the text output of tcpdump', '17:11:32.478747 IP 192.168.0.30.45418 > 8.8.4.4.53: 1+ A? x.y. (39)\n'],
  ['a Git LFS pointer', 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n'],
  ['text', 'hello\n'],
  ['text', 'd4c3b2a1 is what it should begin with\n'],
  ['an empty file', ''],
  ['nothing but zero bytes', new Uint8Array(5000)],
  ['no capture format we know', Uint8Array.of(1, 2, 3, 200, 0)],
];

for (const [what, bytes] of examples)
  test(what, () => {
    assert.equal(seems(bytes), what);
  });

test('a byte order mark alone is nobody’s capture', () => {
  assert.equal(seems(Uint8Array.of(0xff, 0xfe, 0x68, 0, 0x69, 0)), 'text');
});

test('a few bytes are too short to be anything', () => {
  const said = (bytes: string): string => {
    const opened = openCapture(new BufferSource('some.cap', Buffer.from(bytes)));
    assert.ok(!isCapture(opened));
    return opened.message;
  };
  assert.equal(said('x'), 'some.cap is 1 byte long, too short to be a capture.');
  assert.equal(said('\n\r\r'), 'some.cap is 3 bytes long, too short to be a capture.');
  assert.equal(said(''), 'some.cap is empty.');
});
