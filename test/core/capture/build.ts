/** Builds capture files byte by byte, for tests that need one no real file shows. */

/** A record to be written. */
export interface BuiltPacket {
  readonly seconds: number;
  readonly fraction: number;
  readonly data: Uint8Array;
  /** Bytes on the wire; as many as there are unless said. */
  readonly wire?: number;
  readonly interface?: number;
}

/** Numbers in one byte order, one after the other. */
export class Bytes {
  private readonly parts: number[] = [];

  constructor(private readonly little: boolean) {}

  get length(): number {
    return this.parts.length;
  }

  u16(...values: number[]): this {
    for (const value of values) this.ordered([value & 0xff, (value >>> 8) & 0xff]);
    return this;
  }

  u32(...values: number[]): this {
    for (const value of values)
      this.ordered([value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, (value >>> 24) & 0xff]);
    return this;
  }

  raw(bytes: Iterable<number>): this {
    for (const byte of bytes) this.parts.push(byte);
    return this;
  }

  /** Zeros up to a multiple of four. */
  pad(): this {
    while (this.parts.length % 4 !== 0) this.parts.push(0);
    return this;
  }

  done(): Uint8Array {
    return Uint8Array.from(this.parts);
  }

  private ordered(lowFirst: number[]): void {
    this.parts.push(...(this.little ? lowFirst : lowFirst.reverse()));
  }
}

export interface PcapShape {
  readonly little?: boolean;
  readonly magic?: number;
  readonly snapLength?: number;
  readonly linkType?: number;
  readonly minor?: number;
  /** Bytes between the record header and the packet. */
  readonly extra?: number;
}

/** The 24 bytes at the start of a pcap file. */
export function pcapHeader({
  little = true,
  magic = 0xa1b2c3d4,
  snapLength = 65_535,
  linkType = 1,
  minor = 4,
}: PcapShape = {}) {
  return new Bytes(little).u32(magic).u16(2, minor).u32(0, 0, snapLength, linkType).done();
}

/** One pcap record. */
export function pcapRecord(
  { seconds, fraction, data, wire = data.length }: BuiltPacket,
  { little = true, extra = 0 }: PcapShape = {},
) {
  return new Bytes(little)
    .u32(seconds, fraction, data.length, wire)
    .raw(new Uint8Array(extra).fill(0xee))
    .raw(data)
    .done();
}

export function pcapFile(packets: readonly BuiltPacket[], shape: PcapShape = {}): Uint8Array {
  return concat([pcapHeader(shape), ...packets.map((packet) => pcapRecord(packet, shape))]);
}

/** A pcapng block around a body. */
export function block(type: number, body: Uint8Array, little = true): Uint8Array {
  const padded = new Bytes(little).raw(body).pad().done();
  const length = padded.length + 12;
  return new Bytes(little).u32(type, length).raw(padded).u32(length).done();
}

/** An option of a pcapng block. */
export function option(code: number, value: Uint8Array | string, little = true): Uint8Array {
  const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
  return new Bytes(little).u16(code, bytes.length).raw(bytes).pad().done();
}

export function sectionBlock(little = true, ...options: Uint8Array[]): Uint8Array {
  const body = new Bytes(little)
    .u32(0x1a2b3c4d)
    .u16(1, 0)
    .u32(0xffffffff, 0xffffffff)
    .raw(concat(options))
    .done();
  return block(0x0a0d0d0a, body, little);
}

export function interfaceBlock(
  little = true,
  { linkType = 1, snapLength = 0 } = {},
  ...options: Uint8Array[]
): Uint8Array {
  return block(1, new Bytes(little).u16(linkType, 0).u32(snapLength).raw(concat(options)).done(), little);
}

export interface PacketShape {
  readonly little?: boolean;
  readonly wire?: number;
  /** Number of the interface. */
  readonly on?: number;
  readonly options?: Uint8Array;
}

/** An enhanced packet block; the time is given as ticks of the interface. */
export function packetBlock(
  ticks: bigint,
  data: Uint8Array,
  { little = true, wire = data.length, on = 0, options = new Uint8Array(0) }: PacketShape = {},
): Uint8Array {
  const body = new Bytes(little)
    .u32(on, Number(ticks >> 32n), Number(ticks & 0xffffffffn), data.length, wire)
    .raw(data)
    .pad()
    .raw(options)
    .done();
  return block(6, body, little);
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** `count` packets, a second and a bit apart, of `length` + their number bytes. */
export function somePackets(count: number, length = 20): BuiltPacket[] {
  return Array.from({ length: count }, (_, at) => ({
    seconds: 1_660_000_000 + at,
    fraction: 100_000 + at,
    data: new Uint8Array(length + at).map((_byte, place) => (place * 7 + at * 13) & 0xff),
  }));
}
