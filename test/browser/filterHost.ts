/** Runs in a page of its own: a filter bar and a find bar, with somebody behind them who knows a small language. */
import type { FilterCompletion, FilterMistake } from '../../src/rpc/packetList.js';
import '../../src/webview/capture/filterBar.js';
import '../../src/webview/capture/findBar.js';
import { pageStyle } from '../../src/webview/capture/styles.js';
import type { ViewEvents } from '../../src/webview/capture/viewEvents.js';

interface FilterPage {
  /** What the elements have told. */
  readonly log: { name: string; detail: unknown }[];
  /** What was asked for completions or checks. */
  readonly asked: { name: string; text: string }[];
  /** Milliseconds until a text is checked. */
  delayOf: (text: string) => number;
}

declare global {
  var filterPage: FilterPage;
}

const fields: readonly (readonly [name: string, detail: string, help: string])[] = [
  ['icmp.type', 'number, 8 bits', 'Type (Internet Control Message Protocol)'],
  ['ip.addr', 'IPv4 address', 'Source or Destination Address (Internet Protocol Version 4)'],
  ['ip.dst', 'IPv4 address', 'Destination Address (Internet Protocol Version 4)'],
  [
    'ip.evil',
    '<b>bold</b>',
    '<img src=x onerror="filterPage.log.push({ name: \'injected\' })">\u202e\nsecond line',
  ],
  ['ip.src', 'IPv4 address', 'Source Address (Internet Protocol Version 4)'],
  ['ip.ttl', 'number, 8 bits', 'Time to Live (Internet Protocol Version 4)'],
  ['tcp.port', 'number, 16 bits', 'Source or Destination Port (Transmission Control Protocol)'],
  ...Array.from({ length: 500 }, (_, index) => [`many.f${index}`, 'number', `Field ${index}`] as const),
];

/** Field names; operators after a blank that follows one. */
function complete(text: string, at: number): FilterCompletion[] {
  const word = /[\w.]*$/.exec(text.slice(0, at))?.[0] ?? '';
  const place = { start: at - word.length, end: at };
  if (word === '' && /[\w.] $/.test(text.slice(0, at)))
    return ['==', '!=', 'contains'].map((operator) => ({
      ...place,
      text: operator,
      kind: 'operator',
      detail: '',
      help: 'compares',
    }));
  return fields
    .filter(([name]) => name.startsWith(word))
    .map(([name, detail, help]) => ({ ...place, text: name, kind: 'field', detail, help }));
}

/** Every word `bad` is wrong, and so is an operator at the end. */
function check(text: string): FilterMistake[] {
  const mistakes = [...text.matchAll(/\bbad\b/g)].map(({ index }) => ({
    start: index,
    end: index + 3,
    message: '“bad” is not a field. <img src=x onerror="filterPage.log.push({ name: \'injected\' })">',
  }));
  if (/==\s*$/.test(text))
    mistakes.push({ start: text.length, end: text.length, message: 'A value is expected after “==”.' });
  return mistakes;
}

const told: readonly (keyof ViewEvents)[] = [
  'filter-wanted',
  'filters-kept',
  'find-wanted',
  'stop-wanted',
  'pane-wanted',
  'dismissed',
];

function start(): void {
  const page: FilterPage = { log: [], asked: [], delayOf: () => 0 };
  globalThis.filterPage = page;
  const answered = async <T>(name: string, text: string, answer: T): Promise<T> => {
    page.asked.push({ name, text });
    await new Promise((resolve) => setTimeout(resolve, page.delayOf(text)));
    return answer;
  };
  for (const name of ['cl-filter-bar', 'cl-find-bar'] as const) {
    const element = document.createElement(name);
    Object.assign(element, {
      complete: (text: string, at: number) => answered('complete', text, complete(text, at)),
      check: (text: string) => answered('check', text, check(text)),
    });
    for (const event of told)
      element.addEventListener(event, (happened) => {
        page.log.push({ name: event, detail: (happened as CustomEvent).detail });
      });
    const place = document.createElement('div');
    place.id = name;
    place.append(element);
    document.body.append(place);
  }
  // As the workbench listens: what comes this far could be one of its keys.
  window.addEventListener('keydown', ({ key }) => page.log.push({ name: 'key', detail: key }));
}

if (pageStyle.styleSheet) document.adoptedStyleSheets.push(pageStyle.styleSheet);
start();
