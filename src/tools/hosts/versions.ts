/** The VS Code versions that the extension is tried on, as packages of the npm registry hold them. */

/** A whole VS Code without a display: workbench in the browser, extension host in Node. */
export interface HostVersion {
  /** What people call it. */
  readonly title: string;
  /** Version of the npm package `code-server`. */
  readonly server: string;
  /** The Node release it runs on; its native parts load in no other. */
  readonly node: 20 | 24;
  /** Native packages that have to be compiled. */
  readonly native: readonly NativePackage[];
}

export interface NativePackage {
  readonly name: string;
  /** Whether it belongs to the server or to the editor inside it. */
  readonly of: 'server' | 'editor';
  /** What is missing where it cannot be compiled; without this, the editor does not start. */
  readonly without?: string;
}

export const newestHost: HostVersion = {
  title: 'VS Code 1.139',
  server: '4.139.1',
  node: 24,
  native: [
    { name: '@vscode/native-watchdog', of: 'editor', without: 'a look after lost processes' },
    { name: '@vscode/spdlog', of: 'editor', without: 'logs' },
  ],
};

/** The version that `engines.vscode` promises. */
export const oldestHost: HostVersion = {
  title: 'VS Code 1.100',
  server: '4.100.3',
  node: 20,
  native: [
    { name: 'argon2', of: 'server' },
    { name: '@vscode/spdlog', of: 'editor', without: 'logs' },
    { name: '@parcel/watcher', of: 'editor', without: 'notice of changed files' },
  ],
};
