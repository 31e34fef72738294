import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  calendarText,
  clock,
  compareTimes,
  isoText,
  readTicks,
  TickReader,
  timeBetween,
  timeText,
  type CaptureTime,
} from '../../../src/core/capture/captureTime.js';

const ticks = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });

function read(value: bigint, binary: boolean, exponent: number): CaptureTime {
  const its = clock(binary, exponent);
  const target = { seconds: 0, fraction: 0 };
  readTicks(Number(value >> 32n), Number(value & 0xffffffffn), its, target);
  return { ...target, digits: its.digits };
}

test('decimal ticks of every resolution are exact', () => {
  fc.assert(
    fc.property(ticks, fc.integer({ min: 0, max: 40 }), (value, exponent) => {
      const { seconds, fraction, digits } = read(value, false, exponent);
      const perSecond = 10n ** BigInt(exponent);
      assert.equal(BigInt(seconds), BigInt(Number(value / perSecond)));
      assert.equal(BigInt(fraction), ((value % perSecond) * 10n ** BigInt(digits)) / perSecond);
    }),
    { numRuns: 5000 },
  );
});

test('binary ticks of every resolution are exact to the digits shown', () => {
  fc.assert(
    fc.property(ticks, fc.integer({ min: 0, max: 64 }), (value, exponent) => {
      const { seconds, fraction, digits } = read(value, true, exponent);
      const perSecond = 1n << BigInt(exponent);
      assert.equal(BigInt(seconds), BigInt(Number(value / perSecond)));
      assert.equal(BigInt(fraction), ((value % perSecond) * 10n ** BigInt(digits)) / perSecond);
    }),
    { numRuns: 5000 },
  );
});

test('reading packet after packet gives what reading each alone does', () => {
  const near = fc.tuple(ticks, fc.array(fc.bigInt({ min: -(2n ** 34n), max: 2n ** 34n }), { maxLength: 20 }));
  fc.assert(
    fc.property(near, fc.integer({ min: 0, max: 14 }), fc.boolean(), ([start, steps], exponent, binary) => {
      const reader = new TickReader(clock(binary, exponent, 77));
      let value = start;
      for (const step of steps) {
        value = BigInt.asUintN(64, value + step);
        const alone = { seconds: 0, fraction: 0 };
        readTicks(Number(value >> 32n), Number(value & 0xffffffffn), clock(binary, exponent, 77), alone);
        reader.read(Number(value >> 32n), Number(value & 0xffffffffn));
        assert.deepEqual({ seconds: reader.seconds, fraction: reader.fraction }, alone);
      }
    }),
    { numRuns: 2000 },
  );
});

/** A time as a count of its smallest digit. */
const counted = ({ seconds, fraction, digits }: CaptureTime, of: number): bigint =>
  (BigInt(seconds) * 10n ** BigInt(digits) + BigInt(fraction)) * 10n ** BigInt(of - digits);

const anyTime = fc
  .record({
    seconds: fc.integer({ min: -(2 ** 33), max: 2 ** 33 }),
    digits: fc.integer({ min: 0, max: 12 }),
    part: fc.nat(2 ** 31),
  })
  .map(({ seconds, digits, part }): CaptureTime => ({ seconds, fraction: part % 10 ** digits, digits }));

test('differences and order are exact, also between clocks of different digits', () => {
  fc.assert(
    fc.property(anyTime, anyTime, (a, b) => {
      const difference = timeBetween(a, b);
      assert.equal(counted(difference, 12), counted(b, 12) - counted(a, 12));
      assert.ok(difference.fraction >= 0 && difference.fraction < 10 ** difference.digits);
      const order = counted(a, 12) - counted(b, 12);
      assert.equal(Math.sign(compareTimes(a, b)), order < 0n ? -1 : order > 0n ? 1 : 0);
    }),
  );
});

test('text has the digits of the clock, and a sign only where it belongs', () => {
  assert.equal(timeText({ seconds: 0, fraction: 5, digits: 6 }), '0.000005');
  assert.equal(timeText({ seconds: 7, fraction: 0, digits: 0 }), '7');
  assert.equal(timeText({ seconds: -1, fraction: 750_000, digits: 6 }), '-0.250000');
  assert.equal(timeText({ seconds: -3, fraction: 0, digits: 3 }), '-3.000');
});

test('calendar texts are in UTC and keep the digits', () => {
  const time = { seconds: 1_660_000_000, fraction: 123_456_789, digits: 9 };
  assert.equal(isoText(time), '2022-08-08T23:06:40.123456789Z');
  assert.equal(calendarText(time), 'Aug  8, 2022 23:06:40.123456789 UTC');
  assert.equal(isoText({ seconds: 0, fraction: 0, digits: 0 }), '1970-01-01T00:00:00Z');
});

test('a time that no calendar has is shown in seconds', () => {
  const time = { seconds: 1.8e19, fraction: 0, digits: 0 };
  assert.equal(isoText(time), '18000000000000000000');
  assert.match(calendarText(time), /^18000000000000000000 seconds$/);
});
