/** The VS Code versions that the extension is tried on, as packages of the npm registry hold them. */

/** A whole VS Code without a display: workbench in the browser, extension host in Node. */
export interface HostVersion {
  /** What people call it. */
  readonly title: string;
  /** Version of the npm package `code-server`. */
  readonly server: string;
  /** The Node release it runs on; its native parts load in no other. */
  readonly node: 20 | 24;
  /** Native packages worth building where a compiler is: without them it runs, but writes no logs. */
  readonly native: readonly string[];
}

export const newestHost: HostVersion = {
  title: 'VS Code 1.139',
  server: '4.139.1',
  node: 24,
  native: ['@vscode/native-watchdog', '@vscode/spdlog'],
};

/** The version that `engines.vscode` promises. */
export const oldestHost: HostVersion = {
  title: 'VS Code 1.100',
  server: '4.100.3',
  node: 20,
  native: ['@vscode/spdlog', '@parcel/watcher'],
};
