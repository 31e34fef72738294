/** The VS Code that is already on the machine. */
import { resolveCliArgsFromVSCodeExecutablePath } from '@vscode/test-electron';
import { existsSync } from 'node:fs';
import { ToolFailure } from '../failure.js';
import { findProgram, mustRun } from '../processes.js';

/** A command line of VS Code: program and first arguments. */
export type DesktopEditor = readonly [program: string, ...args: string[]];

/** The editor that VSCODE_EXECUTABLE names, else the `code` command; undefined when there is neither. */
export function findDesktopEditor(): DesktopEditor | undefined {
  const named = process.env['VSCODE_EXECUTABLE'];
  if (named) {
    if (!existsSync(named)) throw new ToolFailure(`VSCODE_EXECUTABLE names ${named}, which does not exist.`);
    const [program, ...args] = resolveCliArgsFromVSCodeExecutablePath(named, { reuseMachineInstall: true });
    return [program ?? named, ...args];
  }
  const code = findProgram('code');
  if (code === undefined) return undefined;
  // Node starts a .cmd file only through the command interpreter.
  return code.endsWith('.cmd') ? ['cmd.exe', '/d', '/c', code] : [code];
}

/** Installs a packed extension and opens a folder. */
export async function openInDesktop(editor: DesktopEditor, vsix: string, folder: string): Promise<void> {
  const [program, ...args] = editor;
  const options = { timeoutSeconds: 120 };
  await mustRun(
    'install the extension in VS Code',
    program,
    [...args, '--install-extension', vsix, '--force'],
    options,
  );
  await mustRun('open the example workspace', program, [...args, folder], options);
}
