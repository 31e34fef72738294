import type { CaptureSizes } from '../../rpc/captureView.js';
import { readSizes, readState, type CaptureViewState } from './viewState.js';

/** Where a page's state outlives the page. */
export interface StateStore {
  get(): unknown;
  set(state: CaptureViewState): void;
}

/** Long enough to gather what a held arrow key changes, short enough that a closed tab has lost nothing. */
const keepAfterMilliseconds = 50;
/** Sizes go to the workspace when a drag has come to rest. */
const rememberAfterMilliseconds = 500;
/** More open tree nodes than a person opens by hand are not kept. */
const mostOpen = 2000;

/** The view's state, kept for the page as it changes, and its sizes for the workspace. */
export class StateKeeper {
  readonly #store: StateStore;
  readonly #remember: (sizes: CaptureSizes) => void;
  #state: CaptureViewState;
  #keepTimer: ReturnType<typeof setTimeout> | undefined;
  #rememberTimer: ReturnType<typeof setTimeout> | undefined;

  /** `sizes`: what the workspace remembers, unchecked. */
  constructor(store: StateStore, sizes: unknown, remember: (sizes: CaptureSizes) => void) {
    this.#store = store;
    this.#remember = remember;
    this.#state = readState(store.get(), readSizes(sizes));
  }

  get state(): CaptureViewState {
    return this.#state;
  }

  change(part: Partial<CaptureViewState>): void {
    this.#state = { ...this.#state, ...part };
    this.#keepTimer ??= setTimeout(() => {
      this.#keepTimer = undefined;
      this.#store.set({ ...this.#state, open: this.#state.open.slice(-mostOpen) });
    }, keepAfterMilliseconds);
  }

  resize(part: Partial<CaptureSizes>): void {
    this.change({ sizes: { ...this.#state.sizes, ...part } });
    clearTimeout(this.#rememberTimer);
    this.#rememberTimer = setTimeout(() => {
      this.#remember(this.#state.sizes);
    }, rememberAfterMilliseconds);
  }
}
