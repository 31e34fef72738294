import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Latest } from '../../src/webview/capture/latest.js';

/** Calls that come back when the test says so. */
function held() {
  const calls: { argument: number; resolve: (answer: string) => void; reject: (error: Error) => void }[] = [];
  const seen: string[] = [];
  const latest = new Latest<number, string>(
    (argument) => new Promise((resolve, reject) => calls.push({ argument, resolve, reject })),
    (answer) => seen.push(answer),
    (error) => seen.push(String(error)),
  );
  return { calls, seen, latest };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('of many only the first and the last are asked, and only the last is heard', async () => {
  const { calls, seen, latest } = held();
  for (let number = 1; number <= 20; number++) latest.ask(number);
  assert.deepEqual(
    calls.map((call) => call.argument),
    [1],
  );
  calls[0]?.resolve('one');
  await settled();
  assert.deepEqual(seen, []);
  assert.deepEqual(
    calls.map((call) => call.argument),
    [1, 20],
  );
  calls[1]?.resolve('twenty');
  await settled();
  assert.deepEqual(seen, ['twenty']);
  latest.ask(21);
  calls[2]?.resolve('twenty-one');
  await settled();
  assert.deepEqual(seen, ['twenty', 'twenty-one']);
});

test('what is forgotten is not heard, and a failure does not stop the next call', async () => {
  const { calls, seen, latest } = held();
  latest.ask(1);
  latest.forget();
  calls[0]?.resolve('one');
  await settled();
  assert.deepEqual(seen, []);
  latest.ask(2);
  calls[1]?.reject(new Error('gone'));
  await settled();
  latest.ask(3);
  calls[2]?.resolve('three');
  await settled();
  assert.deepEqual(seen, ['Error: gone', 'three']);
});
