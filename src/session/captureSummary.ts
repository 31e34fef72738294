import type { ByteSource } from '../core/capture/byteSource.js';
import type { CaptureIndex } from '../core/capture/captureIndex.js';
import { timeText } from '../core/capture/captureTime.js';
import { linkTypeName } from '../core/dissect/linkTypes.js';
import type { CaptureSummary } from '../rpc/capture.js';
import type { ColumnStore } from './columnStore.js';

/** What is known of a capture as a whole by now. */
export function captureSummary(
  source: ByteSource,
  index: CaptureIndex,
  columns: ColumnStore,
  growing: boolean,
): CaptureSummary {
  const { first } = index.statistics;
  const { duration } = index;
  const { archive } = source;
  return {
    name: source.name,
    // How large an archive's contents are is not known before its end; the archive itself is what was opened.
    size: archive?.size ?? source.size,
    format: [index.reader.format, source.packing].filter(Boolean).join(', '),
    interfaces: index.reader.interfaces.map(({ name, linkType }) => ({
      name: name ?? '',
      linkType: linkTypeName(linkType),
    })),
    packets: index.packets,
    indexed: archive && !index.done ? archive.position : (archive?.size ?? index.position),
    done: index.done,
    duration: duration ? timeText(duration) : '',
    firstTime: first ? timeText(first) : '',
    damage: index.damage,
    ...(index.oddities.length > 0 ? { oddities: index.oddities } : {}),
    ...(index.commented > 0 ? { commented: index.commented } : {}),
    ...(growing ? { growing: true } : {}),
    ...(columns.columns ? { columns: { packets: columns.packets, kept: !columns.isFull } } : {}),
  };
}
