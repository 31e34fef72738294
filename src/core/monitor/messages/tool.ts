/**
 * Lines of the tool itself: its greeting, its log, what it could not read, and what stands between events.
 * Source: cilium-dbg/cmd/monitor.go, pkg/monitor and pkg/monitor/format of cilium/cilium, v0.8 to 1.21 development.
 */
import type { MessageRow } from '../row.js';

/** Lines that are not events. */
export const toolMessages: readonly MessageRow[] = [
  {
    id: 'listening',
    kind: 'header',
    carrier: 'line',
    title: 'Start of the monitor',
    forms: [
      {
        template:
          'Listening for events on <cpus:count> CPUs with <pages:count>x<pageSize:count> of shared memory',
        since: '0.8',
      },
    ],
    about: 'The monitor is connected: one ring buffer per CPU, of so many pages of so many bytes.',
    examples: [
      {
        line: 'Listening for events on 4 CPUs with 64x4096 of shared memory',
        gives: { cpus: '4', pages: '64', pageSize: '4096' },
      },
    ],
  },
  {
    id: 'press-ctrl-c',
    kind: 'header',
    carrier: 'line',
    title: 'Start of the monitor',
    forms: [{ template: 'Press Ctrl-C to quit', since: '0.8' }],
    about: 'The second line of the greeting.',
    examples: [{ line: 'Press Ctrl-C to quit' }],
  },
  {
    id: 'dissection-cache',
    kind: 'header',
    carrier: 'line',
    title: 'Log line of the tool',
    forms: [
      {
        template: 'level=<level:logLevel> msg="Initializing dissection cache..."[ subsys=monitor]',
        since: '1.4',
        until: '1.17',
      },
      {
        template:
          'time=<time:name> level=<level:logLevel>[ source=<source:name>] msg="Initializing dissection cache..."[ subsys=monitor]',
        since: '1.4',
      },
    ],
    about: 'Written once, before the first packet is decoded. Nothing to do.',
    examples: [
      { line: 'level=info msg="Initializing dissection cache..." subsys=monitor', gives: { level: 'info' } },
      {
        line: 'time=2025-06-10T17:27:28.200Z level=info source=/go/src/pkg/monitor/dissect.go:77 msg="Initializing dissection cache..."',
        gives: { level: 'info' },
      },
      {
        line: 'time="2022-09-11T08:00:00Z" level=info msg="Initializing dissection cache..." subsys=monitor',
      },
    ],
  },
  {
    id: 'socket-error',
    kind: 'header',
    carrier: 'line',
    title: 'The monitor cannot connect',
    forms: [
      {
        template:
          '[time=<time:name> ]level=<level:logLevel>[ source=<source:name>] msg="Cannot open monitor socket"[ <details:text>]',
        since: '1.2',
      },
      { template: 'Error: unable to connect to monitor[ <details:text>]', since: '0.8', until: '1.1' },
    ],
    about: 'No monitor socket was found: the agent does not run, or the tool runs in another container.',
    checks: [
      'Run the command inside the cilium pod of the node: kubectl -n kube-system exec ds/cilium -- cilium-dbg monitor.',
    ],
    examples: [
      {
        line: 'level=error msg="Cannot open monitor socket" error="Cannot find or open a supported node-monitor socket. /var/run/cilium/monitor1_2.sock: no such file"',
        gives: { level: 'error' },
      },
      { line: 'Error: unable to connect to monitor dial unix: no such file' },
    ],
  },
  {
    id: 'connection-closed',
    kind: 'header',
    carrier: 'line',
    title: 'The agent went away',
    forms: [
      {
        template:
          '[time=<time:name> ]level=<level:logLevel>[ source=<source:name>] msg="connection closed"[ <details:text>]',
        since: '0.11',
      },
    ],
    about: 'The agent started anew; the tool tries again after 12 seconds. Events in between are missing.',
    examples: [{ line: 'level=warning msg="connection closed" error=EOF', gives: { details: 'error=EOF' } }],
  },
  {
    id: 'stream-broken',
    kind: 'header',
    carrier: 'line',
    title: 'The stream is broken',
    forms: [
      {
        template:
          '[time=<time:name> ]level=<level:logLevel>[ source=<source:name>] msg="decoding error"[ <details:text>]',
        since: '0.11',
      },
    ],
    about: 'The tool could not read the stream of the agent any further and ended.',
    examples: [
      { line: 'level=fatal msg="decoding error" error="unexpected EOF"', gives: { level: 'fatal' } },
    ],
  },
  {
    id: 'unknown-payload-log',
    kind: 'header',
    carrier: 'line',
    title: 'Unknown record',
    forms: [
      {
        template:
          '[time=<time:name> ]level=<level:logLevel>[ source=<source:name>] msg="Unknown payload type"[ <details:text>]',
        since: '1.2',
      },
    ],
    about: 'The agent sent a record that the tool does not know: their versions differ.',
    examples: [{ line: 'level=warning msg="Unknown payload type" type=9' }],
  },
  {
    id: 'endpoint-not-found',
    kind: 'header',
    carrier: 'line',
    title: 'No such endpoint',
    forms: [{ template: 'endpoint <endpoint> not found', since: '1.6' }],
    about: 'An id given with --from, --to or --related-to does not exist on this node.',
    checks: ['cilium-dbg endpoint list'],
    examples: [{ line: 'endpoint 4711 not found', gives: { endpoint: '4711' } }],
  },
  {
    id: 'endpoint-list-failed',
    kind: 'header',
    carrier: 'line',
    title: 'The agent does not answer',
    forms: [{ template: 'cannot get endpoint list: <details:text>', since: '1.6' }],
    about: 'The API of the agent did not answer, so endpoint ids could not be checked.',
    examples: [{ line: 'cannot get endpoint list: context deadline exceeded' }],
  },
  {
    id: 'interrupted',
    kind: 'header',
    carrier: 'line',
    title: 'End of the monitor',
    forms: [
      { template: 'Received an interrupt, disconnecting from monitor...', since: '0.11' },
      { template: 'Received an interrupt, stopping monitor...', since: '0.8', until: '0.10' },
      {
        template: '<lost:count> events lost, <unknown:count> unknown notifications',
        since: '0.8',
        until: '0.10',
      },
    ],
    about: 'The user pressed Ctrl-C.',
    examples: [
      { line: 'Received an interrupt, disconnecting from monitor...' },
      { line: 'Received an interrupt, stopping monitor...' },
      { line: '0 events lost, 0 unknown notifications', gives: { lost: '0' } },
    ],
  },
  {
    id: 'needs-root',
    kind: 'header',
    carrier: 'line',
    title: 'Root is needed',
    forms: [
      { template: 'Please run the monitor with root privileges.', since: '0.8', until: '0.8' },
      { template: 'Error: arguments not recognized', since: '1.1', until: '1.17' },
    ],
    about: 'The tool was started wrongly.',
    examples: [
      { line: 'Please run the monitor with root privileges.' },
      { line: 'Error: arguments not recognized' },
    ],
  },
  {
    id: 'kubectl-container',
    kind: 'header',
    carrier: 'line',
    title: 'Note of kubectl',
    forms: [
      { template: 'Defaulted container "<container:quotedName>" out of: <details:text>', since: '0.8' },
      { template: 'Defaulting container name to <container:name>', since: '0.8' },
    ],
    about: 'kubectl exec chose a container of the pod, since none was named.',
    examples: [
      {
        line: 'Defaulted container "cilium-agent" out of: cilium-agent, mount-cgroup (init)',
        gives: { container: 'cilium-agent' },
      },
      { line: 'Defaulting container name to cilium-agent.' },
    ],
  },
  {
    id: 'kubectl-exit',
    kind: 'header',
    carrier: 'line',
    title: 'Note of kubectl',
    forms: [{ template: 'command terminated with exit code <code:number>', since: '0.8' }],
    about: 'kubectl exec ended; 130 means Ctrl-C.',
    examples: [{ line: 'command terminated with exit code 130', gives: { code: '130' } }],
  },
];

/** Events that are missing. */
export const lostMessages: readonly MessageRow[] = [
  {
    id: 'lost',
    kind: 'lost',
    carrier: 'line',
    title: 'Events lost',
    forms: [
      { template: 'Lost <lost:count> events', carrier: 'cpu', since: '0.9' },
      { template: 'Lost <lost:count> events', since: '0.8', until: '0.8' },
      {
        template: 'Unknown payload type: <payload:number>, CPU <cpu>: Lost <lost:count> events',
        since: '1.19',
      },
    ],
    about: 'The ring buffer of that CPU ran over: so many events are missing here.',
    story: ['{lost} events are missing here: the ring buffer ran over.'],
    checks: [
      'Ask for less: -t or --related-to, or a higher monitor aggregation.',
      'Turn off debug mode, or raise the size of the monitor queue.',
    ],
    examples: [
      { line: 'CPU 02: Lost 17 events', gives: { lost: '17' } },
      { line: 'Lost 17 events', gives: { lost: '17' } },
      { line: 'Unknown payload type: 9, CPU 02: Lost 17 events', gives: { payload: '9', lost: '17' } },
    ],
  },
];

/** What the tool, or its packet library, could not decode. */
export const decodeErrors: readonly MessageRow[] = [
  {
    id: 'no-decoder',
    kind: 'decode-error',
    carrier: 'line',
    title: 'End of the decoded layers',
    forms: [
      { template: 'Failed to decode layer: No decoder for layer type <layer:layerType>', since: '1.11' },
    ],
    about:
      'Not an error, despite its words: the tool decodes no further than the transport header, and something follows it (Payload: the data of the packet).',
    examples: [
      { line: '  Failed to decode layer: No decoder for layer type Payload', gives: { layer: 'Payload' } },
    ],
  },
  {
    id: 'layer-not-decoded',
    kind: 'decode-error',
    carrier: 'line',
    title: 'End of the decoded layers',
    forms: [{ template: 'Failed to decode layer: <details:decodeFailure>', since: '1.11' }],
    about: 'The packet library stopped here: a layer was damaged or cut short.',
    story: ['The packet library stopped here: {details}.'],
    examples: [{ line: '  Failed to decode layer: Invalid TCP header. Length 0 less than 20' }],
  },
  {
    id: 'packet-truncated',
    kind: 'decode-error',
    carrier: 'line',
    title: 'Packet cut short',
    forms: [{ template: 'Packet has been truncated', since: '1.11' }],
    about:
      'The event carries only the first bytes of the packet (128 unless configured otherwise); the packet itself is whole.',
    examples: [{ line: '  Packet has been truncated' }],
  },
  {
    id: 'unknown-event',
    kind: 'decode-error',
    carrier: 'cpu',
    title: 'Unknown event',
    forms: [
      { template: 'Unknown event: <bytes:byteList>', since: '0.11' },
      { template: 'Unknonwn event: <bytes:byteList>', since: '0.8', until: '0.10' },
    ],
    about: 'The tool does not know this kind of event: tool and agent are of different versions.',
    checks: ['Run cilium-dbg monitor of the agent pod on the same node.'],
    examples: [{ line: 'CPU 01: Unknown event: [9 0 0 0]' }, { line: 'CPU 01: Unknonwn event: [9 0 0 0]' }],
  },
  {
    id: 'event-not-decoded',
    kind: 'decode-error',
    carrier: 'line',
    title: 'Event not decoded',
    forms: [
      { template: "cannot decode message type '<messageType:quotedText>': <details:text>", since: '1.19' },
      {
        template: 'Error while parsing <what:eventName> message: <details:text>',
        since: '0.8',
        until: '1.18',
      },
      { template: 'Error while parsing capture record: <details:text>', since: '1.10', until: '1.18' },
      {
        template: 'Error while decoding <what:eventName> message: <details:text>',
        since: '0.13',
        until: '1.18',
      },
    ],
    about: 'An event was too short, or of a version that the tool does not know.',
    checks: ['Run cilium-dbg monitor of the agent pod on the same node.'],
    examples: [
      {
        line: "cannot decode message type '4': unexpected TraceNotify data length",
        gives: { messageType: '4' },
      },
      {
        line: "cannot decode message type 'drop': unexpected DropNotify data length, expected 36 but got 20",
        gives: {
          messageType: 'drop',
          details: 'unexpected DropNotify data length, expected 36 but got 20',
        },
      },
      {
        line: 'Error while parsing drop notification message: unexpected DropNotify data length, expected 36 but got 20',
        gives: { what: 'drop notification' },
      },
      { line: 'Error while parsing capture record: EOF' },
      { line: 'Error while decoding LogRecord notification message: EOF' },
    ],
  },
];

/** Lines between events. */
export const separators: readonly MessageRow[] = [
  {
    id: 'separator',
    kind: 'separator',
    carrier: 'line',
    title: 'Separator',
    forms: [{ template: '<line:hyphens>', since: '0.10' }],
    about:
      'Stands in front of each verbose drop, trace and capture event; four hyphens end a recorder event.',
    examples: [{ line: '-'.repeat(78) }, { line: '----' }],
  },
];

/** The (XDP) recorder. */
export const recorderMessages: readonly MessageRow[] = [
  {
    id: 'recorder-capture',
    kind: 'recorder',
    cilium: 'RecorderCapture',
    carrier: 'line',
    title: 'Recorded packet',
    forms: [
      {
        template:
          'Recorder capture: dir:<direction:policyDirection> rule:<rule:count> ts:<time:bootNanoseconds> caplen:<captured> len:<bytes>',
        since: '1.10',
        until: '1.18',
      },
    ],
    about: 'A packet that matched a rule of the recorder; its layers follow.',
    story: ['A packet of {bytes} bytes ({direction}) matched rule {rule} of the recorder.'],
    examples: [
      {
        line: 'Recorder capture: dir:ingress rule:3 ts:87654321000 caplen:98 len:98',
        gives: { direction: 'ingress', rule: '3', captured: '98', bytes: '98' },
      },
    ],
  },
];

/** Packets as hex dumps (`--hex`). */
export const hexDumps: readonly MessageRow[] = [
  {
    id: 'hexdump',
    kind: 'hexdump',
    carrier: 'line',
    title: 'Bytes of the packet',
    forms: [{ template: '<offset:dumpOffset> <data:hexDump>[ |<ascii:dumpText>]', since: '0.8' }],
    about:
      'Offset, up to 16 bytes, and the same bytes as text. Bytes 0 to 5 are the destination MAC, 6 to 11 the source MAC, 12 and 13 the EtherType (0800 IPv4, 86dd IPv6, 0806 ARP).',
    examples: [
      {
        line: '00000000  42 ef f8 7a 9e f7 ca 0e  fa 6c 0f 30 08 00 45 00  |B..z.....l.0..E.|',
        gives: { offset: '00000000' },
      },
      { line: '00000060  36 37                                             |67|', gives: { data: '36 37' } },
    ],
  },
];
