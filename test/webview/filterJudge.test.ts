import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import type { FilterMistake } from '../../src/rpc/packetList.js';
import { FilterJudge } from '../../src/webview/capture/filterJudge.js';

const mistake: FilterMistake = { start: 0, end: 1, message: 'Not a field.' };
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A judge whose checks come back when the test says so, and time that goes by when the test says so. */
function held() {
  mock.timers.enable({ apis: ['setTimeout'] });
  const checks: { text: string; resolve: (mistakes: FilterMistake[]) => void; reject: () => void }[] = [];
  const judge = new FilterJudge(() => undefined);
  judge.askFrom((text) => new Promise((resolve, reject) => checks.push({ text, resolve, reject })));
  return { checks, judge };
}

function timed(name: string, work: () => Promise<void>): void {
  test(name, async () => {
    try {
      await work();
    } finally {
      mock.timers.reset();
    }
  });
}

timed('a text is checked when typing pauses, once', async () => {
  const { checks, judge } = held();
  for (const text of ['t', 'tc', 'tcp']) {
    judge.read(text);
    mock.timers.tick(100);
  }
  assert.deepEqual(checks.length, 0);
  mock.timers.tick(50);
  assert.deepEqual(
    checks.map(({ text }) => text),
    ['tcp'],
  );
  assert.equal(judge.verdict, 'neutral');
  checks[0]?.resolve([]);
  await settled();
  assert.equal(judge.verdict, 'right');
});

timed('the last verdict stays while the next text is written, without its places', async () => {
  const { checks, judge } = held();
  judge.read('x');
  mock.timers.tick(150);
  checks[0]?.resolve([mistake]);
  await settled();
  assert.deepEqual([judge.verdict, judge.isKnownWrong, judge.mistakes.length], ['wrong', true, 1]);
  judge.read('xy');
  assert.deepEqual([judge.verdict, judge.isKnownWrong, judge.mistakes.length], ['wrong', false, 0]);
  assert.equal(judge.lastMistakes.length, 1);
  mock.timers.tick(150);
  assert.equal(judge.verdict, 'wrong');
  mock.timers.tick(300);
  assert.equal(judge.verdict, 'checking', 'it takes long enough to be shown');
  checks[1]?.resolve([]);
  await settled();
  assert.equal(judge.verdict, 'right');
  judge.read('  ');
  assert.equal(judge.verdict, 'neutral');
});

timed('an answer to an older text is not heard', async () => {
  const { checks, judge } = held();
  judge.read('old');
  mock.timers.tick(150);
  judge.read('new');
  checks[0]?.resolve([mistake]);
  await settled();
  assert.equal(judge.verdict, 'neutral');
  mock.timers.tick(150);
  checks[1]?.resolve([]);
  await settled();
  assert.equal(judge.verdict, 'right');
});

timed('what somebody else found stays, whatever a check says later', async () => {
  const { checks, judge } = held();
  judge.read('ip.ttl == x');
  mock.timers.tick(150);
  judge.hear([mistake]);
  assert.equal(judge.verdict, 'wrong');
  checks[0]?.resolve([]);
  await settled();
  assert.equal(judge.verdict, 'wrong');
});

timed('without an answer there is no verdict, and nobody to ask means none either', async () => {
  const { checks, judge } = held();
  judge.read('tcp');
  mock.timers.tick(150);
  checks[0]?.reject();
  await settled();
  assert.equal(judge.verdict, 'neutral');
  judge.hear([mistake]);
  judge.askFrom(undefined);
  assert.equal(judge.verdict, 'neutral');
  mock.timers.tick(1000);
  assert.equal(checks.length, 1);
});
