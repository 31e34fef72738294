/** Captures that tests make for themselves, and the worker that reads them. */
import assert from 'node:assert/strict';
import { closeSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';

/** The worker of the extension that is installed. */
export function workerProgram(): string {
  const extension = vscode.extensions.getExtension('cilium-lens.cilium-lens');
  assert.ok(extension);
  return path.join(extension.extensionPath, 'dist', 'captureWorker.cjs');
}

/** An Ethernet frame with a TCP segment; every eighth one is a SYN, every third one has a low TTL. */
function writeFrame(into: Buffer, at: number, number: number): void {
  into.writeUInt16BE(0x0800, at + 12);
  into[at + 14] = 0x45;
  into.writeUInt16BE(40, at + 16);
  into[at + 22] = number % 3 === 0 ? 32 : 64;
  into[at + 23] = 6;
  into.writeUInt32BE(0x0a000001 + (number % 200), at + 26);
  into.writeUInt32BE(0x0a000100 + (number % 50), at + 30);
  into.writeUInt16BE(1024 + (number % 5000), at + 34);
  into.writeUInt16BE(80, at + 36);
  into[at + 46] = 0x50;
  into[at + 47] = number % 8 === 0 ? 0x02 : 0x10;
}

/** Writes a pcap file of so many packets of 54 bytes; the number is a multiple of ten thousand. */
export function writeCapture(file: string, packets: number): void {
  const record = 16 + 54;
  const atOnce = 10_000;
  const descriptor = openSync(file, 'w');
  const head = Buffer.alloc(24);
  head.writeUInt32LE(0xa1b2c3d4, 0);
  head.writeUInt16LE(2, 4);
  head.writeUInt16LE(4, 6);
  head.writeUInt32LE(65_535, 16);
  head.writeUInt32LE(1, 20);
  writeSync(descriptor, head);
  const block = Buffer.alloc(record * atOnce);
  for (let first = 0; first < packets; first += atOnce) {
    for (let index = 0; index < atOnce; index++) {
      const at = index * record;
      const number = first + index;
      block.writeUInt32LE(1_660_000_000 + Math.floor(number / 1000), at);
      block.writeUInt32LE((number % 1000) * 1000, at + 4);
      block.writeUInt32LE(54, at + 8);
      block.writeUInt32LE(54, at + 12);
      writeFrame(block, at + 16, number);
    }
    writeSync(descriptor, block);
  }
  closeSync(descriptor);
}
