/**
 * What the capture file knows of a packet, and how fields about it are declared: Wireshark's pseudo-protocol `frame`.
 * Nothing of it lies in the packet's bytes.
 */
import type { CaptureTime } from '../capture/captureTime.js';
import type { RecordReader, RecordView } from '../capture/record.js';
import type { Walk } from '../dissect/walk.js';

/** What is known of a packet beside its bytes. May be one object that is filled again for each packet. */
export interface FrameFacts {
  /** From 1. */
  readonly number: number;
  readonly record: RecordView;
  readonly reader: RecordReader;
  /** Time of the first packet of the file. */
  readonly first?: CaptureTime | undefined;
  /** Time of the packet before. */
  readonly before?: CaptureTime | undefined;
  readonly marked?: boolean | undefined;
  /** The packet's comments; asked for only where something needs them. */
  readonly comments?: (() => readonly string[]) | undefined;
}

/** `time` is a moment, `span` a length of time, `packet` all captured bytes, `label` has no value. */
export type FrameFieldType = 'uint' | 'flag' | 'string' | 'time' | 'span' | 'packet' | 'label';

/**
 * A declared field of `frame`. One of `number`, `time` and `texts` says its value, by the type; a field of type
 * `label` only says whether it is there (`number`).
 */
export interface FrameField {
  /** Wireshark's display-filter name; our own start with `cilium.`. */
  readonly name: string;
  readonly label: string;
  readonly type: FrameFieldType;
  /** Worked out from more than the packet's record: its line in the tree stands in brackets. */
  readonly derived?: true;
  /** What stands after the label in the tree, where it is not the value itself. */
  readonly text?: (value: string, facts: FrameFacts) => string;
  /** Stand within this one in the tree. */
  readonly children?: readonly FrameField[];
  /** Says that something is wrong with the packet. */
  readonly problem?: true;
  /** Names of the numbers. */
  readonly values?: (value: number) => string | undefined;
  /** Types `uint`, `flag` and `label`; `undefined` where the packet has no such field. */
  readonly number?: (facts: FrameFacts, walk: Walk) => number | undefined;
  /** Types `time` and `span`. */
  readonly time?: (facts: FrameFacts) => CaptureTime | undefined;
  /** Type `string`; a field may be there more than once. */
  readonly texts?: (facts: FrameFacts, walk: Walk) => readonly string[];
}
