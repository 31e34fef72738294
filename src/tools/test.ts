/** `npm test`: all that a reviewer would do, in parts. */
import { CannotRunHere, ToolFailure } from './failure.js';
import { provideChromium } from './chromium.js';
import { installHost } from './hosts/install.js';
import { newestHost } from './hosts/versions.js';
import { packExtension } from './pack.js';
import { browser } from './parts/browser.js';
import { checks } from './parts/checks.js';
import { hostSuites } from './parts/hostSuite.js';
import type { Part, PartOutcome, Preparations } from './parts/part.js';
import { unit } from './parts/unit.js';
import { secondsSince } from './progress.js';

/** In the order they run: quick ones first. */
const parts: readonly Part[] = [...checks, unit, ...hostSuites, browser];

/** Parts that need an embedded editor. */
const inEditor = new Set(['vscode', 'browser']);

/**
 * Runs the parts that the arguments name, or all but those that run on request only. The last line printed is
 * `N passed, N failed, N skipped`. Under CI nothing may be skipped: there a skip counts as a failure.
 */
export async function testCommand(args: readonly string[]): Promise<number> {
  const chosen = choose(args);
  const tools = preparations();
  if (chosen.some(({ name }) => inEditor.has(name))) {
    // Installing waits for the network, so it goes on beside the first parts; who needs it meets its error.
    tools.newestHost().catch(() => undefined);
  }
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const part of chosen) {
    const outcome = await runPart(part, tools);
    total.passed += outcome.passed;
    total.failed += outcome.failed;
    total.skipped += outcome.skipped;
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  return total.failed === 0 ? 0 : 1;
}

function choose(names: readonly string[]): readonly Part[] {
  const unknown = names.find((name) => !parts.some((part) => part.name === name));
  if (unknown !== undefined) {
    throw new ToolFailure(
      `There is no part "${unknown}". Known: ${parts.map(({ name }) => name).join(', ')}.`,
    );
  }
  return names.length === 0
    ? parts.filter(({ onRequest }) => !onRequest)
    : parts.filter(({ name }) => names.includes(name));
}

async function runPart(part: Part, tools: Preparations): Promise<PartOutcome> {
  console.log(`\n${part.title} (${part.name})`);
  const started = performance.now();
  const outcome = strict(await attempt(part, tools));
  const { passed, failed, skipped, report } = outcome;
  if (report !== '') console.log(report.replace(/^/gm, '  '));
  console.log(`  ${passed} passed, ${failed} failed, ${skipped} skipped in ${secondsSince(started)}`);
  return outcome;
}

async function attempt(part: Part, tools: Preparations): Promise<PartOutcome> {
  try {
    return await part.run(tools);
  } catch (error) {
    if (error instanceof CannotRunHere) {
      return { passed: 0, failed: 0, skipped: 1, report: `skipped: ${error.message}` };
    }
    const report =
      error instanceof ToolFailure ? error.message : String(error instanceof Error ? error.stack : error);
    return { passed: 0, failed: 1, skipped: 0, report };
  }
}

/** Under CI, what was skipped has failed. */
function strict(outcome: PartOutcome): PartOutcome {
  if (process.env['CI'] !== 'true' || outcome.skipped === 0) return outcome;
  return { ...outcome, failed: outcome.failed + outcome.skipped, skipped: 0 };
}

function preparations(): Preparations {
  return {
    packed: once(packExtension),
    newestHost: once(() => installHost(newestHost)),
    chromium: once(provideChromium),
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
