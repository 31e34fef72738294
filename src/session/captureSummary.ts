import type { ByteSource } from '../core/capture/byteSource.js';
import type { CaptureIndex } from '../core/capture/captureIndex.js';
import { timeText } from '../core/capture/captureTime.js';
import { linkTypeName } from '../core/dissect/linkTypes.js';
import type { CaptureSummary } from '../rpc/capture.js';

/** What is known of a capture as a whole by now. */
export function captureSummary(source: ByteSource, index: CaptureIndex): CaptureSummary {
  const { first } = index.statistics;
  const { duration } = index;
  return {
    name: source.name,
    size: source.size,
    format: [index.reader.format, source.packing].filter(Boolean).join(', '),
    interfaces: index.reader.interfaces.map(({ name, linkType }) => ({
      name: name ?? '',
      linkType: linkTypeName(linkType),
    })),
    packets: index.packets,
    indexed: index.position,
    done: index.done,
    duration: duration ? timeText(duration) : '',
    firstTime: first ? timeText(first) : '',
    damage: index.damage,
  };
}
