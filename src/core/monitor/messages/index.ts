/** All kinds of line, in the order in which they are tried. A new kind of message is a line here. */
import type { MessageRow } from '../row.js';
import { agentMessages } from './agent.js';
import { captureMessages } from './capture.js';
import { connections } from './connection.js';
import { debugMessages } from './debug.js';
import { dropMessages } from './drop.js';
import { l7Messages } from './l7.js';
import { policyVerdictMessages } from './policyVerdict.js';
import { socketTraceMessages } from './socketTrace.js';
import { decodeErrors, hexDumps, lostMessages, recorderMessages, separators, toolMessages } from './tool.js';
import { traceMessages } from './trace.js';

export { layers, layerNamed, unknownLayer, type LayerField, type LayerRow } from './dissect.js';

/** Every row with a template; the layers of dissected packets stand in `layers`. */
export const messages: readonly MessageRow[] = [
  ...traceMessages,
  ...dropMessages,
  ...debugMessages,
  ...captureMessages,
  ...policyVerdictMessages,
  ...l7Messages,
  ...agentMessages,
  ...socketTraceMessages,
  ...recorderMessages,
  ...lostMessages,
  ...decodeErrors,
  ...separators,
  ...hexDumps,
  ...toolMessages,
  ...connections,
];

/** The row of an id. */
export function messageOf(id: string): MessageRow | undefined {
  return messages.find((row) => row.id === id);
}
