/**
 * The suite for the extension host. `run` is what VS Code's own test loader and our runner extension call. How it
 * went is written to the file that CILIUM_LENS_TEST_OUTCOME names, the only way out of an extension host that
 * all editors have.
 */
import { readdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inspect } from 'node:util';
import { takeNotes } from './notes.js';

/** Runs every bundled test file beside this one. Rejects when a test failed. */
export async function run(): Promise<void> {
  const outcome = await runSuite();
  const file = process.env['CILIUM_LENS_TEST_OUTCOME'];
  if (file !== undefined) {
    // Written whole under another name first: somebody waits for the file to appear.
    writeFileSync(`${file}.part`, JSON.stringify(outcome, null, 2));
    renameSync(`${file}.part`, file);
  }
  if (outcome.failed > 0) throw new Error(`${outcome.failed} of the tests in the extension host failed`);
}

interface Failure {
  readonly title: string;
  readonly error: string;
}

interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Measurements worth showing. */
  readonly notes: readonly string[];
  readonly failures: readonly Failure[];
}

async function runSuite(): Promise<Outcome> {
  const failures: Failure[] = [];
  const count = { passed: 0, failed: 0, skipped: 0 };
  try {
    // An ES module, which the require of a bundle reads differently from one version of Node to the next.
    const { default: Mocha } = await import('mocha');
    const mocha = new Mocha({ ui: 'tdd', timeout: 20_000 });
    for (const name of readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).sort()) {
      if (name.endsWith('.test.js')) mocha.addFile(path.join(__dirname, name));
    }
    await new Promise<void>((resolve) => {
      mocha
        .run(() => {
          resolve();
        })
        .on('pass', () => count.passed++)
        .on('pending', () => count.skipped++)
        .on('fail', (test, error) => {
          count.failed++;
          failures.push({ title: test.fullTitle(), error: inspect(error, { depth: 6 }) });
        });
    });
  } catch (error) {
    count.failed++;
    failures.push({ title: 'loading the suite', error: inspect(error) });
  }
  return { ...count, notes: takeNotes(), failures };
}
