/** The filter bar in a bare page: typing, completion, mistakes, history, what it tells, how it looks. */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { ListState } from '../../src/rpc/packetList.js';
import { testResults } from '../../src/tools/paths.js';
import { FilterPages, field, hasFocus, options, set, told, verdict } from './filterPage.js';

let pages: FilterPages;

before(async () => {
  pages = await FilterPages.start();
  mkdirSync(testResults, { recursive: true });
});

after(async () => {
  await pages.close();
});

const setBar = (page: Page, properties: Record<string, unknown>) => set(page, 'cl-filter-bar', properties);

function listState(state: Partial<ListState>): ListState {
  return {
    list: 1,
    age: 1,
    filter: 'ip',
    sort: undefined,
    shown: 2,
    examined: 10,
    packets: 10,
    phase: 'ready',
    ...state,
  };
}

test('a filter is checked while it is typed, and applied by Enter', () =>
  pages.use(async (page) => {
    await field(page).focus();
    assert.equal(await field(page).getAttribute('aria-label'), 'Display filter');
    await verdict(page, 'neutral');
    await page.keyboard.type('tcp.port == 443');
    await verdict(page, 'right');
    assert.equal(await field(page).getAttribute('aria-invalid'), 'false');
    assert.equal(await field(page).getAttribute('aria-describedby'), null);
    await page.keyboard.press('Enter');
    assert.deepEqual(await told(page, 'filter-wanted'), ['tcp.port == 443']);
    assert.deepEqual(await told(page, 'key'), [], 'no key of these is the workbench’s');
  }));

test('a mistake is underlined where it stands, said below, and not applied', () =>
  pages.use(async (page) => {
    await field(page).focus();
    await page.keyboard.type('tcp.port and bad or x');
    const wrong = page.locator('cl-filter-bar .wrong');
    await wrong.waitFor();
    await verdict(page, 'wrong');
    assert.deepEqual(await wrong.allTextContents(), ['bad']);
    const [mark, line] = [await wrong.boundingBox(), await field(page).boundingBox()];
    assert.ok(mark && line);
    const character = mark.width / 3;
    assert.ok(Math.abs(mark.x - (line.x + 4 + 13 * character)) < 1, 'underlined under the word');

    assert.equal(await field(page).getAttribute('aria-invalid'), 'true');
    const described = await field(page).evaluate((input: HTMLInputElement) => {
      const scope = input.getRootNode() as ShadowRoot;
      return scope.getElementById(input.getAttribute('aria-describedby') ?? '')?.textContent.trim();
    });
    assert.equal(
      described,
      '“bad” is not a field. <img src=x onerror="filterPage.log.push({ name: \'injected\' })">',
    );
    assert.equal(await page.locator('cl-filter-bar img').count(), 0);
    await page.locator('cl-filter-bar .message').waitFor({ state: 'visible' });

    await page.keyboard.press('Enter');
    assert.deepEqual(await told(page, 'filter-wanted'), []);
    await page
      .locator('cl-filter-bar [role=alert]', { hasText: 'is not a field' })
      .waitFor({ state: 'attached' });

    await field(page).press('Control+a');
    await page.keyboard.type('ip.ttl ==');
    await page
      .locator('cl-filter-bar [id=message]', { hasText: 'A value is expected' })
      .waitFor({ state: 'attached' });
    assert.deepEqual(await wrong.allTextContents(), [' '], 'what is missing is underlined behind the text');
  }));

test('the underline follows a text that is wider than its field', () =>
  pages.use(
    async (page) => {
      await field(page).focus();
      const text = `${'tcp.port == 1 or '.repeat(20)}bad`;
      await page.keyboard.insertText(text);
      await verdict(page, 'wrong');
      const places = async () => {
        const mark = await page.locator('cl-filter-bar .wrong').boundingBox();
        const line = await field(page).boundingBox();
        const scrolled = await field(page).evaluate((input) => input.scrollLeft);
        assert.ok(mark && line);
        return {
          found: mark.x,
          wanted: line.x + 4 + (text.length - 3) * (mark.width / 3) - scrolled,
          scrolled,
        };
      };
      const atEnd = await places();
      assert.ok(atEnd.scrolled > 500);
      assert.ok(Math.abs(atEnd.found - atEnd.wanted) < 2, JSON.stringify(atEnd));
      await page.keyboard.press('Home');
      await page.waitForFunction(() => {
        const input = document
          .querySelector('cl-filter-bar')
          ?.shadowRoot?.querySelector('cl-filter-input')
          ?.shadowRoot?.querySelector('input');
        return input?.scrollLeft === 0;
      });
      await page.evaluate(() => new Promise(requestAnimationFrame));
      const atStart = await places();
      assert.ok(Math.abs(atStart.found - atStart.wanted) < 2, JSON.stringify(atStart));
    },
    { width: 600 },
  ));

test('Escape closes the list, takes an edit back, and goes to the packets', () =>
  pages.use(async (page) => {
    await setBar(page, { filter: 'icmp' });
    assert.equal(await field(page).inputValue(), 'icmp');
    await field(page).focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Control+Space');
    await options(page).first().waitFor();
    await page.keyboard.press('Escape');
    assert.equal(await options(page).count(), 0);
    assert.equal(await field(page).inputValue(), 'icmp');
    assert.deepEqual(await told(page, 'pane-wanted'), []);
    await page.keyboard.type(' or arp');
    await page.keyboard.press('Escape');
    assert.equal(await field(page).inputValue(), 'icmp');
    assert.deepEqual(await told(page, 'pane-wanted'), []);
    await page.keyboard.press('Escape');
    assert.deepEqual(await told(page, 'pane-wanted'), ['list']);
  }));

test('an input method’s Enter applies nothing, and its text is checked once it is there', () =>
  pages.use(async (page) => {
    await field(page).focus();
    const session = await page.context().newCDPSession(page);
    await session.send('Input.imeSetComposition', { text: 'ba', selectionStart: 2, selectionEnd: 2 });
    assert.equal(await field(page).inputValue(), 'ba');
    await page.evaluate(() => {
      const input = document
        .querySelector('cl-filter-bar')
        ?.shadowRoot?.querySelector('cl-filter-input')
        ?.shadowRoot?.querySelector('input');
      const enter = { key: 'Enter', isComposing: true, bubbles: true, composed: true, cancelable: true };
      input?.dispatchEvent(new KeyboardEvent('keydown', enter));
    });
    assert.deepEqual(await told(page, 'filter-wanted'), []);
    assert.equal(await options(page).count(), 0);
    await page.waitForTimeout(250);
    assert.deepEqual(
      await page.evaluate(() => globalThis.filterPage.asked),
      [],
      'nothing is asked meanwhile',
    );
    await session.send('Input.insertText', { text: 'bad' });
    await verdict(page, 'wrong');
    assert.equal(await field(page).inputValue(), 'bad');
  }));

test('the newest text decides, however late the answers to older ones come', () =>
  pages.use(async (page) => {
    await page.evaluate(() => {
      globalThis.filterPage.delayOf = (text) => (text === 'bad' ? 2000 : 0);
    });
    await field(page).focus();
    await page.keyboard.type('bad');
    await verdict(page, 'checking');
    await page.keyboard.type('ly');
    await verdict(page, 'right');
    await page.waitForTimeout(700);
    await verdict(page, 'right');
    assert.equal(await page.locator('cl-filter-bar .wrong').count(), 0);
  }));

test('what the session finds wrong after Enter is shown, too', () =>
  pages.use(async (page) => {
    await page.evaluate(() => {
      globalThis.filterPage.delayOf = () => 60_000;
    });
    await field(page).focus();
    await page.keyboard.type('ip.ttl == x');
    await page.keyboard.press('Enter');
    assert.deepEqual(await told(page, 'filter-wanted'), ['ip.ttl == x']);
    await setBar(page, { mistakes: [{ start: 10, end: 11, message: 'A number is expected.' }] });
    await verdict(page, 'wrong');
    assert.deepEqual(await page.locator('cl-filter-bar .wrong').allTextContents(), ['x']);
    await page.getByText('A number is expected.').first().waitFor();
  }));

test('Alt+Up and Alt+Down walk through the history and back to what was typed', () =>
  pages.use(async (page) => {
    await setBar(page, { history: ['dns', 'tcp', 'arp'] });
    await field(page).focus();
    await page.keyboard.type('ud');
    const walked: string[] = [];
    for (const key of ['ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowDown', 'ArrowDown', 'ArrowDown']) {
      await page.keyboard.press(`Alt+${key}`);
      walked.push(await field(page).inputValue());
    }
    assert.deepEqual(walked, ['dns', 'tcp', 'arp', 'arp', 'tcp', 'dns', 'ud']);
    assert.deepEqual(await told(page, 'filter-wanted'), []);
  }));

test('a filter in force is shown and kept; one that is being written is left alone', () =>
  pages.use(async (page) => {
    await setBar(page, { history: ['dns'], saved: ['arp'], filter: 'tcp' });
    assert.equal(await field(page).inputValue(), 'tcp');
    assert.deepEqual(await told(page, 'filters-kept'), [{ history: ['tcp', 'dns'], saved: ['arp'] }]);
    await field(page).focus();
    await page.keyboard.press('End');
    await page.keyboard.type('.port');
    await page.keyboard.press('Enter');
    await page.keyboard.type(' == 80');
    await setBar(page, { filter: 'tcp.port' });
    assert.equal(await field(page).inputValue(), 'tcp.port == 80');
    await page.locator('cl-filter-bar .history').focus();
    await setBar(page, { filter: 'icmp' });
    assert.equal(await field(page).inputValue(), 'icmp');
  }));

test('the star saves a filter and takes it out again', () =>
  pages.use(async (page) => {
    const star = page.locator('cl-filter-bar .star');
    assert.equal(await star.isDisabled(), true);
    await field(page).focus();
    await page.keyboard.type('icmp ');
    await star.click();
    assert.deepEqual(await told(page, 'filters-kept'), [{ history: [], saved: ['icmp'] }]);
    await setBar(page, { saved: ['icmp'] });
    assert.equal(await star.getAttribute('aria-pressed'), 'true');
    await star.click();
    assert.deepEqual((await told(page, 'filters-kept'))[1], { history: [], saved: [] });
  }));

test('the menu offers saved and recent filters; a choice is applied, Delete forgets one', () =>
  pages.use(async (page) => {
    const evil = '"<img src=x onerror=alert(1)>"';
    await setBar(page, { history: ['dns', 'arp', evil], saved: ['arp', 'tcp'] });
    const button = page.locator('cl-filter-bar .history');
    await button.click();
    assert.equal(await button.getAttribute('aria-expanded'), 'true');
    assert.deepEqual(await page.locator('cl-filter-menu .option .text').allTextContents(), [
      'arp',
      'tcp',
      'dns',
      evil,
    ]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Delete');
    assert.deepEqual(await told(page, 'filters-kept'), [{ history: ['arp', evil], saved: ['arp', 'tcp'] }]);
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('cl-filter-menu').count(), 0);
    assert.equal(await hasFocus(button), true);
    await button.press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    assert.deepEqual(await told(page, 'filter-wanted'), ['tcp']);
    assert.equal(await field(page).inputValue(), 'tcp');
    assert.equal(await hasFocus(field(page)), true);
    await button.click();
    await button.click();
    assert.equal(await page.locator('cl-filter-menu').count(), 0, 'the button closes what it opened');
    await button.click();
    await page.locator('cl-filter-menu .option', { hasText: 'dns' }).click();
    assert.deepEqual(await told(page, 'filter-wanted'), ['tcp', 'dns']);
  }));

test('clear empties the field, and shows all packets again when some were hidden', () =>
  pages.use(async (page) => {
    const clear = page.locator('cl-filter-bar .clear');
    assert.equal(await clear.count(), 0);
    await field(page).focus();
    await page.keyboard.type('tcp');
    await clear.click();
    assert.equal(await field(page).inputValue(), '');
    assert.deepEqual(await told(page, 'filter-wanted'), []);
    await setBar(page, { filter: 'arp' });
    await clear.click();
    assert.deepEqual(await told(page, 'filter-wanted'), ['']);
    assert.equal(await hasFocus(field(page)), true);
  }));

test('prepared filters stand in the field, ready to go on with, and undo brings back what was there', () =>
  pages.use(async (page) => {
    await field(page).focus();
    await page.keyboard.type('arp');
    await page.evaluate(() => {
      const bar = document.querySelector('cl-filter-bar') as unknown as { prepare(text: string): void };
      bar.prepare('arp and\n ip.ttl');
    });
    await page.waitForTimeout(50);
    assert.equal(await field(page).inputValue(), 'arp and ip.ttl');
    await page.keyboard.type(' > 1');
    assert.equal(await field(page).inputValue(), 'arp and ip.ttl > 1');
    assert.deepEqual(await told(page, 'filter-wanted'), []);
    const undone: string[] = [];
    for (let times = 0; times < 6; times++) {
      await page.keyboard.press('Control+z');
      undone.push(await field(page).inputValue());
    }
    assert.ok(undone.includes('arp'), undone.join(', '));
  }));

test('the chip counts while a filter runs, and stops it', () =>
  pages.use(async (page) => {
    const chip = page.locator('cl-filter-bar .chip .long');
    await setBar(page, { state: listState({ filter: '' }) });
    assert.equal(await chip.count(), 0);
    await setBar(page, {
      state: listState({ phase: 'filtering', examined: 1204, packets: 3_200_000, shown: 17 }),
    });
    assert.equal(await chip.textContent(), '1,204 of 3.2 M looked at, 17 shown');
    const progress = page.locator('cl-filter-bar [role=progressbar]');
    assert.equal(await progress.getAttribute('aria-valuenow'), '0');
    await setBar(page, {
      state: listState({ phase: 'filtering', examined: 1_600_000, packets: 3_200_000, shown: 1017 }),
    });
    assert.equal(await progress.getAttribute('aria-valuenow'), '50');
    await page.locator('cl-filter-bar .stop').click();
    assert.equal((await told(page, 'stop-wanted')).length, 1);
    await setBar(page, {
      state: listState({ shown: 1017, examined: 1_600_000, packets: 3_200_000, stopped: true }),
    });
    assert.equal(await chip.textContent(), '1,017 shown, stopped after 1.6 M of 3.2 M');
    assert.equal(await page.locator('cl-filter-bar .stop').count(), 0);
    await setBar(page, { state: listState({}) });
    assert.equal(await chip.textContent(), '2 of 10 packets');
    await setBar(page, { state: listState({ phase: 'sorting', share: 0.4 }) });
    assert.equal(await chip.textContent(), 'Sorting, 40 %');
  }));

for (const width of [900, 480, 320])
  test(`at ${width} pixels all stands on one line inside of the view`, () =>
    pages.use(
      async (page) => {
        await setBar(page, {
          filter: 'tcp.port == 443',
          state: listState({ phase: 'filtering', examined: 1_600_000, packets: 3_200_000, shown: 101_017 }),
        });
        await field(page).focus();
        await page.keyboard.type(' and ip.');
        await options(page).first().waitFor();
        const outside = await page.evaluate(() => {
          const bar = document.querySelector('cl-filter-bar')?.shadowRoot;
          const input = bar?.querySelector('cl-filter-input')?.shadowRoot;
          const parts = [
            ...(bar?.querySelectorAll('.chip, button') ?? []),
            ...(input?.querySelectorAll('input, cl-completion-list') ?? []),
          ];
          return parts
            .map((part) => part.getBoundingClientRect())
            .filter(({ left, right, width }) => width > 0 && (left < 0 || right > innerWidth || width < 16))
            .length;
        });
        assert.equal(outside, 0);
        const box = await page.locator('cl-filter-bar').boundingBox();
        assert.equal(box?.height, 30);
        assert.ok(((await field(page).boundingBox())?.width ?? 0) >= 40);
      },
      { width },
    ));

test('forced colours show no text twice, and mistakes still', () =>
  pages.use(
    async (page) => {
      await field(page).focus();
      await page.keyboard.type('tcp and bad');
      await verdict(page, 'wrong');
      const painted = await page.locator('cl-filter-bar .underlay').evaluate((underlay) => {
        const style = getComputedStyle(underlay);
        const wrong = underlay.querySelector('.wrong');
        return { colour: style.color, line: wrong && getComputedStyle(wrong).textDecorationLine };
      });
      assert.deepEqual(painted, { colour: 'rgba(0, 0, 0, 0)', line: 'underline' });
      await page.screenshot({ path: path.join(testResults, 'filter-bar-forced-colours.png') });
    },
    { forcedColours: true },
  ));

for (const theme of ['dark', 'light', 'high-contrast', 'high-contrast-light'] as const)
  test(`pictures of the filter bar: ${theme}`, () =>
    pages.use(
      async (page) => {
        const picture = (name: string) =>
          page.screenshot({ path: path.join(testResults, `filter-bar-${theme}-${name}.png`) });
        await setBar(page, {
          filter: 'icmp && ip.addr == 10.0.0.85',
          saved: ['icmp && ip.addr == 10.0.0.85', 'cilium.identity == 3352'],
          history: ['dns', 'tcp.flags.syn == 1'],
          state: listState({}),
        });
        await verdict(page, 'right');
        await picture('in-force');
        await page.locator('cl-filter-bar .history').click();
        await page.keyboard.press('ArrowDown');
        await picture('menu');
        await page.keyboard.press('Escape');
        await field(page).focus();
        await page.keyboard.press('End');
        await page.keyboard.type(' && ip.');
        await options(page).first().waitFor();
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('ArrowDown');
        await verdict(page, 'right');
        await picture('completion');
        await page.keyboard.press('Escape');
        await page.keyboard.type(' bad');
        await setBar(page, {
          state: listState({ phase: 'filtering', examined: 1_604_000, packets: 3_200_000, shown: 1017 }),
        });
        await verdict(page, 'wrong');
        await page.locator('cl-filter-bar .message').waitFor({ state: 'visible' });
        await picture('wrong');
      },
      { theme },
    ));
