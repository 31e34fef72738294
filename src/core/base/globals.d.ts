/**
 * The few globals that core takes from its platform (they exist in Node, browsers and web workers alike).
 * Only `src/core/tsconfig.json` sees this file: everything else has the full platform types.
 */
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(input?: Uint8Array): string;
}
declare class TextEncoder {
  encode(input: string): Uint8Array;
}
