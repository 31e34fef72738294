import type * as vscode from 'vscode';
import type { CaptureSizes, RememberedFilters, RememberedLook } from '../../rpc/captureView.js';
import { timeForms, type TimeWish } from '../../rpc/packetList.js';
import { chosenTime, isDigits } from './captureSettings.js';

const sizesKey = 'captures.sizes';
const columnsKey = 'captures.columns';
const timeKey = 'captures.time';
const filtersKey = 'captures.filters';

/**
 * What a person has chosen in captures, kept for the workspace. What was kept may come from an older version: it is
 * handed to the view as it is, which checks it.
 */
export class CaptureMemory {
  readonly #state: vscode.Memento;

  constructor(state: vscode.Memento) {
    this.#state = state;
  }

  get sizes(): unknown {
    return this.#state.get(sizesKey);
  }

  get filters(): unknown {
    return this.#state.get(filtersKey);
  }

  get columns(): unknown {
    return this.#state.get(columnsKey);
  }

  /** How times are written: as was chosen in a capture, unless the settings have changed since. */
  get time(): TimeWish {
    const kept = this.#state.get<unknown>(timeKey);
    const isCurrent =
      typeof kept === 'object' && kept !== null && 'settings' in kept && kept.settings === timeOfSettings();
    return (isCurrent && 'time' in kept ? readTime(kept.time) : undefined) ?? chosenTime();
  }

  async rememberSizes(sizes: CaptureSizes): Promise<void> {
    await this.#state.update(sizesKey, sizes);
  }

  async rememberFilters(filters: RememberedFilters): Promise<void> {
    await this.#state.update(filtersKey, filters);
  }

  async rememberLook({ columns, time }: RememberedLook): Promise<void> {
    await this.#state.update(columnsKey, columns);
    const kept = readTime(time);
    if (kept) await this.#state.update(timeKey, { time: kept, settings: timeOfSettings() });
  }
}

/** A way to write times that any capture can follow: a reference packet is one of its own file. */
function readTime(value: unknown): TimeWish | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { form: wanted, digits } = value as Readonly<Record<string, unknown>>;
  const form = timeForms.find((known) => known === wanted && known !== 'reference');
  if (!form) return undefined;
  return isDigits(digits) ? { form, digits } : { form };
}

/** What the settings say of times, to be compared. */
function timeOfSettings(): string {
  const { form, digits } = chosenTime();
  return `${form} ${digits ?? ''}`;
}
