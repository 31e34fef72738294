/** Sorting and searching a list, with and without the columns that make it fast. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { FindReply } from '../../src/rpc/packetList.js';
import { pcapFile, somePackets } from '../core/capture/build.js';
import { fixture, list, numbersShown, opened, rowsOf, sessionOver, stateOf } from './listOf.js';

const usual = ['number', 'time', 'source', 'destination', 'protocol', 'length', 'info'] as const;

describe('sorting', () => {
  for (const columns of [0, 400e6])
    describe(columns === 0 ? 'by looking at packets' : 'by columns', () => {
      function sorted(name: string, column: string, descending: boolean, filter = '') {
        const { session, work } = sessionOver(fixture(name), { limits: { columns } });
        opened(session);
        session.filter({ list, text: filter });
        session.sort({ list, by: { column, descending } });
        work();
        assert.equal(stateOf(session).phase, 'ready');
        assert.deepEqual(stateOf(session).sort, { column, descending });
        const place = usual.indexOf(column as (typeof usual)[number]);
        return rowsOf(session).map(({ number, cells }) => ({ number, text: cells[place] ?? '' }));
      }

      test('lengths and times sort as numbers, equal ones in the order of the file', () => {
        for (const column of ['length', 'time'])
          for (const descending of [false, true]) {
            const rows = sorted('mixed.pcap', column, descending);
            assert.ok(rows.length > 20);
            rows.slice(1).forEach((row, at) => {
              const step = (Number(row.text) - Number(rows[at]?.text)) * (descending ? -1 : 1);
              assert.ok(
                step > 0 || (step === 0 && row.number > (rows[at]?.number ?? 0)),
                `${column} at ${at}`,
              );
            });
          }
      });

      test('addresses sort by their value, and all packets stay', () => {
        const rows = sorted('mixed.pcap', 'source', false);
        const four = rows.flatMap(({ text }) =>
          /^[\d.]+$/.test(text) ? [text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)] : [],
        );
        assert.ok(four.length > 3);
        assert.deepEqual(
          four,
          [...four].sort((a, b) => a - b),
        );
        const numbers = rows.map(({ number }) => number).sort((a, b) => a - b);
        assert.deepEqual(
          numbers,
          numbers.map((_, at) => at + 1),
        );
      });

      test('equal protocols stand together', () => {
        const texts = sorted('mixed.pcap', 'protocol', true).map(({ text }) => text);
        const changes = texts.filter((text, at) => at > 0 && text !== texts[at - 1]).length;
        assert.equal(changes + 1, new Set(texts).size);
        assert.ok(changes > 2);
      });

      test('what is shown of a filter is sorted, and nothing else', () => {
        const rows = sorted('mixed.pcap', 'length', true, 'udp');
        const { session, work } = sessionOver(fixture('mixed.pcap'));
        opened(session);
        session.filter({ list, text: 'udp' });
        work();
        assert.ok(rows.length > 0);
        assert.deepEqual(
          rows.map(({ number }) => number).sort((a, b) => a - b),
          numbersShown(session),
        );
      });
    });

  test('texts without columns of their own sort by what is shown', () => {
    const { session, work } = sessionOver(fixture('mixed.pcap'));
    opened(session);
    const ttl = { id: 'ttl', kind: 'field', field: 'ip.ttl#1' } as const;
    assert.deepEqual(
      session.look({ list, look: { columns: [ttl], time: { form: 'relative' }, colours: [] } }),
      [],
    );
    session.filter({ list, text: 'ip' });
    session.sort({ list, by: { column: 'ttl', descending: false } });
    work();
    const values = rowsOf(session).map(({ cells: [cell = ''] }) => Number(cell));
    assert.ok(new Set(values).size > 1);
    assert.deepEqual(
      values,
      [...values].sort((a, b) => a - b),
    );
  });

  test('the time since the packet before sorts by itself', () => {
    const { session, work } = sessionOver(fixture('mixed.pcap'));
    opened(session);
    session.look({
      list,
      look: { columns: [{ id: 't', kind: 'time' }], time: { form: 'delta' }, colours: [] },
    });
    const before = rowsOf(session).map(({ cells }) => Number(cells[0]));
    session.sort({ list, by: { column: 't', descending: true } });
    work();
    assert.deepEqual(
      rowsOf(session).map(({ cells }) => Number(cells[0])),
      before.sort((a, b) => b - a),
    );
  });

  test('stopped, the list keeps the order that it has', () => {
    const packets = Array.from({ length: 40 }, () => somePackets(300, 60)).flat();
    const { session, work } = sessionOver(pcapFile(packets), { limits: { columns: 0 } });
    opened(session);
    work();
    session.sort({ list, by: { column: 'info', descending: false } });
    work(1);
    assert.equal(stateOf(session).phase, 'sorting');
    assert.ok((stateOf(session).share ?? 0) > 0);
    const { age } = stateOf(session);
    session.stop({ list });
    work();
    assert.deepEqual([stateOf(session).sort, stateOf(session).phase], [undefined, 'ready']);
    assert.equal(stateOf(session).age, age);
    assert.deepEqual(numbersShown(session).slice(0, 3), [1, 2, 3]);
  });

  test('back in the order of the file, and a column that is taken away', () => {
    const { session, work } = sessionOver(fixture('vxlan.pcap'));
    opened(session);
    for (const undo of [
      () => {
        session.sort({ list, by: undefined });
      },
      () => {
        const columns = [{ id: 'info', kind: 'info' }] as const;
        session.look({ list, look: { columns, time: { form: 'relative' }, colours: [] } });
      },
    ]) {
      session.sort({ list, by: { column: 'number', descending: true } });
      work();
      assert.equal(numbersShown(session)[0], 10);
      undo();
      assert.equal(numbersShown(session)[0], 1);
      assert.equal(stateOf(session).sort, undefined);
    }
  });
});

describe('finding', () => {
  const over = sessionOver(fixture('vxlan.pcap'));
  opened(over.session);
  over.work();

  async function find(order: Omit<Parameters<typeof over.session.find>[0], 'list'>): Promise<FindReply> {
    const reply = over.session.find({ list, ...order });
    over.work();
    return reply;
  }

  test('text in the rows, forwards and backwards, round the end', async () => {
    const hits = rowsOf(over.session).flatMap(({ cells }, row) =>
      cells.some((cell) => cell.includes('reply')) ? [row] : [],
    );
    assert.ok(hits.length > 2);
    const [first = 0, second = 0] = hits;
    const last = hits.at(-1) ?? 0;
    const text = { what: 'text', pattern: 'REPLY' } as const;
    assert.deepEqual(await find({ ...text, from: -1 }), { row: first, number: first + 1, wrapped: false });
    assert.deepEqual(await find({ ...text, from: first }), {
      row: second,
      number: second + 1,
      wrapped: false,
    });
    assert.deepEqual(await find({ ...text, from: last }), { row: first, number: first + 1, wrapped: true });
    const back = { ...text, backwards: true };
    assert.deepEqual(await find({ ...back, from: second }), {
      row: first,
      number: first + 1,
      wrapped: false,
    });
    assert.deepEqual(await find({ ...back, from: first }), { row: last, number: last + 1, wrapped: true });
    assert.deepEqual(await find({ ...text, from: 0, caseSensitive: true }), {});
  });

  test('text in the tree, bytes, and a filter', async () => {
    assert.equal(
      (await find({ what: 'text', pattern: 'VXLAN Network Identifier', from: 3, inTree: true })).row,
      4,
    );
    assert.deepEqual(await find({ what: 'text', pattern: 'VXLAN Network Identifier', from: 3 }), {});
    const { bytes } = over.session.packet({ number: 7 }) ?? {};
    assert.ok(bytes);
    const pattern = Buffer.from(bytes).toString('hex').replace(/../g, '$& ');
    assert.equal((await find({ what: 'bytes', pattern, from: -1 })).row, 6);
    assert.equal((await find({ what: 'bytes', pattern: 'ff'.repeat(40), from: -1 })).row, undefined);
    assert.equal(
      (await find({ what: 'filter', pattern: 'frame.number == 9', from: 0, backwards: true })).row,
      8,
    );
  });

  test('what is wrong with a pattern is told at its place', async () => {
    const mistakes = async (what: 'text' | 'bytes' | 'filter', pattern: string) => {
      const reply = await find({ what, pattern, from: 0 });
      assert.ok(reply.row === undefined);
      const [mistake] = reply.mistakes ?? [];
      return [mistake?.start, mistake?.end];
    };
    assert.deepEqual(await mistakes('bytes', 'ab cx'), [4, 5]);
    assert.deepEqual(await mistakes('bytes', 'abc'), [0, 3]);
    assert.deepEqual(await mistakes('text', ''), [0, 0]);
    assert.deepEqual((await mistakes('filter', 'ip.nothing == 1'))[0], 0);
  });

  test('a search goes on by slices, tells its share, can be stopped, and gives way to the next', async () => {
    const packets = Array.from({ length: 60 }, () => somePackets(300, 60)).flat();
    const { session, sent, work } = sessionOver(pcapFile(packets), { limits: { columns: 0 } });
    opened(session);
    work();
    const order = { list, what: 'text', pattern: 'not there', from: 0, inTree: true } as const;
    const first = session.find(order);
    work(1);
    const second = session.find(order);
    assert.deepEqual(await first, { stopped: true });
    work(1);
    session.stop({ list });
    assert.deepEqual(await second, { stopped: true });
    const third = session.find(order);
    work();
    assert.deepEqual(await third, {});
    const shares = sent.flatMap((event) => (event.name === 'work' ? [event.payload.share] : []));
    assert.ok(shares.length > 0 && shares.every((share) => share > 0 && share <= 1));
  });
});
