/** The find bar in a bare page: what it tells, what it says, and how it looks. */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { testResults } from '../../src/tools/paths.js';
import type { FindState } from '../../src/webview/capture/findBar.js';
import { FilterPages, field, hasFocus, options, set, told, verdict } from './filterPage.js';

let pages: FilterPages;

before(async () => {
  pages = await FilterPages.start();
  mkdirSync(testResults, { recursive: true });
});

after(async () => {
  await pages.close();
});

const pattern = (page: Page) => field(page, 'cl-find-bar');
const outcome = (page: Page) => page.locator('cl-find-bar .outcome [role=status]');
const button = (page: Page, name: string) => page.locator('cl-find-bar').getByRole('button', { name });

const stand = (page: Page, state: FindState) => set(page, 'cl-find-bar', { state });

test('Enter and F3 look forwards, with Shift backwards; letter case and fields can be asked for', () =>
  pages.use(async (page) => {
    assert.equal(await hasFocus(pattern(page)), true, 'it begins with the keyboard');
    await page.keyboard.press('Enter');
    assert.deepEqual(await told(page, 'find-wanted'), [], 'there is nothing to look for yet');
    await page.keyboard.type('kube n/p');
    for (const key of ['Enter', 'Shift+Enter', 'F3', 'Shift+F3', 'Alt+c', 'Alt+t', 'Enter'])
      await page.keyboard.press(key);
    const order = { what: 'text', pattern: 'kube n/p', caseSensitive: false, inTree: false };
    assert.deepEqual(await told(page, 'find-wanted'), [
      { ...order, backwards: false },
      { ...order, backwards: true },
      { ...order, backwards: false },
      { ...order, backwards: true },
      { ...order, caseSensitive: true, inTree: true, backwards: false },
    ]);
    assert.equal(await button(page, 'Match case').getAttribute('aria-pressed'), 'true');
    assert.equal(await button(page, 'Look in all fields').getAttribute('aria-pressed'), 'true');
    await button(page, 'Previous').click();
    assert.equal((await told(page, 'find-wanted')).length, 6);
    const keys = (await told(page, 'key')).filter((key) => key !== 'Shift' && key !== 'Alt');
    assert.deepEqual(keys, [], 'no key of these is the workbench’s');
    await pattern(page).press('Escape');
    assert.equal((await told(page, 'dismissed')).length, 1);
  }));

test('how a search went is said, until something else is looked for', () =>
  pages.use(async (page) => {
    await page.keyboard.type('pod');
    await page.keyboard.press('Enter');
    await stand(page, { phase: 'finding', share: 0.42 });
    assert.equal(await page.locator('cl-find-bar .share').textContent(), '42 %');
    assert.equal(await outcome(page).textContent(), '', 'shares are no news');
    const place = await button(page, 'Next').boundingBox();
    assert.equal(await page.locator('cl-find-bar [role=progressbar]').getAttribute('aria-valuenow'), '42');
    await button(page, 'Stop').click();
    assert.equal((await told(page, 'stop-wanted')).length, 1);
    await stand(page, { phase: 'stopped' });
    assert.deepEqual(await button(page, 'Next').boundingBox(), place, 'it stays under the pointer');
    assert.equal(await outcome(page).textContent(), 'Stopped');
    await stand(page, { phase: 'found', number: 12_345, wrapped: false });
    assert.equal(await outcome(page).textContent(), 'Packet 12,345');
    await stand(page, { phase: 'found', number: 3, wrapped: true });
    assert.equal(await outcome(page).textContent(), 'Packet 3, wrapped');
    assert.equal(await button(page, 'Stop').count(), 0);
    await stand(page, { phase: 'absent' });
    assert.equal(await outcome(page).textContent(), 'Not found');
    await pattern(page).focus();
    await page.keyboard.type('s');
    assert.equal(await outcome(page).textContent(), '');
  }));

test('bytes are told as bare hex digits; what is none is said', () =>
  pages.use(async (page) => {
    await page.locator('cl-find-bar select').selectOption('bytes');
    assert.equal(await button(page, 'Match case').count(), 0);
    await pattern(page).focus();
    await page.keyboard.type('0A:00 0');
    await page.keyboard.press('Enter');
    assert.deepEqual(await told(page, 'find-wanted'), []);
    await page.locator('cl-find-bar .message', { hasText: 'Enter whole bytes as hex digits' }).waitFor();
    assert.equal(await pattern(page).getAttribute('aria-invalid'), 'true');
    await page.keyboard.type('1');
    assert.equal(await pattern(page).getAttribute('aria-invalid'), 'false');
    await page.keyboard.press('Enter');
    assert.deepEqual(await told(page, 'find-wanted'), [
      { what: 'bytes', pattern: '0a0001', backwards: false },
    ]);
  }));

test('a filter is completed and checked as in the filter bar', () =>
  pages.use(async (page) => {
    await page.locator('cl-find-bar select').selectOption('filter');
    await pattern(page).focus();
    await page.keyboard.type('ip.t');
    await options(page, 'cl-find-bar').first().waitFor();
    await page.keyboard.press('Tab');
    assert.equal(await pattern(page).inputValue(), 'ip.ttl');
    await verdict(page, 'right', 'cl-find-bar');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.press('Enter');
    assert.deepEqual(await told(page, 'find-wanted'), [
      { what: 'filter', pattern: 'ip.ttl', backwards: true },
      { what: 'filter', pattern: 'ip.ttl', backwards: false },
    ]);
    await page.keyboard.type(' bad');
    await verdict(page, 'wrong', 'cl-find-bar');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    assert.equal((await told(page, 'find-wanted')).length, 2);
    await page.keyboard.press('Shift+Enter');
    assert.equal((await told(page, 'find-wanted')).length, 2);
  }));

test('what is looked for is judged as what it is', () =>
  pages.use(async (page) => {
    const kind = page.locator('cl-find-bar select');
    await page.keyboard.type('bad');
    await verdict(page, 'neutral', 'cl-find-bar');
    await kind.selectOption('filter');
    await verdict(page, 'wrong', 'cl-find-bar');
    await kind.selectOption('text');
    await verdict(page, 'neutral', 'cl-find-bar');
    assert.equal(await page.locator('cl-find-bar .wrong').count(), 0);
  }));

test('it opens with what was looked for before', () =>
  pages.use(async (page) => {
    await page.evaluate(() => {
      const again = document.createElement('cl-find-bar');
      Object.assign(again, { last: { what: 'text', pattern: 'Echo', caseSensitive: true, backwards: true } });
      document.querySelector('cl-find-bar')?.replaceWith(again);
    });
    await button(page, 'Match case').waitFor();
    assert.equal(await pattern(page).inputValue(), 'Echo');
    assert.equal(await button(page, 'Match case').getAttribute('aria-pressed'), 'true');
    assert.equal(await button(page, 'Look in all fields').getAttribute('aria-pressed'), 'false');
    const selected = await pattern(page).evaluate((input: HTMLInputElement) => [
      input.selectionStart,
      input.selectionEnd,
    ]);
    assert.deepEqual(selected, [0, 4], 'to be typed over');
  }));

test('mistakes that the session finds are shown at their place', () =>
  pages.use(async (page) => {
    await page.locator('cl-find-bar select').selectOption('filter');
    await pattern(page).focus();
    await page.keyboard.type('a == 1');
    await page.keyboard.press('Enter');
    await stand(page, {
      phase: 'wrong',
      mistakes: [{ start: 0, end: 1, message: '<b>a</b> is not a field.' }],
    });
    assert.deepEqual(await page.locator('cl-find-bar .wrong').allTextContents(), ['a']);
    await page.locator('cl-find-bar .message', { hasText: '<b>a</b> is not a field.' }).waitFor();
    assert.equal(await page.locator('cl-find-bar .message b').count(), 0);
  }));

for (const width of [900, 320])
  test(`at ${width} pixels the find bar is inside of the view`, () =>
    pages.use(
      async (page) => {
        await page.keyboard.type('pod');
        await page.keyboard.press('Enter');
        await stand(page, { phase: 'found', number: 10_000_000, wrapped: true });
        const boxes = await page
          .locator('cl-find-bar :is(input, button, select, .outcome)')
          .evaluateAll((all) =>
            all
              .map((one) => one.getBoundingClientRect())
              .map(({ left, right, width }) => ({ left, right, width })),
          );
        for (const { left, right, width: own } of boxes)
          assert.ok(left >= 0 && right <= width && own >= 16, JSON.stringify(boxes));
      },
      { width },
    ));

for (const theme of ['dark', 'light', 'high-contrast', 'high-contrast-light'] as const)
  test(`pictures of the find bar: ${theme}`, () =>
    pages.use(
      async (page) => {
        await page.keyboard.type('kube-dns');
        await page.keyboard.press('Alt+c');
        await page.keyboard.press('Enter');
        await stand(page, { phase: 'finding', share: 0.4 });
        await page.screenshot({ path: path.join(testResults, `find-bar-${theme}-finding.png`) });
        await stand(page, { phase: 'absent' });
        await page.screenshot({ path: path.join(testResults, `find-bar-${theme}-absent.png`) });
        await page.locator('cl-find-bar select').selectOption('bytes');
        await page.keyboard.press('Enter');
        await page.locator('cl-find-bar .message').waitFor();
        await page.screenshot({ path: path.join(testResults, `find-bar-${theme}-wrong.png`) });
      },
      { theme },
    ));
