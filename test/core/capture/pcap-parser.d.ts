/** What the test uses of npm's pcap-parser, which has no types of its own. */
declare module 'pcap-parser' {
  interface Packet {
    readonly header: { readonly capturedLength: number; readonly originalLength: number };
    readonly data: Uint8Array;
  }
  interface Parser {
    on(event: 'packet', listener: (packet: Packet) => void): this;
    on(event: 'end', listener: () => void): this;
    on(event: 'error', listener: (error: Error) => void): this;
  }
  const pcapParser: { parse(file: string): Parser };
  export default pcapParser;
}
