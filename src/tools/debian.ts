/** Programs from Debian's packages, where this process may install them. */
import { existsSync } from 'node:fs';
import { findProgram, run } from './processes.js';
import { step } from './progress.js';

/** Installs a package as root on Debian and its kin; undefined where that is not possible. */
export async function installDebianPackage(name: string, program: string): Promise<string | undefined> {
  const root = process.getuid?.() === 0;
  if (!root || !existsSync('/etc/debian_version') || !findProgram('apt-get')) return undefined;
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const installed = await step(`Installing ${name} from Debian's packages (once)`, 40, async () => {
    await run('apt-get', ['update', '-q'], { env, timeoutSeconds: 300 });
    return run('apt-get', ['install', '-y', '-q', '--no-install-recommends', name], {
      env,
      timeoutSeconds: 600,
    });
  });
  return installed.ok ? findProgram(program) : undefined;
}
