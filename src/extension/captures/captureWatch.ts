import * as vscode from 'vscode';
import { captureName, isOnDisk } from './captureLocation.js';

/**
 * Tells when a file that is held in memory was deleted or changed where it came from, as a sentence. Files on disk
 * are watched by their worker, so for them nothing is told.
 */
export function watchWholeFile(uri: vscode.Uri, changed: (message: string) => void): vscode.Disposable {
  if (isOnDisk(uri)) return new vscode.Disposable(() => undefined);
  const name = captureName(uri);
  // A mark of the pattern language becomes one that stands for any letter; which file it is, the event says.
  const pattern = name.replace(/[*?[\]{}]/g, '?');
  const watcher = vscode.workspace.createFileSystemWatcher(
    new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), pattern),
    true,
  );
  const tell = (event: vscode.Uri, message: string): void => {
    if (event.toString() === uri.toString()) changed(message);
  };
  watcher.onDidChange((event) => {
    tell(
      event,
      vscode.l10n.t(
        '{0} has changed. What is shown is the file as it was; open it again to see it as it is.',
        name,
      ),
    );
  });
  watcher.onDidDelete((event) => {
    tell(event, vscode.l10n.t('{0} was deleted. What has been read of it stays here.', name));
  });
  return watcher;
}
