/** The capture view in a bare page: no VS Code, so that its finer points can be tested in milliseconds. */
import { build } from 'esbuild';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { chromiumArguments, provideChromium } from '../../src/tools/chromium.js';
import { root } from '../../src/tools/paths.js';
import type { CaptureViewStart } from '../../src/rpc/captureView.js';
import type { ShownCapture } from './captureHost.js';
import { themes, type ThemeName } from './themes.js';

/** The same policy as the extension's page, so that what it forbids fails here, too. */
const policy =
  "default-src 'none'; script-src 'self' 'nonce-test'; style-src 'self'; font-src 'self'; img-src 'self'";

/** How a page is to be opened. */
export interface ViewPageOptions {
  readonly layout?: string;
  readonly size?: { readonly width: number; readonly height: number };
  readonly theme?: ThemeName;
  /** What the host gives the view to begin with, beside what is usual. */
  readonly start?: Partial<CaptureViewStart>;
}

/** Of the list, for all themes: the bars' own colours are in the themes. */
const listColours = {
  '--vscode-scrollbarSlider-background': 'rgba(121, 121, 121, 0.4)',
  '--vscode-editorWarning-foreground': '#cca700',
};

/** Chromium and a server that holds the bundled view; shared by all tests of a file. */
export class ViewPages {
  private constructor(
    private readonly browser: Browser,
    private readonly server: ReturnType<typeof createServer>,
  ) {}

  static async start(): Promise<ViewPages> {
    const bundle = async (file: string): Promise<string> => {
      const built = await build({
        entryPoints: [path.join(root, file)],
        bundle: true,
        write: false,
        format: 'iife',
        target: 'chrome132',
      });
      return built.outputFiles[0]?.text ?? '';
    };
    const scripts: Readonly<Record<string, string>> = {
      '/host.js': await bundle('test/browser/captureHost.ts'),
      '/view.js': await bundle('src/webview/capture/main.ts'),
    };
    const server = createServer((request, response) => {
      const script = scripts[request.url ?? ''];
      response.setHeader('content-type', script === undefined ? 'text/html' : 'text/javascript');
      if (script === undefined) response.setHeader('content-security-policy', policy);
      response.end(
        script ??
          '<!DOCTYPE html><html><head><meta charset="utf-8"></head><body><script src="/host.js"></script><script src="/view.js"></script></body></html>',
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const browser = await chromium.launch({
      executablePath: process.env['CILIUM_LENS_CHROMIUM'] ?? (await provideChromium()),
      args: [...chromiumArguments],
    });
    return new ViewPages(browser, server);
  }

  /** A page that shows a capture. Errors in the page, and what its policy refuses, are collected in `faults`. */
  async open(show: ShownCapture, options: ViewPageOptions = {}): Promise<{ page: Page; faults: string[] }> {
    const page = await this.browser.newPage({ viewport: options.size ?? { width: 1100, height: 700 } });
    page.setDefaultTimeout(10_000);
    const name = options.theme ?? 'dark';
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
    await page.addInitScript(
      ({ show, layout, start, theme, name }) => {
        Object.assign(globalThis, { host: { show, layout, start, log: [] } });
        document.addEventListener('DOMContentLoaded', () => {
          document.body.classList.add(...(name.startsWith('high-contrast') ? ['vscode-high-contrast'] : []));
          for (const [name, value] of Object.entries(theme))
            document.documentElement.style.setProperty(name, value);
        });
      },
      {
        show,
        layout: options.layout,
        start: options.start,
        theme: { ...listColours, ...themes[name] },
        name,
      },
    );
    await page.goto(`http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`);
    return { page, faults };
  }

  async close(): Promise<void> {
    await this.browser.close();
    this.server.close();
  }
}
