/** The list's model over a session that is made up here: packets by number, filters that keep every n-th of them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ListLook, ListSort, ListState } from '../../src/rpc/packetList.js';
import type { AskHost } from '../../src/webview/capture/captureModel.js';
import { ListModel } from '../../src/webview/capture/listModel.js';

const look: ListLook = {
  columns: [{ id: 'number', kind: 'number' }],
  time: { form: 'relative' },
  colours: [],
};
const viewRows = 20;

/** A session whose list shows every n-th packet for the filter `every n`, found as fast as the test lets it. */
class MadeUpSession {
  every = 1;
  sort: ListSort | undefined;
  examined: number;
  age = 1;
  marked = new Set<number>();
  readonly asked: string[] = [];
  readonly selected: number[] = [];
  readonly model: ListModel;
  /** Where the list stands. */
  readonly stand = { position: 0, viewRows, stand: (position: number) => (this.stand.position = position) };
  /** The order that is wanted, while sorting goes on. */
  wish: ListSort | undefined;
  isSorting = false;
  /** Milliseconds that it takes to find a packet's row. */
  delay = 0;
  /** Packets that a filter looks at before the next look at what else there is; all when not set. */
  slow = false;

  constructor(readonly packets: number) {
    this.examined = packets;
    this.model = new ListModel(
      ((name: string, argument: never) => this.answer(name, argument)) as unknown as AskHost,
      1,
      {
        changed: () => undefined,
        selected: (number) => this.selected.push(number),
        failed: (error) => {
          throw error;
        },
      },
    );
    this.model.stand = this.stand;
  }

  get state(): ListState {
    const isDone = this.examined >= this.packets;
    return {
      list: 1,
      age: this.age,
      filter: this.every > 1 ? `every ${this.every}` : '',
      sort: this.isSorting ? this.wish : this.sort,
      shown: Math.floor(this.examined / this.every),
      examined: this.examined,
      packets: this.packets,
      phase: !isDone ? 'filtering' : this.isSorting ? 'sorting' : 'ready',
    };
  }

  /** The filter looks at more packets, and the view is told. */
  examine(packets: number): void {
    this.examined = packets;
    this.model.update(this.state);
  }

  /** The rows stand in the order that was wanted, and the view is told. */
  sorted(): void {
    this.isSorting = false;
    this.sort = this.wish;
    this.age++;
    this.model.update(this.state);
  }

  numberAt(row: number): number {
    const number = (row + 1) * this.every;
    return this.sort?.descending
      ? Math.floor(this.packets / this.every) * this.every - row * this.every
      : number;
  }

  private async answer(name: string, argument: Record<string, unknown>): Promise<unknown> {
    this.asked.push(name);
    await Promise.resolve();
    const { shown } = this.state;
    switch (name) {
      case 'state':
        return this.state;
      case 'look':
        this.age++;
        return [];
      case 'filter': {
        const every = /^every (\d+)$/.exec(String(argument['text']))?.[1];
        if (argument['text'] !== '' && every === undefined)
          return [{ start: 0, end: 1, message: 'No such filter.' }];
        this.every = Number(every ?? 1);
        this.examined = this.slow ? 0 : this.packets;
        this.age++;
        return [];
      }
      case 'sort':
        this.wish = argument['by'] as ListSort | undefined;
        this.isSorting = true;
        if (!this.slow) this.sorted();
        return undefined;
      case 'rows': {
        const first = argument['first'] as number;
        const length = Math.max(0, Math.min(argument['count'] as number, shown - first));
        const rows = Array.from({ length }, (_, index) => {
          const number = this.numberAt(first + index);
          return { number, cells: [String(number)], ...(this.marked.has(number) ? { marked: true } : {}) };
        });
        return { age: this.age, rows };
      }
      case 'rowOf': {
        const number = argument['number'] as number;
        if (this.delay > 0) await moment(this.delay);
        const rows = Array.from({ length: shown }, (_, row) => row);
        return (
          rows.find((row) => (this.sort ? this.numberAt(row) === number : this.numberAt(row) >= number)) ??
          shown - 1
        );
      }
      default:
        throw new Error(`Nothing answers to ${name}.`);
    }
  }
}

const moment = (milliseconds = 5) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function opened(packets: number, kept = { number: 1, filter: '' }): Promise<MadeUpSession> {
  const session = new MadeUpSession(packets);
  await session.model.open(look, { ...kept, sort: undefined });
  return session;
}

/** Shows what is on screen, as the list's element would. */
async function paint({ model, stand }: MadeUpSession): Promise<void> {
  model.want(Math.floor(stand.position), viewRows + 1);
  await moment();
}

test('a list of all packets knows every row by its number', async () => {
  const { model, selected } = await opened(1000, { number: 400, filter: '' });
  assert.equal(model.total, 1000);
  assert.equal(model.active, 399);
  model.select(9);
  assert.equal(model.activeNumber, 10);
  assert.deepEqual(selected, [10]);
});

test('a filter keeps the selected packet selected, at the same place on screen', async () => {
  const session = await opened(1000);
  const { model, stand } = session;
  stand.position = 390;
  model.select(399);
  await paint(session);
  await model.filter('every 10');
  await moment();
  assert.equal(model.total, 100);
  assert.equal(model.activeNumber, 400);
  assert.equal(model.active, 39);
  assert.equal(stand.position, 30, 'nine rows from the upper edge, as before');
  await model.filter('');
  await moment();
  assert.equal(model.active, 399);
  assert.equal(stand.position, 390);
});

test('where the packet is not shown the next one stands for it, until it is shown again', async () => {
  const session = await opened(1000);
  const { model, selected } = session;
  model.select(402);
  await model.filter('every 10');
  await moment();
  assert.equal(model.activeNumber, 410);
  await model.filter('');
  await moment();
  assert.equal(model.activeNumber, 403);
  assert.deepEqual(selected, [403, 410, 403]);
});

test('rows of the old order stay on screen until those of the new one are here', async () => {
  const session = await opened(1000);
  const { model } = session;
  await paint(session);
  const applied = model.filter('every 10');
  // Whatever the list shows from here on, a row is never another's.
  const seen = new Set<string>();
  for (let step = 0; step < 20; step++) {
    const { total } = model;
    seen.add(`${total} ${model.row(0)?.number}`);
    await Promise.resolve();
  }
  await applied;
  await moment();
  seen.add(`${model.total} ${model.row(0)?.number}`);
  assert.deepEqual([...seen], ['1000 1', '100 10']);
});

test('a slow filter shows what it finds, and finds the selected packet when it comes past it', async () => {
  const session = await opened(100_000);
  const { model, stand } = session;
  session.slow = true;
  stand.position = 49_990;
  model.select(49_999);
  await paint(session);
  await model.filter('every 10');
  session.examine(1000);
  await moment(200);
  assert.equal(model.total, 100, 'not waited for longer than a moment');
  assert.equal(model.active, -1);
  assert.equal(stand.position, 0);
  session.examine(60_000);
  await moment();
  assert.equal(model.total, 6000);
  assert.equal(model.activeNumber, 50_000);
  assert.equal(stand.position, 4990);
  session.examine(100_000);
  assert.equal(model.total, 10_000);
  assert.equal(model.active, 4999);
});

test('a list that the user has moved meanwhile is not moved again', async () => {
  const session = await opened(100_000);
  const { model, stand } = session;
  session.slow = true;
  stand.position = 49_990;
  model.select(49_999);
  await paint(session);
  await model.filter('every 10');
  session.examine(1000);
  await moment(200);
  stand.position = 40;
  model.touched();
  session.examine(100_000);
  await moment();
  assert.equal(stand.position, 40);
  assert.equal(model.activeNumber, 50_000, 'but the packet is selected');
});

test('a filter that nothing matches selects nothing; taking it away brings the packet back', async () => {
  const session = await opened(1000);
  const { model, selected } = session;
  model.select(5);
  await model.filter('every 5000');
  await moment();
  assert.equal(model.total, 0);
  assert.equal(selected.at(-1), 0);
  await model.filter('');
  await moment();
  assert.equal(selected.at(-1), 6);
});

test('a wrong filter leaves the list as it is', async () => {
  const session = await opened(1000);
  const mistakes = await session.model.filter('nonsense');
  assert.equal(mistakes.length, 1);
  assert.equal(session.model.total, 1000);
  assert.equal(session.model.state.filter, '');
});

test('sorting keeps the packet that is on screen where it is', async () => {
  const session = await opened(1000);
  const { model, stand } = session;
  model.select(3);
  await paint(session);
  await model.sort({ column: 'number', descending: true });
  await moment();
  assert.equal(model.activeNumber, 4);
  assert.equal(model.active, 996);
  assert.equal(stand.position, 993);
});

test('while sorting goes on, the list stays as it is', async () => {
  const session = await opened(1000);
  const { model, stand } = session;
  session.slow = true;
  model.select(3);
  await paint(session);
  await model.sort({ column: 'number', descending: true });
  await moment();
  assert.equal(model.active, 3);
  assert.equal(model.isWhole, true);
  session.sorted();
  await moment();
  assert.equal(model.activeNumber, 4);
  assert.equal(model.active, 996);
  assert.equal(stand.position, 993);
  assert.equal(model.row(996)?.number, 4);
});

test('several selected rows stay selected when only their look changes', async () => {
  const session = await opened(1000);
  const { model } = session;
  await model.filter('every 10');
  await moment();
  model.select(3);
  model.select(7, 'extend');
  await model.setLook({ ...look, time: { form: 'utc' } });
  await moment();
  assert.deepEqual(model.selection, [{ first: 3, last: 7 }]);
  assert.equal(model.active, 7);
});

test('a busy session does not make the selection be forgotten', async () => {
  const session = await opened(1000);
  const { model } = session;
  model.select(399);
  session.delay = 250;
  await model.filter('every 10');
  await moment(180);
  assert.equal(model.total, 100, 'the list does not wait for it');
  await moment(600);
  assert.equal(model.activeNumber, 400);
});

test('what the view remembers is applied before anything is shown', async () => {
  const { model, asked } = await opened(1000, { number: 500, filter: 'every 10' });
  assert.equal(model.total, 100);
  assert.equal(model.state.filter, 'every 10');
  await moment();
  assert.equal(model.activeNumber, 500);
  assert.ok(asked.indexOf('filter') < asked.lastIndexOf('state'));
});

test('rows stay as they were until they are here in their new look', async () => {
  const session = await opened(1000);
  const { model } = session;
  await paint(session);
  assert.equal(model.row(0)?.marked, undefined);
  session.marked.add(1);
  model.marksChanged(1);
  assert.equal(model.cell(0, 'number'), '1');
  await paint(session);
  assert.equal(model.row(0)?.marked, true);
});

test('a row whose packet is not known yet is named when it comes', async () => {
  const session = await opened(100_000);
  const { model, stand, selected } = session;
  await model.filter('every 10');
  await moment();
  model.select(5000);
  assert.equal(model.activeNumber, 0);
  stand.position = 4990;
  await paint(session);
  assert.equal(model.activeNumber, 50_010);
  assert.equal(selected.at(-1), 50_010);
});

test('events about other lists and of older ages change nothing', async () => {
  const { model, state } = await opened(1000);
  model.update({ ...state, list: 2, shown: 5 });
  model.update({ ...state, age: 0, shown: 5 });
  assert.equal(model.total, 1000);
});
