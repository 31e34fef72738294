/** Completion in the filter bar, in a bare page: by keyboard, by pointer, of hundreds. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { FilterPages, field, options, told } from './filterPage.js';

let pages: FilterPages;

before(async () => {
  pages = await FilterPages.start();
});

after(async () => {
  await pages.close();
});

test('completions are chosen by keyboard, and never take an Enter that was not meant for them', () =>
  pages.use(async (page) => {
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

test('a click takes a completion, and the keyboard stays in the field; undo takes it back', () =>
  pages.use(async (page) => {
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
  pages.use(async (page) => {
    await field(page).focus();
    await page.keyboard.type('ip.ev');
    await options(page).first().waitFor();
    assert.match(await options(page).first().innerText(), /<img src=x.*<U\+202E>␊second line/);
    assert.equal(await page.locator('cl-completion-list :is(img, b)').count(), 0);
  }));

test('of hundreds of completions only those in view are drawn, and every one is reached', () =>
  pages.use(async (page) => {
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
