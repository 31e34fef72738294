/** What the chip of the filter bar says about a list, in words. */
import { shareText } from '../../core/base/amounts.js';
import { counted, grouped } from '../../core/base/words.js';
import type { ListState } from '../../rpc/packetList.js';
import { t } from '../l10n.js';

/** `1,204`, `3.2 M`: whole numbers as long as they are short. */
export function shortCount(count: number): string {
  if (count < 1_000_000) return grouped(count);
  return `${(Math.floor(count / 100_000) / 10).toFixed(1).replace(/\.0$/, '')} M`;
}

export interface ShownText {
  /** What the chip says. */
  readonly text: string;
  /** The same in fewest characters, for narrow views. */
  readonly short: string;
  /** How far the work under way is, 0 to 1. */
  readonly share?: number;
}

/** `2 of 10 packets`, `1,204 of 3.2 M looked at, 17 shown`; nothing while all packets are shown as they are. */
export function shownText(state: ListState | undefined): ShownText | undefined {
  if (!state) return undefined;
  const { phase, filter, shown, examined, packets } = state;
  if (phase === 'sorting') {
    const share = state.share ?? 0;
    const percent = shareText(share, 1);
    return { text: t('Sorting, {0}', percent), short: percent, share };
  }
  if (phase === 'filtering')
    return {
      text: t('{0} of {1} looked at, {2} shown', shortCount(examined), shortCount(packets), grouped(shown)),
      short: shareText(examined, packets),
      share: packets > 0 ? examined / packets : 0,
    };
  if (filter === '') return undefined;
  if (state.stopped)
    return {
      text: t(
        '{0} shown, stopped after {1} of {2}',
        grouped(shown),
        shortCount(examined),
        shortCount(packets),
      ),
      short: grouped(shown),
    };
  return {
    text: t('{0} of {1}', grouped(shown), counted(packets, t('packet'), t('packets'))),
    short: grouped(shown),
  };
}
