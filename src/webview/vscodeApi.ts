import type { Channel } from '../rpc/post.js';

/** What VS Code gives a page: one channel to the extension, and a place for state. */
export interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare global {
  function acquireVsCodeApi(): VsCodeApi;
}

/** The page's channel to the extension host. */
export function hostChannel(api: VsCodeApi): Channel {
  return {
    postMessage: (message) => {
      api.postMessage(message);
    },
    onMessage: (listener) => {
      window.addEventListener('message', (event) => {
        listener(event.data);
      });
    },
  };
}
