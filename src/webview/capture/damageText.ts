import { grouped } from '../../core/base/words.js';
import type { CaptureDamage } from '../../rpc/capture.js';
import { t } from '../l10n.js';

/** Where a file is damaged and how, in a sentence. */
export function damageText({ offset, afterPacket, message }: CaptureDamage): string {
  return afterPacket > 0
    ? t('Damaged after packet {0}, at byte {1}: {2}', grouped(afterPacket), grouped(offset), message)
    : t('Damaged before the first packet, at byte {0}: {1}', grouped(offset), message);
}
