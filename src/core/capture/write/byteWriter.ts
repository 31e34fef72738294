/** Takes the bytes of a file that is being written, in order. They are good only until `write` returns. */
export interface ByteSink {
  write(bytes: Uint8Array): void;
}

/** Gathers small pieces into large writes. */
export class ByteWriter {
  /** Bytes written so far, those that are still gathered too. */
  written = 0;
  private readonly buffer: Uint8Array;
  private filled = 0;

  constructor(
    private readonly sink: ByteSink,
    bufferSize = 1024 * 1024,
  ) {
    this.buffer = new Uint8Array(bufferSize);
  }

  /** Writes bytes; they are copied. */
  bytes(bytes: Uint8Array): void {
    this.written += bytes.length;
    if (bytes.length > this.buffer.length - this.filled) this.flush();
    if (bytes.length > this.buffer.length) this.sink.write(bytes);
    else {
      this.buffer.set(bytes, this.filled);
      this.filled += bytes.length;
    }
  }

  /** Hands everything on to the sink. To be called at the end. */
  flush(): void {
    if (this.filled > 0) this.sink.write(this.buffer.subarray(0, this.filled));
    this.filled = 0;
  }
}
