import { grouped } from '../../core/base/words.js';
import type { CaptureDamage } from '../../rpc/capture.js';
import { t } from '../l10n.js';

/** Where a file is damaged, and how: the message names the byte, this adds the packet. */
export function damageText({ afterPacket, message }: CaptureDamage): string {
  return afterPacket > 0
    ? t('Damaged after packet {0}. {1}', grouped(afterPacket), message)
    : t('Damaged before the first packet. {0}', message);
}
