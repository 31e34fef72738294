/** `lint` as a user runs it. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { Ajv } from 'ajv';
import { rules } from '../../src/core/configmap/rules/index.js';
import { buildProgram, type Program } from './program.js';

interface Place {
  readonly line: number;
  readonly column: number;
}

interface Range {
  readonly start: Place;
  readonly end: Place;
}

/** One finding of `--format json`. */
interface Finding {
  readonly file: string;
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly version?: string;
  readonly range: Range;
  readonly related: readonly { message: string; range: Range }[];
  readonly fixes: readonly { title: string; edits: readonly { range: Range; text: string }[] }[];
}

let program: Program;
const folder = mkdtempSync(path.join(tmpdir(), 'lint-'));
before(async () => {
  program = await buildProgram();
});
after(() => {
  program.remove();
  rmSync(folder, { recursive: true });
});

function made(name: string, content: string | Uint8Array): string {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
}

const head =
  'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: cilium-config\n  namespace: kube-system\ndata:\n';
const old = `${head}  tunnel: disabled\n  ipv4-native-routing-cidr: "10.0.0.0/16"\n`;

test('text has a line a finding, and the fixes below', () => {
  const file = made('old.yaml', old);
  const { status, out, err } = program.run(['lint', file, '--cilium-version', '1.15']);
  assert.equal(err, '');
  assert.equal(status, 1);
  const lines = out.trimEnd().split('\n');
  assert.match(
    lines[0] ?? '',
    /old\.yaml:7:3: error: `tunnel: "disabled"` is ignored since Cilium 1\.15\..*\[tunnel-key-removed\]$/,
  );
  assert.match(lines[1] ?? '', /^ {2}fix: /);
  assert.match(lines.at(-1) ?? '', /old\.yaml: 1 error \(Cilium 1\.15, as asked for\)$/);
});

test('json has the shape of the contract, with lines and columns from 1', () => {
  const file = made('old.json.yaml', old);
  const { status, out } = program.run(['lint', '--format=json', '--cilium-version=1.15', file]);
  assert.equal(status, 1);
  const findings = JSON.parse(out) as Finding[];
  assert.equal(findings.length, 1);
  const [finding] = findings;
  assert.ok(finding);
  assert.deepEqual(Object.keys(finding), [
    'file',
    'rule',
    'severity',
    'message',
    'version',
    'range',
    'related',
    'fixes',
  ]);
  assert.equal(finding.file, file);
  assert.equal(finding.rule, 'tunnel-key-removed');
  assert.equal(finding.severity, 'error');
  assert.equal(finding.version, '1.15');
  assert.deepEqual(finding.range, { start: { line: 7, column: 3 }, end: { line: 7, column: 9 } });
  assert.deepEqual(finding.fixes[0]?.edits, [
    { range: { start: { line: 7, column: 3 }, end: { line: 7, column: 9 } }, text: 'routing-mode' },
    { range: { start: { line: 7, column: 11 }, end: { line: 7, column: 19 } }, text: 'native' },
  ]);
});

test('nothing found is an empty list and status 0', () => {
  const file = made('good.yaml', `# cilium-version: 1.16\n${head}  debug: "false"\n`);
  const json = program.run(['lint', '--format', 'json', file]);
  assert.deepEqual([json.status, JSON.parse(json.out)], [0, []]);
  const text = program.run(['lint', file]);
  assert.equal(text.status, 0);
  assert.match(text.out, /good\.yaml: no findings \(Cilium 1\.16, comment in the file\)\n$/);
});

test('warnings alone are status 0', () => {
  const file = made('warning.yaml', `${head}  auto-direct-node-route: "true"\n`);
  assert.equal(program.run(['lint', file]).status, 0);
});

test('sarif is valid, and its regions are the places', () => {
  const schema: unknown = JSON.parse(
    readFileSync(path.join(import.meta.dirname, 'lint/sarif.schema.json'), 'utf8'),
  );
  const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(
    schema as object,
  );
  const lines = [
    '  tunnel: disabled',
    '  native-routing-cidr: "10.0.0.0/16"',
    '  auto-direct-node-routes: "true"',
    '  debug: true',
    '  mtu: "1"',
    '  mtu: "2"',
  ];
  const files = [
    made('a b.yaml', head + lines.join('\n')),
    made('broken.yaml', `${head}  a: "b\n`),
    made('fine.yaml', `${head}  debug: "false"\n`),
  ];
  const { status, out } = program.run(['lint', '--format', 'sarif', '--cilium-version', '1.15', ...files]);
  assert.equal(status, 1);
  const log = JSON.parse(out) as {
    runs: [
      {
        tool: { driver: { rules: { id: string }[] } };
        results: {
          ruleId: string;
          ruleIndex: number;
          locations: [
            { physicalLocation: { artifactLocation: { uri: string }; region: Record<string, number> } },
          ];
        }[];
      },
    ];
  };
  assert.ok(validate(log), JSON.stringify(validate.errors, null, 1));
  // The schema must be able to refuse.
  assert.ok(!validate({ version: '2.1.0', runs: [{ results: [] }] }));
  const [run] = log.runs;
  assert.equal(run.tool.driver.rules.length, rules.length);
  assert.ok(run.results.length >= 6);
  for (const result of run.results) assert.equal(run.tool.driver.rules[result.ruleIndex]?.id, result.ruleId);
  const tunnel = run.results.find(({ ruleId }) => ruleId === 'tunnel-key-removed');
  assert.deepEqual(tunnel?.locations[0].physicalLocation.region, {
    startLine: 7,
    startColumn: 3,
    endLine: 7,
    endColumn: 9,
  });
  assert.ok(tunnel.locations[0].physicalLocation.artifactLocation.uri.endsWith('/a%20b.yaml'));
});

test('standard input is read, and called -', () => {
  const { status, out } = program.run(
    ['lint', '-', '--cilium-version', '1.15', '--format', 'json'],
    Buffer.from(old),
  );
  assert.equal(status, 1);
  assert.equal((JSON.parse(out) as Finding[])[0]?.file, '-');
});

test('what cannot be read is one line on standard error and status 2; other files are checked', () => {
  const file = made('ok.yaml', `${head}  debug: "false"\n`);
  const missing = path.join(folder, 'none.yaml');
  const { status, out, err } = program.run(['lint', missing, file]);
  assert.equal(status, 2);
  assert.equal(err, `cilium-lens lint: ${missing} is not there.\n`);
  assert.match(out, /ok\.yaml: no findings/);
  for (const [content, said] of [
    ['', /bad\.yaml is empty\.\n$/],
    [
      new Uint8Array([0xd4, 0xc3, 0xb2, 0xa1, 0, 2]),
      /bad\.yaml looks like a capture \(pcap\), not like a text\.\n$/,
    ],
    ['x: y\n' + '\0'.repeat(100), /bad\.yaml is not a text: 100 of its first 105 bytes are zero\.\n$/],
    ['kind: Pod\n', /no Cilium ConfigMap found/],
  ] as const) {
    const run = program.run(['lint', made('bad.yaml', content)]);
    assert.equal(run.status, 2);
    assert.match(run.err, said);
    assert.equal(run.out, '');
    assert.equal(run.err.trimEnd().split('\n').length, 1);
  }
  assert.match(program.run(['lint', folder]).err, / is a folder\.\n$/);
});

test('YAML that does not parse is a finding with its place, and the rest is checked', () => {
  const file = made('half.yaml', `kind: ConfigMap\nmetadata:\n\tname: x\n---\n${old}`);
  const { status, out } = program.run(['lint', file, '--cilium-version', '1.15']);
  assert.equal(status, 1);
  assert.match(out, /half\.yaml:3:1: error: .*tab.*\[tab-indentation\]/);
  assert.match(out, /half\.yaml:11:3: error: .*\[tunnel-key-removed\]/);
});

test('a line of 100 MB is refused in words', () => {
  const file = made('long.yaml', Buffer.alloc(100 << 20, 'x'));
  const { status, out } = program.run(['lint', file]);
  assert.equal(status, 2);
  assert.match(out, /long\.yaml:1:1: warning: The file has 104\.9 million characters; .* are not read\./);
  assert.ok(out.length < 1_000);
});

test('UTF-16 and a byte order mark are read', () => {
  const utf16 = made('utf16.yaml', Buffer.from(`\uFEFF${old}`, 'utf16le'));
  const utf8 = made('bom.yaml', `\uFEFF${old}`);
  for (const file of [utf16, utf8]) {
    assert.match(
      program.run(['lint', file, '--cilium-version', '1.15']).out,
      /:7:3: error: .*\[tunnel-key-removed\]/,
    );
  }
});

test('wrong usage is said in one line', () => {
  const file = made('usage.yaml', old);
  for (const args of [
    [],
    [file, '--format', 'xml'],
    [file, '--cilium-version', 'new'],
    [file, '--cilium-version', '9.9'],
    [file, '--cilium-version', '1.5'],
    [file, '--nonsense'],
  ]) {
    const { status, err, out } = program.run(['lint', ...args]);
    assert.equal(status, 2, args.join(' '));
    assert.equal(out, '');
    assert.equal(err.trimEnd().split('\n').length, 1);
  }
  const help = program.run(['lint', '--help']);
  assert.equal(help.status, 0);
  assert.match(help.out, /--cilium-version X\.Y/);
});

test('control characters of a file do not reach the terminal', () => {
  const file = made('escape.yaml', `${head}  "enable-\\e[31m\\a": "x"\n`);
  const { out } = program.run(['lint', file]);
  assert.ok(out.split('\n').every((line) => !/\p{Cc}/u.test(line)));
  assert.match(out, /unknown-key/);
});

test('stray zero bytes and broken UTF-8 are told with their place, and the rest is checked', () => {
  const zero = made('zero.yaml', `${head}  debug: "fal\0se"\n  tunnel: disabled\n`);
  const run = program.run(['lint', zero, '--cilium-version', '1.15']);
  assert.equal(run.status, 1);
  assert.match(run.out, /zero\.yaml:7:14: error: A zero byte \(U\+0000\) stands here/);
  assert.match(run.out, /zero\.yaml:8:3: error: .*\[tunnel-key-removed\]/);
  const latin = made('latin.yaml', Buffer.from(`${head}  debug: "false" # k\xf6nnen, m\xfcssen\n`, 'latin1'));
  const warned = program.run(['lint', latin, '--cilium-version', '1.15']);
  assert.equal(warned.status, 0);
  assert.match(
    warned.out,
    /latin\.yaml:7:21: warning: What stands here is not UTF-8.*There are 2 such places\..*\[not-utf-8\]/,
  );
  assert.match(warned.out, /: 1 warning \(/);
});

test('what was not judged is said, and a file without a ConfigMap in one line', () => {
  const templates = made('t.yaml', `${head}  mtu: "{{ .mtu }}"\n  debug: \${DEBUG}\n  tunnel: "vxlan"\n`);
  const pod = made('pod.yaml', 'kind: Pod\n');
  const { status, out, err } = program.run(['lint', templates, pod, '--cilium-version', '1.13']);
  assert.deepEqual([status, err], [0, '']);
  assert.deepEqual(out.split('\n'), [
    `${templates}: no findings (Cilium 1.13, as asked for; 2 values are templates and were not judged)`,
    `${pod}: no Cilium ConfigMap found`,
    '',
  ]);
});
