import { stat, watch, type FSWatcher, type Stats } from 'node:fs';
import path from 'node:path';

/** Milliseconds between two calls of the listener, at least: a capture that is being written changes all the time. */
const shortestPause = 100;
/** Milliseconds between two looks at the file: where the system tells of changes, and where it does not. */
const slowLook = 1000;
const fastLook = 250;

/** A running watch. */
export interface FileWatch {
  close(): void;
}

/**
 * Calls `onChange` soon after a file has changed, was removed or replaced; at most ten times a second, the last time
 * after the last change. Says nothing of what has changed. It does not keep the process running.
 *
 * The system is asked to tell (of the folder, since a watch on the file itself would follow it when it is renamed),
 * and besides the file is looked at now and then: network file systems tell nothing of what other machines write, and
 * some do not even say that they tell nothing. A change that was found by looking, and only so, makes the looks
 * frequent.
 */
export function watchFile(file: string, onChange: () => void): FileWatch {
  const name = path.basename(file);
  const tell = paced(onChange);
  let closed = false;
  let told = false;
  let last: string | undefined;
  let timer: NodeJS.Timeout | undefined;
  let watcher = startWatcher(
    path.dirname(file),
    (changed) => {
      // Some systems do not name the file.
      if (changed !== null && changed !== name) return;
      told = true;
      tell.soon();
    },
    () => {
      stopWatcher();
      lookAfter(fastLook);
    },
  );

  function stopWatcher(): void {
    watcher?.close();
    watcher = undefined;
  }

  function lookAfter(pause: number): void {
    if (closed) return;
    clearTimeout(timer);
    timer = setTimeout(look, pause).unref();
  }

  function look(): void {
    stat(file, (error, stats) => {
      if (closed) return;
      const now = error ? (error.code ?? error.message) : appearance(stats);
      if (last !== undefined && now !== last) {
        // Whoever was told already finds nothing new, at the price of one more look.
        tell.soon();
        if (!told) stopWatcher();
      }
      last = now;
      told = false;
      lookAfter(watcher ? slowLook : fastLook);
    });
  }

  look();
  return {
    close() {
      closed = true;
      clearTimeout(timer);
      stopWatcher();
      tell.close();
    },
  };
}

/** What shows that a file is not as it was. */
function appearance({ dev, ino, size, mtimeMs }: Stats): string {
  return [dev, ino, size, mtimeMs].join(' ');
}

/** Watches a folder; undefined where that is not possible. `fail` is called when it no longer is. */
function startWatcher(
  folder: string,
  changed: (name: string | null) => void,
  fail: () => void,
): FSWatcher | undefined {
  try {
    const watcher = watch(folder, { persistent: false }, (_, name) => {
      changed(name);
    });
    watcher.on('error', fail);
    return watcher;
  } catch {
    return undefined;
  }
}

/** Gathers calls: the first one goes through, those within the pause behind it become one at its end. */
function paced(call: () => void): { soon(): void; close(): void } {
  let timer: NodeJS.Timeout | undefined;
  let again = false;
  let closed = false;
  const go = (): void => {
    again = false;
    timer = setTimeout(() => {
      timer = undefined;
      if (again) go();
    }, shortestPause).unref();
    call();
  };
  return {
    soon() {
      if (closed) return;
      if (timer) again = true;
      else go();
    },
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}
