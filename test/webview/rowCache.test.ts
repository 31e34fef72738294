import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RowCache } from '../../src/webview/capture/rowCache.js';

/** A list of `packets` rows whose answers wait until the test lets them go. */
function cacheOf(packets: number) {
  const asked: { first: number; answer: (age?: number) => void; fail: () => void }[] = [];
  const seen = { packets, changes: 0, failures: 0 };
  const cache = new RowCache(
    7,
    ['number', 'info'],
    (first, count) =>
      new Promise((resolve, reject) => {
        asked.push({
          first,
          answer: (age = 7) => {
            const length = Math.max(0, Math.min(count, seen.packets - first));
            const rows = Array.from({ length }, (_, index) => ({
              number: first + index + 1,
              cells: [String(first + index + 1), `packet ${first + index + 1}`],
            }));
            resolve({ age, rows });
          },
          fail: () => {
            reject(new Error('gone'));
          },
        });
      }),
    () => seen.changes++,
    () => seen.failures++,
  );
  cache.grow(packets);
  return { cache, asked, seen };
}

async function answerAll(asked: { answer: () => void }[]): Promise<void> {
  for (let done = 0; done < asked.length; done++) {
    asked[done]?.answer();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test('rows that are wanted come, those on screen first', async () => {
  const { cache, asked } = cacheOf(10_000_000);
  cache.want(5_000_000, 40);
  assert.equal(cache.row(5_000_000), undefined);
  assert.ok((asked[0]?.first ?? 0) <= 5_000_000);
  await answerAll(asked);
  assert.equal(cache.row(5_000_000)?.number, 5_000_001);
  assert.equal(cache.row(5_000_039)?.number, 5_000_040);
  assert.ok(asked.length <= 4, `${asked.length} calls for one screen`);
});

test('cells are found by column, wherever it stood when the rows were asked for', async () => {
  const { cache, asked } = cacheOf(10);
  cache.want(0, 10);
  await answerAll(asked);
  const row = cache.row(2);
  assert.ok(row);
  assert.equal(cache.cell(row, 'info'), 'packet 3');
  assert.equal(cache.cell(row, 'number'), '3');
  assert.equal(cache.cell(row, 'field ip.ttl'), '');
});

test('while calls are under way, only the newest wish counts', async () => {
  const { cache, asked } = cacheOf(10_000_000);
  for (let first = 0; first < 9_000_000; first += 10_000) cache.want(first, 40);
  assert.ok(asked.length <= 2);
  await answerAll(asked);
  assert.equal(cache.row(8_990_000)?.number, 8_990_001);
  assert.ok(asked.length <= 6, `${asked.length} calls`);
});

test('a page that was short is asked for again when the list has grown, and only then', async () => {
  const { cache, asked, seen } = cacheOf(10);
  cache.want(0, 40);
  await answerAll(asked);
  assert.equal(cache.row(9)?.number, 10);
  const calls = asked.length;
  cache.want(0, 40);
  assert.equal(asked.length, calls);
  seen.packets = 50;
  cache.grow(50);
  await answerAll(asked);
  assert.equal(cache.row(49)?.number, 50);
});

test('rows that cannot be had are not asked for over and over', async () => {
  const { cache, asked, seen } = cacheOf(100);
  cache.want(0, 40);
  asked[0]?.fail();
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(seen.failures, 1);
  cache.want(0, 40);
  assert.equal(asked.length, 1);
});

test('rows of another age are not shown, and not asked for over and over', async () => {
  const { cache, asked } = cacheOf(100);
  cache.want(0, 40);
  asked[0]?.answer(8);
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(cache.row(0), undefined);
  cache.want(0, 40);
  assert.equal(asked.length, 1);
});

test('an answer to a cache that was closed is dropped', async () => {
  const { cache, asked, seen } = cacheOf(100);
  cache.want(0, 40);
  cache.close();
  await answerAll(asked);
  assert.equal(cache.row(0), undefined);
  assert.equal(seen.changes, 0);
  cache.want(50, 40);
  assert.equal(asked.length, 1);
});

test('who waits for the rows on screen hears when they are here', async () => {
  const { cache, asked } = cacheOf(1000);
  cache.want(0, 40);
  let isHere = false;
  const settled = cache.settled().then(() => (isHere = true));
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(isHere, false);
  await answerAll(asked);
  await settled;
  assert.equal(cache.row(39)?.number, 40);
});

test('the cache stays small however far one scrolls', async () => {
  const { cache, asked } = cacheOf(1_000_000);
  for (let first = 0; first < 100_000; first += 128) {
    cache.want(first, 40);
    await answerAll(asked.splice(0));
  }
  let kept = 0;
  for (let index = 0; index < 101_000; index++) if (cache.row(index)) kept++;
  assert.ok(kept > 1000 && kept <= 64 * 128, `${kept} rows kept`);
});
