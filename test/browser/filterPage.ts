/** The filter bar and the find bar in a bare page. */
import assert from 'node:assert/strict';
import { build } from 'esbuild';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import { chromiumArguments, provideChromium } from '../../src/tools/chromium.js';
import { root } from '../../src/tools/paths.js';
import { themes, type ThemeName } from './themes.js';

/** The same policy as the extension's page, so that what it forbids fails here, too. */
const policy =
  "default-src 'none'; script-src 'self' 'nonce-test'; style-src 'self'; font-src 'self'; img-src 'self'";

export interface FilterPageOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  /** Colours as a system with a contrast theme forces them on pages. */
  readonly forcedColours?: boolean;
}

export type BarName = 'cl-filter-bar' | 'cl-find-bar';

/** What the bars have told under a name. */
export async function told(page: Page, name: string): Promise<unknown[]> {
  return page.evaluate(
    (name) => globalThis.filterPage.log.filter((one) => one.name === name).map((one) => one.detail),
    name,
  );
}

/** Gives a bar other properties, and waits until it shows them. */
export async function set(page: Page, bar: BarName, properties: Record<string, unknown>): Promise<void> {
  await page.evaluate(
    async ({ bar, properties }) => {
      const element = document.querySelector(bar);
      Object.assign(element ?? {}, properties);
      await (element as unknown as { updateComplete: Promise<unknown> }).updateComplete;
    },
    { bar, properties },
  );
}

export const field = (page: Page, bar: BarName = 'cl-filter-bar') => page.locator(`${bar} input`);
export const options = (page: Page, bar: BarName = 'cl-filter-bar') => page.locator(`${bar} [role=option]`);

/** Waits until a bar's field is judged so. */
export async function verdict(page: Page, is: string, bar: BarName = 'cl-filter-bar'): Promise<void> {
  await page.locator(`${bar} cl-filter-input[data-verdict=${is}]`).waitFor();
}

/** True when an element has the keyboard. */
export async function hasFocus(element: Locator): Promise<boolean> {
  return element.evaluate((one) => one.matches(':focus'));
}

/** Chromium and a server that holds the page; shared by all tests of a file. */
export class FilterPages {
  private constructor(
    private readonly browser: Browser,
    private readonly server: ReturnType<typeof createServer>,
  ) {}

  static async start(): Promise<FilterPages> {
    const built = await build({
      entryPoints: [path.join(root, 'test/browser/filterHost.ts')],
      bundle: true,
      write: false,
      format: 'iife',
      target: 'chrome132',
    });
    const script = built.outputFiles[0]?.text ?? '';
    const server = createServer((request, response) => {
      const isScript = request.url === '/page.js';
      response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
      if (!isScript) response.setHeader('content-security-policy', policy);
      response.end(
        isScript
          ? script
          : '<!DOCTYPE html><html><head><meta charset="utf-8"></head><body><script src="/page.js"></script></body></html>',
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const browser = await chromium.launch({
      executablePath: process.env['CILIUM_LENS_CHROMIUM'] ?? (await provideChromium()),
      args: [...chromiumArguments],
    });
    return new FilterPages(browser, server);
  }

  /** Opens the page, lets a test use it, and then looks for faults: errors, or what the policy of the page refused. */
  async use(work: (page: Page) => Promise<void>, options: FilterPageOptions = {}): Promise<void> {
    const { page, faults } = await this.open(options);
    try {
      await work(page);
      assert.deepEqual(faults, []);
      assert.deepEqual(await told(page, 'injected'), []);
    } finally {
      await page.close();
    }
  }

  private async open({ theme = 'dark', width = 900, forcedColours = false }: FilterPageOptions): Promise<{
    page: Page;
    faults: string[];
  }> {
    const page = await this.browser.newPage({ viewport: { width, height: 400 } });
    page.setDefaultTimeout(5000);
    if (forcedColours) await page.emulateMedia({ forcedColors: 'active' });
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
    await page.addInitScript((colours) => {
      document.addEventListener('DOMContentLoaded', () => {
        for (const [name, value] of Object.entries(colours))
          document.documentElement.style.setProperty(name, value);
        // The find bar hangs over a list.
        const list = document.getElementById('cl-find-bar');
        if (list) list.style.cssText = 'position: relative; height: 200px';
      });
    }, themes[theme]);
    await page.goto(`http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`);
    return { page, faults };
  }

  async close(): Promise<void> {
    await this.browser.close();
    this.server.close();
  }
}
