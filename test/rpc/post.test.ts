import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { createCaller, respond, type Channel } from '../../src/rpc/post.js';
import type { Handlers, WireMessage } from '../../src/rpc/messages.js';

interface Calls {
  double(argument: { readonly value: number }): number;
  fail(argument: undefined): string;
  never(argument: undefined): string;
}

interface Events {
  news: { readonly text: string };
}

const handlers: Handlers<Calls> = {
  double: ({ value }) => value * 2,
  fail: () => Promise.reject(new Error('no such day')),
  never: () => new Promise(() => undefined),
};

function channel(port: MessagePort): Channel {
  return {
    postMessage: (message) => {
      port.postMessage(message);
    },
    onMessage: (listener) => void port.on('message', listener),
  };
}

/** Both ends over a real message channel; `close` lets the test end. */
function connect() {
  const { port1, port2 } = new MessageChannel();
  return {
    caller: createCaller<Calls, Events>(channel(port1)),
    responder: respond<Calls, Events>(channel(port2), handlers),
    raw: port1,
    close: () => {
      port1.close();
    },
  };
}

describe('the post', () => {
  test('answers go to the questions they belong to', async () => {
    const { caller, close } = connect();
    assert.deepEqual(
      await Promise.all([1, 2, 3].map((value) => caller.call('double', { value }))),
      [2, 4, 6],
    );
    close();
  });

  test('what fails on the other side arrives as an error with its words', async () => {
    const { caller, close } = connect();
    await assert.rejects(caller.call('fail', undefined), { message: 'no such day' });
    close();
  });

  test('only what the table of handlers holds can be called', async () => {
    const { raw, close } = connect();
    for (const [id, name] of ['constructor', 'toString', '__proto__', 'nothing'].entries()) {
      const answer = new Promise((resolve) => raw.once('message', resolve));
      raw.postMessage({ kind: 'call', id, name, argument: undefined });
      assert.deepEqual(await answer, { kind: 'failure', id, message: `Nothing answers to "${name}".` });
    }
    close();
  });

  test('events reach those who listen, until they stop', async () => {
    const { caller, responder, close } = connect();
    const heard: string[] = [];
    const stop = caller.on('news', ({ text }) => heard.push(text));
    responder.send('news', { text: 'one' });
    await caller.call('double', { value: 0 });
    stop();
    responder.send('news', { text: 'two' });
    await caller.call('double', { value: 0 });
    assert.deepEqual(heard, ['one']);
    close();
  });

  test('closing rejects what is open and drops what comes late', async () => {
    const { caller, responder, raw, close } = connect();
    const heard: string[] = [];
    caller.on('news', ({ text }) => heard.push(text));
    const open = caller.call('never', undefined);
    caller.close('The tab was closed.');
    await assert.rejects(open, { message: 'The tab was closed.' });
    await assert.rejects(caller.call('double', { value: 1 }), { message: 'The tab was closed.' });
    const arrived = new Promise((resolve) => raw.once('message', resolve));
    responder.send('news', { text: 'late' });
    await arrived;
    assert.deepEqual(heard, []);
    close();
  });

  test('a closed responder answers nothing more', async () => {
    const { responder, raw, close } = connect();
    const messages: unknown[] = [];
    raw.on('message', (message) => messages.push(message));
    responder.close();
    raw.postMessage({ kind: 'call', id: 1, name: 'double', argument: { value: 1 } });
    await new Promise((resolve) => setTimeout(resolve, 30));
    assert.deepEqual(messages, []);
    close();
  });

  test('an answer that the page before had asked for answers no question of the next page', async () => {
    const sent: WireMessage[] = [];
    const listeners: ((message: unknown) => void)[] = [];
    const shared: Channel = {
      postMessage: (message) => sent.push(message),
      onMessage: (listener) => listeners.push(listener),
    };
    const before = createCaller<Calls, Events>(shared);
    const after = createCaller<Calls, Events>(shared);
    const open = before.call('double', { value: 1 });
    const next = after.call('double', { value: 2 });
    const [asked, askedNext] = sent;
    assert.ok(asked?.kind === 'call' && askedNext?.kind === 'call');
    for (const listener of listeners) {
      listener({ kind: 'answer', id: asked.id, value: 2 });
      listener({ kind: 'answer', id: askedNext.id, value: 4 });
    }
    assert.deepEqual(await Promise.all([open, next]), [2, 4]);
  });

  test('messages that are not of the post are passed over', async () => {
    const { caller, raw, close } = connect();
    for (const strange of [
      null,
      5,
      'x',
      {},
      { kind: 'call' },
      { kind: 'call', id: 'x', name: 'double' },
      { kind: 'event' },
      [],
    ])
      raw.postMessage(strange);
    assert.equal(await caller.call('double', { value: 21 }), 42);
    close();
  });
});
