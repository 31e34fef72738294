/** The page of the capture editor. */
import type { CaptureViewCalls, CaptureViewEvents } from '../../rpc/captureView.js';
import { createCaller } from '../../rpc/post.js';
import { useTexts } from '../l10n.js';
import { hostChannel } from '../vscodeApi.js';
import { CaptureApp } from './captureApp.js';
import { pageStyle } from './styles.js';

async function start(): Promise<void> {
  const api = acquireVsCodeApi();
  const host = createCaller<CaptureViewCalls, CaptureViewEvents>(hostChannel(api));
  const given = await host.call('start', undefined);
  useTexts(given.texts);
  const store = {
    get: () => api.getState(),
    set: (state: unknown) => {
      api.setState(state);
    },
  };
  const app = new CaptureApp((name, argument) => host.call(name, argument), store, given);
  const { controller } = app;
  host.on('progress', (summary) => {
    controller.model.progress(summary);
  });
  host.on('lost', (loss) => {
    controller.model.lost(loss);
  });
  host.on('list', (state) => {
    controller.listStands(state);
  });
  host.on('marks', (marks) => {
    controller.marksAre(marks);
  });
  host.on('work', (work) => {
    controller.worked(work);
  });
  host.on('command', ({ command, time }) => {
    controller.command(command, time);
  });
  host.on('layout', ({ layout }) => {
    controller.panes.layout = layout;
  });
  host.on('colours', (chosen) => {
    controller.setColours(chosen);
  });
  document.body.append(app);
}

if (pageStyle.styleSheet) document.adoptedStyleSheets.push(pageStyle.styleSheet);
void start();
