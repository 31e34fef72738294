/**
 * The post between a view, the extension host and a worker: typed calls with one answer each, and events without.
 * A table of calls is an interface whose members are functions of one argument; a table of events maps names to
 * payloads. Everything that crosses is plain data (structured clone).
 */

/** Any table of calls. */
export type CallTable<T> = { [K in keyof T]: (argument: never) => unknown };

/** What a call takes. */
export type Argument<Calls, K extends keyof Calls> = Calls[K] extends (argument: infer A) => unknown
  ? A extends undefined
    ? undefined
    : A
  : undefined;

/** What a call answers. */
export type Answer<Calls, K extends keyof Calls> = Calls[K] extends (argument: never) => infer R
  ? Awaited<R>
  : never;

/** One function a call; a missing one does not compile. */
export type Handlers<Calls> = {
  readonly [K in keyof Calls]: (argument: Argument<Calls, K>) => Answer<Calls, K> | Promise<Answer<Calls, K>>;
};

/** What goes over the wire. */
export type WireMessage =
  | { readonly kind: 'call'; readonly id: number; readonly name: string; readonly argument: unknown }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly message: string }
  | { readonly kind: 'event'; readonly name: string; readonly payload: unknown };
