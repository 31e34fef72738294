/** Folders that live as long as the work that needs them. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Makes an empty folder, hands it to `work` and removes it afterwards, whatever happened. */
export async function withTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  // The real path: on macOS the folder for temporary files lies behind a link, which editors do not follow.
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'cilium-lens-')));
  try {
    return await work(folder);
  } finally {
    // A server that was just stopped may still be writing.
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
