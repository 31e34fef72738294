/**
 * Eyes and hands for the tests in the browser: a real VS Code workbench with the packed extension. The tool that
 * runs these tests has started the host and says where it is in CILIUM_LENS_HOST.
 */
import assert from 'node:assert/strict';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Browser, type Frame, type Locator, type Page } from 'playwright-core';
import { chromiumArguments, chromiumPermissions } from '../../src/tools/chromium.js';
import { folderAddress } from '../../src/tools/hosts/embedded.js';
import { exampleWorkspace, root, testResults } from '../../src/tools/paths.js';

export type Theme =
  'Default Dark Modern' | 'Default Light Modern' | 'Default High Contrast' | 'Default High Contrast Light';

export interface WorkbenchOptions {
  readonly theme?: Theme;
  /** Workspace settings beside the theme. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Files to put into the workspace, by their paths in it, beside the example and `fixtures`. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** In CSS pixels; 1280 × 800 unless told. */
  readonly size?: { readonly width: number; readonly height: number };
}

/** How long the workbench may take for anything, in milliseconds. */
const patience = 30_000;

/** A page with the workbench on a workspace of its own: the example, with the test fixtures below `fixtures`. */
export class Workbench {
  private constructor(
    private readonly browser: Browser,
    readonly page: Page,
    /** The workspace's folder. Tests may change it: it is a copy. */
    readonly folder: string,
  ) {}

  /** Opens the workbench and waits until it can be used. Close it in the end. */
  static async open(options: WorkbenchOptions = {}): Promise<Workbench> {
    const address = process.env['CILIUM_LENS_HOST'];
    const program = process.env['CILIUM_LENS_CHROMIUM'];
    assert.ok(address && program, 'run these tests with: npm test -- browser');
    const folder = makeWorkspace(options);
    const browser = await chromium.launch({ executablePath: program, args: [...chromiumArguments] });
    const page = await browser.newPage({
      viewport: options.size ?? { width: 1280, height: 800 },
      permissions: [...chromiumPermissions],
    });
    page.setDefaultTimeout(patience);
    const workbench = new Workbench(browser, page, folder);
    await page.goto(folderAddress(address, folder));
    await workbench.ready();
    return workbench;
  }

  async close(): Promise<void> {
    await this.browser.close();
    rmSync(path.dirname(this.folder), { recursive: true, force: true });
  }

  /** Reloads the window, as "Developer: Reload Window" does. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.ready();
  }

  /** Opens a file by its path in the workspace, by way of quick open. */
  async openFile(name: string): Promise<void> {
    // An absolute path needs no search, so it works before the file index is there.
    await this.quickInput('Control+P', path.join(this.folder, name));
    await this.tab(path.basename(name)).waitFor();
  }

  /** Runs a command of the palette by its whole title. */
  async runCommand(title: string): Promise<void> {
    await this.quickInput('F1', `>${title}`);
  }

  /** Runs a command that asks something in its turn, and takes the answer with this label. */
  async runAndAnswer(title: string, answer: string): Promise<void> {
    await this.enterQuickInput('F1', `>${title}`);
    await this.answer(answer);
  }

  /** Takes the answer with this label to what the workbench asks. */
  async answer(label: string): Promise<void> {
    const rows = this.page.locator('.quick-input-list .monaco-list-row');
    const row = rows.filter({ has: this.page.getByText(label, { exact: true }) });
    await row.waitFor();
    // The palette's own rows may still be there for a moment, and push this one about.
    await rows.filter({ hasText: 'Cilium Lens: ' }).first().waitFor({ state: 'hidden' });
    await row.click();
    await row.waitFor({ state: 'hidden' });
  }

  /** The titles that the command palette offers for a text. */
  async commandsFor(text: string): Promise<string[]> {
    await this.page.keyboard.press('F1');
    const input = this.page.locator('.quick-input-widget input.input');
    await input.fill(`>${text}`);
    const rows = this.page.locator('.quick-input-list .monaco-list-row');
    await rows.first().waitFor();
    const titles = await rows.locator('.label-name').allInnerTexts();
    await this.page.keyboard.press('Escape');
    return titles;
  }

  /** An editor's tab, by its file name. */
  tab(name: string): Locator {
    return this.page.locator('.tabs-container .tab', { hasText: name });
  }

  /** The lines of the text editor in front. */
  lines(): Locator {
    return this.page.locator('.editor-instance .view-lines .view-line');
  }

  /** Puts the cursor of the text editor on a line (from 1), which brings it into view. */
  async goToLine(line: number): Promise<void> {
    await this.page.keyboard.press('Control+G');
    const input = this.page.locator('.quick-input-widget input.input');
    await input.fill(`:${line}`);
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: `line ${line}` }).waitFor();
    await this.page.keyboard.press('Enter');
    await input.waitFor({ state: 'hidden' });
  }

  /** Puts the mouse on the first such text of the text editor and returns what the hover says. */
  async hover(text: string): Promise<string> {
    const hover = this.page.locator('.monaco-hover:not(.hidden)').first();
    return this.eventually(`a hover on "${text}"`, async () => {
      const place = await this.placeOf(text);
      await this.page.mouse.move(place.x, place.y);
      const isThere = await hover
        .locator('.hover-contents')
        .first()
        .waitFor({ timeout: 3000 })
        .then(() => true)
        .catch(() => false);
      if (isThere) return hover.innerText();
      // The extension may still be waking up, and the workbench asks again only when the mouse has been elsewhere.
      await this.page.mouse.move(place.x, place.y + 60);
      return undefined;
    });
  }

  /** Clicks on the first such text of the text editor, which puts the cursor there. */
  async clickText(text: string): Promise<void> {
    const { x, y } = await this.placeOf(text);
    await this.page.mouse.click(x, y);
  }

  /** The page inside our webview that has an element of this selector. */
  async webview(selector: string): Promise<Frame> {
    const end = performance.now() + patience;
    while (performance.now() < end) {
      for (const frame of this.page.frames()) {
        // A frame may go away while we look at it.
        const found = await frame.$(selector).catch(() => null);
        if (found !== null && frame !== this.page.mainFrame()) return frame;
      }
      await this.page.waitForTimeout(100);
    }
    throw new Error(`no webview shows ${selector} after ${patience / 1000} s`);
  }

  /** Opens a capture in our editor and waits for its first row. */
  async openCapture(name: string): Promise<Frame> {
    const view = await this.openCaptureView(name);
    await view.locator('cl-packet-list .row').first().waitFor();
    return view;
  }

  /**
   * Opens a file in the capture editor, whatever the editor shows of it. Right after its start the workbench does not
   * know of that editor yet and takes its own, so this tries until it does.
   */
  async openCaptureView(name: string): Promise<Frame> {
    return this.eventually(`${name} in the capture editor`, async () => {
      await this.openFile(name);
      const isOurs = await this.page
        .locator('iframe.webview')
        .first()
        .waitFor({ timeout: 3000 })
        .then(() => true)
        .catch(() => false);
      if (isOurs) return this.webview('cl-capture-app');
      await this.runCommand('View: Close All Editors');
      return undefined;
    });
  }

  /** Takes a picture of the window into test-results and returns its path. */
  async screenshot(name: string): Promise<string> {
    mkdirSync(testResults, { recursive: true });
    const file = path.join(testResults, `${name}.png`);
    await this.page.screenshot({ path: file });
    return file;
  }

  /** Asks again until a look gives something other than undefined or false, and returns that. */
  async eventually<T>(what: string, look: () => Promise<T | undefined | false>): Promise<T> {
    const end = performance.now() + patience;
    while (performance.now() < end) {
      const seen = await look();
      if (seen !== undefined && seen !== false) return seen;
      await this.page.waitForTimeout(50);
    }
    throw new Error(`${what}: not seen within ${patience / 1000} s`);
  }

  private async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench .explorer-folders-view .monaco-list-row').first().waitFor();
  }

  private async quickInput(key: string, text: string): Promise<void> {
    await this.enterQuickInput(key, text);
    await this.page.locator('.quick-input-widget input.input').waitFor({ state: 'hidden' });
  }

  private async enterQuickInput(key: string, text: string): Promise<void> {
    await this.page.keyboard.press(key);
    const input = this.page.locator('.quick-input-widget input.input');
    await input.fill(text);
    const name = text.startsWith('>') ? text.slice(1) : path.basename(text);
    // Not until the wanted row is on top: Enter takes whatever is.
    await this.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: name }).waitFor();
    await this.page.keyboard.press('Enter');
  }

  /** The middle of a text in the text editor, in page coordinates. */
  private async placeOf(text: string): Promise<{ x: number; y: number }> {
    return this.eventually(`"${text}" in the editor`, () =>
      this.page.evaluate(findText, { selector: '.editor-instance .view-lines .view-line', text }),
    );
  }
}

/** Runs in the page: the middle of the first occurrence of a text in elements that spread it over many spans. */
function findText({
  selector,
  text,
}: {
  selector: string;
  text: string;
}): { x: number; y: number } | undefined {
  const wanted = text.replaceAll(' ', '\u00a0');
  const lines = [...document.querySelectorAll(selector)].sort(
    (a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top,
  );
  for (const line of lines) {
    const whole = line.textContent.replaceAll(' ', '\u00a0');
    const start = whole.indexOf(wanted);
    if (start < 0) continue;
    const middle = start + Math.floor(wanted.length / 2);
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    let passed = 0;
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const length = (node.textContent ?? '').length;
      if (middle < passed + length) {
        const range = document.createRange();
        range.setStart(node, middle - passed);
        range.setEnd(node, middle - passed + 1);
        const box = range.getBoundingClientRect();
        return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
      }
      passed += length;
    }
  }
  return undefined;
}

function makeWorkspace(options: WorkbenchOptions): string {
  // The real path: on macOS the folder for temporary files is behind a link, which the editor would not follow.
  const folder = path.join(realpathSync(mkdtempSync(path.join(tmpdir(), 'cilium-lens-'))), 'native-routing');
  if (existsSync(exampleWorkspace)) cpSync(exampleWorkspace, folder, { recursive: true });
  const fixtures = path.join(root, 'test/fixtures');
  if (existsSync(fixtures)) cpSync(fixtures, path.join(folder, 'fixtures'), { recursive: true });
  for (const [name, content] of Object.entries(options.files ?? {})) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  const settings = path.join(folder, '.vscode/settings.json');
  mkdirSync(path.dirname(settings), { recursive: true });
  const given: unknown = existsSync(settings) ? JSON.parse(readFileSync(settings, 'utf8')) : {};
  const theme = options.theme ?? 'Default Dark Modern';
  writeFileSync(
    settings,
    JSON.stringify({ ...Object(given), 'workbench.colorTheme': theme, ...options.settings }),
  );
  return folder;
}
