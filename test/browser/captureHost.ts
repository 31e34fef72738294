/**
 * Runs in a page, in place of VS Code: the API a webview gets, and a host that answers the capture view. Captures are
 * real ones, read by the product's own session, or made up row by row when a test needs millions.
 */
import { BufferSource } from '../../src/core/capture/byteSource.js';
import {
  captureCallNames,
  type CaptureCalls,
  type CaptureEvents,
  type CaptureSummary,
  type PacketRow,
} from '../../src/rpc/capture.js';
import type {
  CaptureLayout,
  CaptureViewCalls,
  CaptureViewEvents,
  CaptureViewStart,
} from '../../src/rpc/captureView.js';
import type { Handlers } from '../../src/rpc/messages.js';
import type { ListRow } from '../../src/rpc/packetList.js';
import { handOn, respond } from '../../src/rpc/post.js';
import { CaptureSession } from '../../src/session/captureSession.js';

/** What the page is to show. */
export type ShownCapture =
  { readonly bytes: readonly number[]; readonly name: string } | { readonly packets: number };

interface Host {
  readonly show: ShownCapture;
  readonly layout?: CaptureLayout;
  /** What the view is given to begin with, beside what is usual. */
  readonly start?: Partial<CaptureViewStart>;
  /** What the view did with the host, for tests to look at. */
  readonly log: { name: string; argument: unknown }[];
  send?: <K extends keyof CaptureViewEvents>(name: K, payload: CaptureViewEvents[K]) => void;
  /** Milliseconds that each answer takes. */
  delay?: number;
}

declare global {
  var host: Host;
}

function madeUpRow(number: number): PacketRow {
  return {
    number,
    time: (number / 1000).toFixed(6),
    source: `10.0.${Math.floor(number / 256) % 256}.${number % 256}`,
    destination: '10.0.1.124',
    protocol: 'TCP',
    length: 60 + (number % 1400),
    info: `made-up packet ${number}`,
    tone: 'plain',
  };
}

function madeUpCells({ number, time, source, destination, protocol, length, info }: PacketRow): string[] {
  return [number.toString(), time, source, destination, protocol, length.toString(), info];
}

/** A capture of any length that exists only where it is looked at. Its lists show all of it, in the usual columns. */
function madeUp(packets: number): Handlers<CaptureCalls> {
  const summary: CaptureSummary = {
    name: 'made-up.pcap',
    size: packets * 100,
    format: 'pcap',
    interfaces: [{ name: '', linkType: 'Ethernet' }],
    packets,
    indexed: packets * 100,
    done: true,
    duration: (packets / 1000).toFixed(6),
    firstTime: '1662882000.000000',
    damage: [],
  };
  const marks = new Set<number>();
  const row = (number: number): ListRow => ({
    number,
    cells: madeUpCells(madeUpRow(number)),
    ...(marks.has(number) ? { marked: true } : {}),
  });
  return {
    ...handOn<CaptureCalls>(captureCallNames, (name) =>
      Promise.reject(new Error(`Made-up captures have no ${name}.`)),
    ),
    open: () => summary,
    look: () => [],
    stop: () => undefined,
    drop: () => undefined,
    check: () => [],
    complete: () => [],
    properties: () => [],
    state: ({ list }) => ({
      list,
      age: 1,
      filter: '',
      sort: undefined,
      shown: packets,
      examined: packets,
      packets,
      phase: 'ready',
    }),
    rows: ({ first, count }) => ({
      age: 1,
      rows: Array.from({ length: Math.max(0, Math.min(count, packets - first)) }, (_, index) =>
        row(first + index + 1),
      ),
    }),
    rowOf: ({ number }) => Math.min(number, packets) - 1,
    mark: ({ which, marked }) => {
      for (const number of Array.isArray(which) ? (which as readonly number[]) : [])
        if (marked) marks.add(number);
        else marks.delete(number);
      return undefined;
    },
    packet: ({ number }) => ({
      row: madeUpRow(number),
      bytes: Uint8Array.from({ length: 60 }, (_, index) => (number + index) % 256),
      layers: [
        {
          name: 'eth',
          label: `Ethernet of packet ${number}`,
          start: 0,
          length: 14,
          children: [{ name: 'eth.type', label: 'Type: IPv4', value: '2048', start: 12, length: 2 }],
        },
      ],
    }),
  };
}

function session(
  send: <K extends keyof CaptureEvents>(name: K, payload: CaptureEvents[K]) => void,
): Handlers<CaptureCalls> {
  const { show } = globalThis.host;
  if ('packets' in show) return madeUp(show.packets);
  return new CaptureSession(new BufferSource(show.name, Uint8Array.from(show.bytes)), {
    send,
    defer: (task) => setTimeout(task),
  });
}

function start(): void {
  const { host } = globalThis;
  const toHost = new EventTarget();
  const toView = (message: unknown): void => {
    window.dispatchEvent(new MessageEvent('message', { data: structuredClone(message) }));
  };
  const calls = session((name, payload) => {
    host.send?.(name, payload as CaptureViewEvents[typeof name]);
  });
  const slowly = async <T>(answer: T): Promise<T> => {
    await new Promise((resolve) => setTimeout(resolve, host.delay ?? 0));
    return answer;
  };
  const noted = (name: string) => (argument: unknown) => {
    host.log.push({ name, argument });
    return undefined;
  };
  const handlers: Handlers<CaptureViewCalls> = {
    ...handOn<CaptureCalls>(captureCallNames, async (name, argument) => {
      host.log.push({ name, argument });
      return slowly(await calls[name](argument));
    }),
    start: () => ({
      opening: 'Opening test.cap (1 KB)',
      list: 1,
      layout: host.layout ?? 'beside',
      sizes: undefined,
      columns: undefined,
      time: undefined,
      filters: undefined,
      colours: [],
      mistakes: [],
      texts: {},
      ...host.start,
    }),
    copy: noted('copy'),
    remember: noted('remember'),
    openAnyway: noted('openAnyway'),
    rememberLook: noted('rememberLook'),
    rememberFilters: noted('rememberFilters'),
    exportPackets: noted('exportPackets'),
    openExported: noted('openExported'),
    openSettings: noted('openSettings'),
    reopenWith: noted('reopenWith'),
    openAsText: noted('openAsText'),
  };
  const responder = respond<CaptureViewCalls, CaptureViewEvents>(
    {
      postMessage: toView,
      onMessage: (listener) => {
        toHost.addEventListener('message', (event) => {
          if (event instanceof MessageEvent) listener(event.data);
        });
      },
    },
    handlers,
  );
  host.send = (name, payload) => {
    responder.send(name, payload);
  };
  Object.assign(window, {
    acquireVsCodeApi: () => ({
      postMessage: (message: unknown) =>
        toHost.dispatchEvent(new MessageEvent('message', { data: structuredClone(message) })),
      getState: (): unknown => JSON.parse(sessionStorage.getItem('state') ?? 'null'),
      setState: (state: unknown) => {
        sessionStorage.setItem('state', JSON.stringify(state));
      },
    }),
  });
}

start();
