import { readFile, stat } from 'node:fs/promises';
import { counted } from '../core/base/words.js';
import { parseVersion } from '../core/cilium/version.js';
import type { CiliumVersion } from '../core/cilium/version.js';
import { lint as lintYaml } from '../core/configmap/lint.js';
import { rules } from '../core/configmap/rules/index.js';
import { CommandError, readArguments, type Command, type ExitStatus } from './command.js';
import { lintJson, lintText } from './lintReport.js';
import type { LintedFile } from './lintReport.js';
import { printable, type Output } from './output.js';
import { sarifLog } from './sarif.js';

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
  const version = /^v?\d+\.\d+(?:\.\d+)?$/.test(text) ? parseVersion(text) : undefined;
  if (version === undefined)
    throw new CommandError(`--cilium-version takes a version such as 1.15, not '${text}'`);
  return version;
}

async function readStandardInput(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of process.stdin) {
    const bytes = Buffer.from(chunk as Uint8Array);
    length += bytes.length;
    if (length > largestFile) throw new CommandError(tooLarge('more'));
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function tooLarge(size: string): string {
  return `${size} than can be checked: files above ${counted(largestFile, 'byte')} are not read`;
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'no such file';
  if (code === 'EISDIR') return 'this is a folder, not a file';
  if (code === 'EACCES' || code === 'EPERM') return 'no permission to read it';
  return error instanceof Error ? error.message : String(error);
}

/** The text of a file; throws a {@link CommandError} with the reason where there is none. */
async function readText(path: string): Promise<string> {
  let bytes: Uint8Array;
  try {
    if (path !== '-') {
      const { size } = await stat(path);
      if (size > largestFile) throw new CommandError(tooLarge(`${counted(size, 'byte')} are more`));
    }
    bytes = path === '-' ? await readStandardInput() : await readFile(path);
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(reasonOf(error));
  }
  if (bytes.length === 0) throw new CommandError('the file is empty');
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const zero = isUtf16 ? -1 : bytes.indexOf(0);
  if (zero >= 0) throw new CommandError(`byte ${zero} is zero, so this is not a text`);
  return new TextDecoder(isUtf16 ? (bytes[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8').decode(bytes);
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
    const name = path === '-' ? '<stdin>' : path;
    try {
      const text = await readText(path);
      const result = lintYaml(text, { path: name, ...(version === undefined ? {} : { argument: version }) });
      files.push({ name, text, result });
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      output.complain(`${name}: ${error.message}`);
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
  for (const file of files) {
    for (const line of lintText(file)) output.line(printable(line));
    if (output.full) await output.drain();
  }
}

function statusOf(files: readonly LintedFile[], asked: number, output: Output): ExitStatus {
  const hasError = files.some(({ result }) => result.findings.some(({ severity }) => severity === 'error'));
  const hasConfig = files.some(({ result }) => result.configs.length > 0);
  if (files.length > 0 && !hasConfig && !hasError) {
    const names = files.map(({ name }) => name).join(', ');
    output.complain(`${names}: no Cilium ConfigMap found (kind ConfigMap, name cilium-config)`);
    return 2;
  }
  if (files.length < asked) return 2;
  return hasError ? 1 : 0;
}
