/** The filter bar and the find bar in a bare page. */
import { build } from 'esbuild';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { chromiumArguments, provideChromium } from '../../src/tools/chromium.js';
import { root } from '../../src/tools/paths.js';
import { themes, type ThemeName } from './themes.js';

/** The same policy as the extension's page, so that what it forbids fails here, too. */
const policy =
  "default-src 'none'; script-src 'self' 'nonce-test'; style-src 'self'; font-src 'self'; img-src 'self'";

export interface FilterPageOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
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

  /** Errors in the page, and what its policy refuses, are collected in `faults`. */
  async open({ theme = 'dark', width = 900 }: FilterPageOptions = {}): Promise<{
    page: Page;
    faults: string[];
  }> {
    const page = await this.browser.newPage({ viewport: { width, height: 400 } });
    page.setDefaultTimeout(5000);
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
