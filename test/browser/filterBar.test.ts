/** The filter bar in a bare page: typing, completion, mistakes, history, what it tells, how it looks. */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { ListState } from '../../src/rpc/packetList.js';
import { testResults } from '../../src/tools/paths.js';
import { FilterPages, type FilterPageOptions } from './filterPage.js';

let pages: FilterPages;

before(async () => {
  pages = await FilterPages.start();
  mkdirSync(testResults, { recursive: true });
});

after(async () => {
  await pages.close();
});

/** Opens the page, lets a test use it, and then looks for faults: errors, or what the policy of the page refused. */
async function withPage(work: (page: Page) => Promise<void>, options: FilterPageOptions = {}): Promise<void> {
  const { page, faults } = await pages.open(options);
  try {
    await work(page);
    assert.deepEqual(faults, []);
    assert.equal((await told(page, 'injected')).length, 0);
  } finally {
    await page.close();
  }
}

const field = (page: Page) => page.locator('cl-filter-bar input');
const options = (page: Page) => page.locator('cl-filter-bar [role=option]');
const verdict = (page: Page, is: string) =>
  page.locator(`cl-filter-bar cl-filter-input[data-verdict=${is}]`).waitFor();

/** What the bar has told under a name. */
async function told(page: Page, name: string): Promise<unknown[]> {
  return page.evaluate(
    (name) => globalThis.filterPage.log.filter((one) => one.name === name).map((one) => one.detail),
    name,
  );
}

async function set(page: Page, properties: Record<string, unknown>): Promise<void> {
  await page.evaluate(async (properties) => {
    const bar = document.querySelector('cl-filter-bar');
    Object.assign(bar ?? {}, properties);
    await (bar as unknown as { updateComplete: Promise<unknown> }).updateComplete;
  }, properties);
}

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
  withPage(async (page) => {
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
  withPage(async (page) => {
    await field(page).focus();
    await page.keyboard.type('tcp.port and bad or x');
    await verdict(page, 'wrong');
    const wrong = page.locator('cl-filter-bar .wrong');
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
  withPage(
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

test('completions are chosen by keyboard, and never take an Enter that was not meant for them', () =>
  withPage(async (page) => {
    await field(page).focus();
    await page.keyboard.type('ip.');
    await options(page).first().waitFor();
    assert.equal(await options(page).count(), 5);
    assert.equal(await field(page).getAttribute('role'), 'combobox');
    assert.equal(await field(page).getAttribute('aria-expanded'), 'true');
    assert.equal(await field(page).getAttribute('aria-activedescendant'), null);

    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    const active = await field(page).evaluate((input: HTMLInputElement) => {
      const scope = input.getRootNode() as ShadowRoot;
      const option = scope.getElementById(input.getAttribute('aria-activedescendant') ?? '');
      const list = scope.getElementById(input.getAttribute('aria-controls') ?? '');
      return {
        name: option?.querySelector('.name')?.textContent,
        selected: option?.ariaSelected,
        isIn: list?.contains(option),
        place: `${option?.ariaPosInSet} of ${option?.ariaSetSize}`,
      };
    });
    assert.deepEqual(active, { name: 'ip.dst', selected: 'true', isIn: true, place: '2 of 5' });
    await page.keyboard.press('Enter');
    assert.equal(await field(page).inputValue(), 'ip.dst');
    assert.deepEqual(await told(page, 'filter-wanted'), [], 'this Enter chose a completion');
    assert.equal(await options(page).count(), 0);

    await page.keyboard.type(' ');
    await options(page).first().waitFor();
    await page.keyboard.press('Enter');
    assert.deepEqual(await told(page, 'filter-wanted'), ['ip.dst'], 'this one applied the filter');
    assert.equal(await options(page).count(), 0);

    await page.keyboard.type('and tcp');
    await options(page).first().waitFor();
    await page.keyboard.press('Tab');
    assert.equal(await field(page).inputValue(), 'ip.dst and tcp.port');
    await page.keyboard.type(' ');
    await options(page).first().waitFor();
    await page.keyboard.press('Tab');
    assert.equal(
      await field(page).inputValue(),
      'ip.dst and tcp.port ',
      'nothing was begun, so Tab moves on',
    );
    assert.equal(await options(page).count(), 0);
  }));

test('Escape closes the list, takes an edit back, and goes to the packets', () =>
  withPage(async (page) => {
    await set(page, { filter: 'icmp' });
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

test('a click takes a completion, and the keyboard stays in the field; undo takes it back', () =>
  withPage(async (page) => {
    await field(page).focus();
    await page.keyboard.type('not ip.');
    await options(page).first().waitFor();
    const name = await options(page).first().locator('.name').boundingBox();
    const typed = await options(page).first().locator('.typed').boundingBox();
    const line = await field(page).boundingBox();
    assert.ok(name && typed && line);
    assert.ok(name.y >= line.y + line.height, 'below the field');
    assert.ok(Math.abs(name.x - (line.x + 4 + 4 * (typed.width / 3))) <= 1, 'below the word');
    await options(page).filter({ hasText: 'ip.ttl' }).click();
    assert.equal(await field(page).inputValue(), 'not ip.ttl');
    await page.keyboard.type('2');
    assert.equal(await field(page).inputValue(), 'not ip.ttl2');
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    assert.equal(await field(page).inputValue(), 'not ip.');
  }));

test('texts of completions are texts', () =>
  withPage(async (page) => {
    await field(page).focus();
    await page.keyboard.type('ip.ev');
    await options(page).first().waitFor();
    assert.match(await options(page).first().innerText(), /<img src=x.*<U\+202E>␊second line/);
    assert.equal(await page.locator('cl-completion-list :is(img, b)').count(), 0);
  }));

test('of hundreds of completions only those in view are drawn, and every one is reached', () =>
  withPage(async (page) => {
    await field(page).focus();
    await page.keyboard.type('many.');
    await options(page).first().waitFor();
    assert.ok((await options(page).count()) <= 24);
    const list = page.locator('cl-completion-list');
    const height = await list.evaluate((element) => element.clientHeight);
    assert.ok(height <= 12 * 22 + 2, `${height} px`);
    assert.equal(await options(page).first().getAttribute('aria-setsize'), '500');
    await page.keyboard.press('ArrowUp');
    const last = options(page).filter({ hasText: 'many.f499' });
    await last.waitFor();
    assert.equal(await last.getAttribute('aria-selected'), 'true');
    const [row, box] = [await last.boundingBox(), await list.boundingBox()];
    assert.ok(row && box && row.y >= box.y && row.y + row.height <= box.y + box.height, 'in view');
    await page.keyboard.press('PageUp');
    await page.keyboard.press('Enter');
    assert.equal(await field(page).inputValue(), 'many.f488');

    await page.keyboard.press('Backspace');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Control+Space');
    await options(page).first().waitFor();
    await list.hover();
    await page.mouse.wheel(0, 300 * 22);
    await options(page).filter({ hasText: 'many.f305' }).click();
    assert.equal(await field(page).inputValue(), 'many.f305');
  }));

test('an input method’s Enter applies nothing, and its text is checked once it is there', () =>
  withPage(async (page) => {
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
  withPage(async (page) => {
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
  withPage(async (page) => {
    await page.evaluate(() => {
      globalThis.filterPage.delayOf = () => 60_000;
    });
    await field(page).focus();
    await page.keyboard.type('ip.ttl == x');
    await page.keyboard.press('Enter');
    assert.deepEqual(await told(page, 'filter-wanted'), ['ip.ttl == x']);
    await set(page, { mistakes: [{ start: 10, end: 11, message: 'A number is expected.' }] });
    await verdict(page, 'wrong');
    assert.deepEqual(await page.locator('cl-filter-bar .wrong').allTextContents(), ['x']);
    await page.getByText('A number is expected.').first().waitFor();
  }));

test('Alt+Up and Alt+Down walk through the history and back to what was typed', () =>
  withPage(async (page) => {
    await set(page, { history: ['dns', 'tcp', 'arp'] });
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
  withPage(async (page) => {
    await set(page, { history: ['dns'], saved: ['arp'], filter: 'tcp' });
    assert.equal(await field(page).inputValue(), 'tcp');
    assert.deepEqual(await told(page, 'filters-kept'), [{ history: ['tcp', 'dns'], saved: ['arp'] }]);
    await field(page).focus();
    await page.keyboard.press('End');
    await page.keyboard.type('.port');
    await page.keyboard.press('Enter');
    await page.keyboard.type(' == 80');
    await set(page, { filter: 'tcp.port' });
    assert.equal(await field(page).inputValue(), 'tcp.port == 80');
    await page.locator('cl-filter-bar .history').focus();
    await set(page, { filter: 'icmp' });
    assert.equal(await field(page).inputValue(), 'icmp');
  }));

test('the star saves a filter and takes it out again', () =>
  withPage(async (page) => {
    const star = page.locator('cl-filter-bar .star');
    assert.equal(await star.isDisabled(), true);
    await field(page).focus();
    await page.keyboard.type('icmp ');
    await star.click();
    assert.deepEqual(await told(page, 'filters-kept'), [{ history: [], saved: ['icmp'] }]);
    await set(page, { saved: ['icmp'] });
    assert.equal(await star.getAttribute('aria-pressed'), 'true');
    await star.click();
    assert.deepEqual((await told(page, 'filters-kept'))[1], { history: [], saved: [] });
  }));

test('the menu offers saved and recent filters; a choice is applied, Delete forgets one', () =>
  withPage(async (page) => {
    const evil = '"<img src=x onerror=alert(1)>"';
    await set(page, { history: ['dns', 'arp', evil], saved: ['arp', 'tcp'] });
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
    assert.equal(await button.evaluate((element) => element.matches(':focus')), true);
    await button.press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    assert.deepEqual(await told(page, 'filter-wanted'), ['tcp']);
    assert.equal(await field(page).inputValue(), 'tcp');
    assert.equal(await field(page).evaluate((element) => element.matches(':focus')), true);
    await button.click();
    await button.click();
    assert.equal(await page.locator('cl-filter-menu').count(), 0, 'the button closes what it opened');
    await button.click();
    await page.locator('cl-filter-menu .option', { hasText: 'dns' }).click();
    assert.deepEqual(await told(page, 'filter-wanted'), ['tcp', 'dns']);
  }));

test('clear empties the field, and shows all packets again when some were hidden', () =>
  withPage(async (page) => {
    const clear = page.locator('cl-filter-bar .clear');
    assert.equal(await clear.count(), 0);
    await field(page).focus();
    await page.keyboard.type('tcp');
    await clear.click();
    assert.equal(await field(page).inputValue(), '');
    assert.deepEqual(await told(page, 'filter-wanted'), []);
    await set(page, { filter: 'arp' });
    await clear.click();
    assert.deepEqual(await told(page, 'filter-wanted'), ['']);
    assert.equal(await field(page).evaluate((element) => element.matches(':focus')), true);
  }));

test('prepared filters stand in the field, ready to go on with, and undo brings back what was there', () =>
  withPage(async (page) => {
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
  withPage(async (page) => {
    const chip = page.locator('cl-filter-bar .chip .long');
    await set(page, { state: listState({ filter: '' }) });
    assert.equal(await chip.count(), 0);
    await set(page, {
      state: listState({ phase: 'filtering', examined: 1204, packets: 3_200_000, shown: 17 }),
    });
    assert.equal(await chip.textContent(), '1,204 of 3.2 M looked at, 17 shown');
    const progress = page.locator('cl-filter-bar [role=progressbar]');
    assert.equal(await progress.getAttribute('aria-valuenow'), '0');
    await set(page, {
      state: listState({ phase: 'filtering', examined: 1_600_000, packets: 3_200_000, shown: 1017 }),
    });
    assert.equal(await progress.getAttribute('aria-valuenow'), '50');
    await page.locator('cl-filter-bar .stop').click();
    assert.equal((await told(page, 'stop-wanted')).length, 1);
    await set(page, {
      state: listState({ shown: 1017, examined: 1_600_000, packets: 3_200_000, stopped: true }),
    });
    assert.equal(await chip.textContent(), '1,017 shown, stopped after 1.6 M of 3.2 M');
    assert.equal(await page.locator('cl-filter-bar .stop').count(), 0);
    await set(page, { state: listState({}) });
    assert.equal(await chip.textContent(), '2 of 10 packets');
    await set(page, { state: listState({ phase: 'sorting', share: 0.4 }) });
    assert.equal(await chip.textContent(), 'Sorting, 40 %');
  }));

for (const width of [900, 480, 320])
  test(`at ${width} pixels all stands on one line inside of the view`, () =>
    withPage(
      async (page) => {
        await set(page, {
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

for (const theme of ['dark', 'light', 'high-contrast', 'high-contrast-light'] as const)
  test(`pictures of the filter bar: ${theme}`, () =>
    withPage(
      async (page) => {
        const picture = (name: string) =>
          page.screenshot({ path: path.join(testResults, `filter-bar-${theme}-${name}.png`) });
        await set(page, {
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
        await set(page, {
          state: listState({ phase: 'filtering', examined: 1_604_000, packets: 3_200_000, shown: 1017 }),
        });
        await verdict(page, 'wrong');
        await page.locator('cl-filter-bar .message').waitFor({ state: 'visible' });
        await picture('wrong');
      },
      { theme },
    ));
