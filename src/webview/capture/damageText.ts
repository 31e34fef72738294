import { grouped } from '../../core/base/words.js';
import type { CaptureDamage, CaptureSummary } from '../../rpc/capture.js';
import { t } from '../l10n.js';

/** Where a file is damaged, and how: the message names the byte, this adds the packet. */
export function damageText({ afterPacket, message }: CaptureDamage): string {
  return afterPacket > 0
    ? t('Damaged after packet {0}. {1}', grouped(afterPacket), message)
    : t('Damaged before the first packet. {0}', message);
}

/**
 * The packet at the end of a file that is being written and is only there in part, as all are for a moment; what is
 * wrong there may be put right with the next bytes.
 */
export function halfWritten({ growing, damage, packets }: CaptureSummary): CaptureDamage | undefined {
  const last = damage.at(-1);
  return growing === true && last?.afterPacket === packets ? last : undefined;
}

/** What is wrong with a file for good, as far as that is known. */
export function lastingDamage(summary: CaptureSummary): readonly CaptureDamage[] {
  const half = halfWritten(summary);
  return half ? summary.damage.slice(0, -1) : summary.damage;
}
