/** What the agent of one version takes from a ConfigMap: the written value, else its own default. */
import type { CiliumVersion } from '../cilium/version.js';
import type { CiliumConfig, ConfigEntry } from './config.js';
import { defaultAt, isReadAt } from './option.js';
import { optionOf } from './options/index.js';
import { parseBool } from './values.js';

/**
 * Effective values of one ConfigMap at one version. Reading is watched: as soon as a value is asked for that cannot
 * be known (filled in later by a template, not parsable, absent from a mere fragment), `isSure` turns false, and what
 * a rule concluded from it is dropped.
 */
export class Settings {
  private sure = true;

  constructor(
    readonly config: CiliumConfig,
    readonly version: CiliumVersion,
  ) {}

  /** Whether everything that was read so far is known. */
  get isSure(): boolean {
    return this.sure;
  }

  private doubt(): void {
    this.sure = false;
  }

  /** Reads that only shape a message or a fix: they raise no doubt about what a rule concluded. */
  quietly<T>(read: () => T): T {
    const before = this.sure;
    const value = read();
    this.sure = before;
    return value;
  }

  /** The pair that counts for a key, for places and wording; not watched. */
  given(key: string): ConfigEntry | undefined {
    return this.config.byKey.get(key);
  }

  /** Whether the key is in the file, read by this version or not. */
  has(key: string): boolean {
    const entry = this.given(key);
    if (entry === undefined && this.config.isFragment) this.doubt();
    return entry !== undefined;
  }

  /** The effective value: empty when there is neither a value nor a default. Keys that this version does not read count as absent. */
  text(key: string): string {
    const option = optionOf(key);
    const isRead = option === undefined || isReadAt(option, this.version);
    const entry = isRead ? this.given(key) : undefined;
    if (entry === undefined) {
      if (isRead && this.config.isFragment) this.doubt();
      return isRead && option !== undefined ? defaultAt(option, this.version) : '';
    }
    if (entry.value === undefined) this.doubt();
    return entry.value ?? '';
  }

  /** The effective value of a boolean. From 1.12 the agent does not start with a text that is no boolean; before, it is false. */
  on(key: string): boolean {
    const text = this.text(key);
    const value = parseBool(text);
    if (value === undefined && text !== '') this.doubt();
    return value ?? false;
  }

  /** Whether the effective value is one of some words. */
  is(key: string, ...words: readonly string[]): boolean {
    return words.includes(this.text(key));
  }
}
