/** Notes of what was made from what, so that a step whose inputs did not change is not done again. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** All files at and below the given files and folders, sorted; those that do not exist are left out. */
export function filesBelow(places: readonly string[]): string[] {
  const found: string[] = [];
  for (const place of places) {
    if (!existsSync(place)) continue;
    if (statSync(place).isFile()) {
      found.push(place);
      continue;
    }
    for (const entry of readdirSync(place, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) found.push(path.join(entry.parentPath, entry.name));
    }
  }
  return found.sort();
}

/** One hash of the names and contents of files, and of any words that matter beside them. */
export function contentHash(files: readonly string[], words: readonly string[] = []): string {
  const hash = createHash('sha256');
  for (const word of words) hash.update(`${word}\0`);
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

/** True when the last successful run of a step had this hash. */
export function isStamped(folder: string, step: string, hash: string): boolean {
  const file = stampFile(folder, step);
  return existsSync(file) && readFileSync(file, 'utf8') === hash;
}

/** Notes that a step was done for this hash. */
export function stamp(folder: string, step: string, hash: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(stampFile(folder, step), hash);
}

function stampFile(folder: string, step: string): string {
  return path.join(folder, `${step}.stamp`);
}
