import { readFile, stat } from 'node:fs/promises';
import { counted } from '../core/base/words.js';
import type { CiliumVersion } from '../core/cilium/version.js';
import { lint as lintYaml } from '../core/configmap/lint.js';
import { rules } from '../core/configmap/rules/index.js';
import { describedVersion, describedVersions } from '../core/configmap/version.js';
import { fileProblem } from '../node/fileSource.js';
import { CommandError, inputName, readArguments, type Command, type ExitStatus } from './command.js';
import { lintJson, lintText } from './lintReport.js';
import type { LintedFile } from './lintReport.js';
import { printable, type Output } from './output.js';
import { sarifLog } from './sarif.js';
import { encodingOf, refuseBinary } from './textBytes.js';

const formats = ['text', 'json', 'sarif'] as const;
type Format = (typeof formats)[number];

/** Files above this are not opened; a ConfigMap has at most 1 MiB. In bytes. */
const largestFile = 128 << 20;

export const lint: Command = {
  name: 'lint',
  summary: 'mistakes in cilium-config files, and what mends them',
  help: [
    'Usage: cilium-lens lint FILE… [--format text|json|sarif] [--cilium-version X.Y]',
    '',
    'Checks the Cilium ConfigMaps (cilium-config) in YAML files. FILE - is standard input.',
    '',
    '  --format FORMAT       text (the default), json, or sarif (2.1.0)',
    '  --cilium-version X.Y  check for this version; else it is read from a comment such as',
    '                        "# cilium-version: 1.15", from images and labels beside the',
    '                        ConfigMap, or inferred from its keys',
    '',
    'Exit status: 0 no error found; 1 an error found; 2 wrong usage, or nothing to check.',
  ].join('\n'),
  run,
};

function formatOf(text: string): Format {
  const format = formats.find((one) => one === text);
  if (format === undefined) throw new CommandError(`--format takes ${formats.join(', ')}, not '${text}'`);
  return format;
}

function versionOf(text: string | undefined): CiliumVersion | undefined {
  if (text === undefined) return undefined;
  const version = describedVersion(text);
  if (version === undefined)
    throw new CommandError(
      `--cilium-version takes a version of Cilium (${describedVersions}), not '${text}'`,
    );
  return version;
}

/** Bytes of standard input. */
async function readStandardInput(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of process.stdin) {
    const bytes = chunk as Uint8Array;
    length += bytes.length;
    if (length > largestFile) throw tooLarge('-', 'more bytes');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function tooLarge(path: string, size: string): CommandError {
  return new CommandError(
    `${inputName(path)} has ${size} than can be checked; files above ${counted(largestFile, 'byte')} are not read`,
  );
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    if (path === '-') return await readStandardInput();
    const { size } = await stat(path);
    if (size > largestFile) throw tooLarge(path, `${counted(size, 'byte')}, more`);
    return await readFile(path);
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(`${inputName(path)} ${fileProblem(error)}`);
  }
}

/** The text of a file; throws a {@link CommandError} with the reason where there is none. */
async function readText(path: string): Promise<string> {
  const bytes = await readBytes(path);
  if (bytes.length === 0) throw new CommandError(`${inputName(path)} is empty`);
  refuseBinary(path, bytes);
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

function uriOf(name: string): string {
  return encodeURI(name.replaceAll('\\', '/'));
}

async function run(args: readonly string[], output: Output): Promise<ExitStatus> {
  const { values, positionals } = readArguments(args, {
    format: { type: 'string', default: 'text' },
    'cilium-version': { type: 'string' },
  });
  const format = formatOf(values.format);
  const version = versionOf(values['cilium-version']);
  if (positionals.length === 0) throw new CommandError('a FILE is needed');
  const files: LintedFile[] = [];
  for (const path of positionals) {
    try {
      const text = await readText(path);
      const result = lintYaml(text, { path, ...(version === undefined ? {} : { argument: version }) });
      files.push({ name: path, text, result });
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      output.complain(error.message);
    }
  }
  await print(files, format, output);
  return statusOf(files, positionals.length, output);
}

async function print(files: readonly LintedFile[], format: Format, output: Output): Promise<void> {
  if (format === 'json') output.line(JSON.stringify(lintJson(files)));
  if (format === 'sarif') {
    const sarifFiles = files.map(({ name, text, result: { findings } }) => ({
      uri: uriOf(name),
      text,
      findings,
    }));
    output.line(JSON.stringify(sarifLog(sarifFiles, rules), null, 2));
  }
  if (format !== 'text') return;
  const tellsEach = !isAboutNothing(files);
  for (const file of files) {
    for (const line of lintText(file, tellsEach)) output.line(printable(line));
    if (output.full) await output.drain();
  }
}

function hasError(files: readonly LintedFile[]): boolean {
  return files.some(({ result }) => result.findings.some(({ severity }) => severity === 'error'));
}

/** Whether there was nothing to check: no ConfigMap of Cilium, and nothing that hides one. */
function isAboutNothing(files: readonly LintedFile[]): boolean {
  return !hasError(files) && files.every(({ result }) => result.configs.length === 0);
}

function statusOf(files: readonly LintedFile[], asked: number, output: Output): ExitStatus {
  if (files.length > 0 && isAboutNothing(files)) {
    const names = files.map(({ name }) => inputName(name)).join(', ');
    output.flush();
    output.complain(`${names}: no Cilium ConfigMap found (kind ConfigMap, name cilium-config)`);
    return 2;
  }
  if (files.length < asked) return 2;
  return hasError(files) ? 1 : 0;
}
