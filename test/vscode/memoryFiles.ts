import * as vscode from 'vscode';

/** A file of {@link MemoryFiles}; it can claim to be larger than it is. */
interface MemoryFile {
  readonly bytes: Uint8Array;
  readonly size: number;
}

/** A file system that holds its files in memory, as remote and virtual workspaces do. */
export class MemoryFiles implements vscode.FileSystemProvider {
  readonly files = new Map<string, MemoryFile>();
  reads = 0;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;

  put(path: string, bytes: Uint8Array, size = bytes.length): void {
    this.files.set(path, { bytes, size });
  }

  /** Tells that a file was changed or deleted. */
  tell(uri: vscode.Uri, type: vscode.FileChangeType): void {
    this.#changed.fire([{ uri, type }]);
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    if (uri.path === '/') return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: this.#file(uri).size };
  }

  readFile(uri: vscode.Uri): Uint8Array {
    this.reads++;
    return this.#file(uri).bytes;
  }

  writeFile(uri: vscode.Uri, bytes: Uint8Array): void {
    this.put(uri.path, bytes.slice());
  }

  delete(uri: vscode.Uri): void {
    this.files.delete(uri.path);
    this.tell(uri, vscode.FileChangeType.Deleted);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [...this.files.keys()].map((path) => [path.slice(1), vscode.FileType.File]);
  }

  createDirectory(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  rename(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  #file(uri: vscode.Uri): MemoryFile {
    const file = this.files.get(uri.path);
    if (!file) throw vscode.FileSystemError.FileNotFound(uri);
    return file;
  }
}
