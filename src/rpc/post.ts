/** The two ends of the post, over whatever carries messages: a worker's port, a webview, two ends in one process. */
import type { Answer, Argument, Handlers, WireMessage } from './messages.js';

/** What carries messages. Order is kept and nothing is lost, as with workers and webviews. */
export interface Channel {
  postMessage(message: WireMessage): unknown;
  /** Called once, by the end that uses the channel. */
  onMessage(listener: (message: unknown) => void): void;
}

/** The end that asks. */
export interface Caller<Calls, Events> {
  /** Asks and waits for the answer; rejects with the other side's words when it failed, or when the post is closed. */
  call<K extends keyof Calls & string>(name: K, argument: Argument<Calls, K>): Promise<Answer<Calls, K>>;
  /** Adds a listener to an event; the answer takes it away again. */
  on<K extends keyof Events & string>(name: K, listener: (payload: Events[K]) => void): () => void;
  /** Open questions are rejected with `reason`; what still arrives is dropped. */
  close(reason?: string): void;
}

/** The end that answers and tells. */
export interface Responder<Events> {
  send<K extends keyof Events & string>(name: K, payload: Events[K]): void;
  /** Nothing is sent any more, answers to open questions neither. */
  close(): void;
}

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Opens the asking end of a channel. */
export function createCaller<Calls, Events>(channel: Channel): Caller<Calls, Events> {
  const pending = new Map<number, Pending>();
  const listeners = new Map<string, Set<(payload: never) => void>>();
  // A page that is loaded anew asks over the channel of the page before it, whose answers may still come.
  let lastId = Math.floor(Math.random() * 2 ** 32) * 2 ** 20;
  let closed: string | undefined;

  channel.onMessage((message) => {
    if (closed !== undefined || !isWireMessage(message)) return;
    if (message.kind === 'event') {
      for (const listener of [...(listeners.get(message.name) ?? [])]) listener(message.payload as never);
    } else if (message.kind !== 'call') {
      const question = pending.get(message.id);
      pending.delete(message.id);
      if (message.kind === 'answer') question?.resolve(message.value);
      else question?.reject(new Error(message.message));
    }
  });

  return {
    call(name, argument) {
      if (closed !== undefined) return Promise.reject(new Error(closed));
      const id = ++lastId;
      return new Promise((resolve, reject) => {
        pending.set(id, { resolve: resolve as (value: unknown) => void, reject });
        try {
          channel.postMessage({ kind: 'call', id, name, argument });
        } catch (error) {
          pending.delete(id);
          reject(asError(error));
        }
      });
    },
    on(name, listener) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(listener));
      return () => {
        set.delete(listener);
      };
    },
    close(reason = 'The connection is closed.') {
      closed ??= reason;
      for (const { reject } of pending.values()) reject(new Error(closed));
      pending.clear();
      listeners.clear();
    },
  };
}

/** Opens the answering end of a channel. Only functions that `handlers` itself holds can be called over it. */
export function respond<Calls, Events>(channel: Channel, handlers: Handlers<Calls>): Responder<Events> {
  let closed = false;
  const post = (message: WireMessage): void => {
    if (!closed) channel.postMessage(message);
  };

  async function answer(id: number, name: string, argument: unknown): Promise<void> {
    try {
      const handler = Object.hasOwn(handlers, name) ? handlers[name as keyof Calls] : undefined;
      if (typeof handler !== 'function') throw new Error(`Nothing answers to "${name}".`);
      post({ kind: 'answer', id, value: await handler(argument as never) });
    } catch (error) {
      post({ kind: 'failure', id, message: asError(error).message });
    }
  }

  channel.onMessage((message) => {
    if (!closed && isWireMessage(message) && message.kind === 'call')
      void answer(message.id, message.name, message.argument);
  });

  return {
    send: (name, payload) => {
      post({ kind: 'event', name, payload });
    },
    close: () => {
      closed = true;
    },
  };
}

/** Handlers that hand every call of `names` on to someone else. */
export function handOn<Calls>(
  names: readonly (keyof Calls)[],
  call: <K extends keyof Calls>(name: K, argument: Argument<Calls, K>) => Promise<Answer<Calls, K>>,
): Handlers<Calls> {
  const handlers: { -readonly [K in keyof Calls]?: Handlers<Calls>[K] } = {};
  for (const name of names) handlers[name] = (argument) => call(name, argument);
  return handlers as Handlers<Calls>;
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** Whether something that arrived is of this post: a channel may carry other things, too. */
function isWireMessage(message: unknown): message is WireMessage {
  if (typeof message !== 'object' || message === null || !('kind' in message)) return false;
  const { kind } = message;
  if (kind === 'event') return 'name' in message && typeof message.name === 'string';
  if (!('id' in message) || typeof message.id !== 'number') return false;
  if (kind === 'call') return 'name' in message && typeof message.name === 'string';
  return (
    kind === 'answer' || (kind === 'failure' && 'message' in message && typeof message.message === 'string')
  );
}
