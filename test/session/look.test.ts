/** How rows look: columns, times, colours. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ColourRule, ColumnWish, TimeWish } from '../../src/rpc/packetList.js';
import { rowTimeText } from '../../src/session/rowTime.js';
import {
  concat,
  interfaceBlock,
  option,
  packetBlock,
  pcapFile,
  sectionBlock,
  somePackets,
} from '../core/capture/build.js';
import { fixture, list, opened, rowsOf, sessionOver } from './listOf.js';

function looking(
  bytes: Uint8Array,
  columns: readonly ColumnWish[],
  time: TimeWish,
  colours: readonly ColourRule[] = [],
) {
  const over = sessionOver(bytes);
  opened(over.session);
  over.work();
  const troubles = over.session.look({ list, look: { columns, time, colours } });
  return { ...over, troubles };
}

describe('times', () => {
  const time = { seconds: 1_660_000_000, fraction: 123_456, digits: 6 };
  const text = (
    form: TimeWish['form'],
    digits?: number,
    base = { seconds: 1_659_999_999, fraction: 0, digits: 6 },
  ): string => rowTimeText(time, base, { form, ...(digits === undefined ? {} : { digits }) });

  test('in every form', () => {
    assert.equal(text('relative'), '1.123456');
    assert.equal(text('delta'), '1.123456');
    assert.equal(text('epoch'), '1660000000.123456');
    assert.equal(text('utc'), '2022-08-08 23:06:40.123456');
    const local = new Date(1_660_000_000_000);
    const two = (value: number): string => value.toString().padStart(2, '0');
    assert.equal(
      text('local'),
      `${local.getFullYear()}-${two(local.getMonth() + 1)}-${two(local.getDate())} ${two(local.getHours())}:${two(local.getMinutes())}:${two(local.getSeconds())}.123456`,
    );
  });

  test('with fewer digits they are cut, towards zero, with more filled up', () => {
    assert.equal(text('relative', 3), '1.123');
    assert.equal(text('relative', 0), '1');
    assert.equal(text('relative', 9), '1.123456000');
    const later = { seconds: 1_660_000_001, fraction: 999_999, digits: 6 };
    assert.equal(text('relative', undefined, later), '-1.876543');
    assert.equal(text('relative', 2, later), '-1.87');
    assert.equal(text('relative', 0, later), '-1');
    const soon = { seconds: 1_660_000_000, fraction: 123_457, digits: 6 };
    assert.equal(text('relative', 3, soon), '0.000');
  });

  test('count from the first packet, the one before, the one above, or the reference', () => {
    const bytes = pcapFile(
      [10, 12, 17, 30].map((seconds) => ({ seconds, fraction: 0, data: new Uint8Array(60) })),
    );
    const times = (wish: TimeWish, filter = ''): (string | undefined)[] => {
      const { session, work } = looking(bytes, [{ id: 't', kind: 'time' }], { digits: 0, ...wish });
      session.filter({ list, text: filter });
      work();
      return rowsOf(session).map(({ cells }) => cells[0]);
    };
    const odd = 'frame.number == 1 or frame.number == 3 or frame.number == 4';
    assert.deepEqual(times({ form: 'relative' }, odd), ['0', '7', '20']);
    assert.deepEqual(times({ form: 'delta' }, odd), ['0', '5', '13']);
    assert.deepEqual(times({ form: 'delta-shown' }, odd), ['0', '7', '13']);
    assert.deepEqual(times({ form: 'reference', reference: 2 }), ['-2', '0', '5', '18']);
  });
});

test('any field can be a column; one that is not there is told and stays empty', () => {
  const { session, troubles } = looking(
    fixture('vxlan.pcap'),
    [
      { id: 'a', kind: 'field', field: 'ip.ttl' },
      { id: 'b', kind: 'field', field: 'ip.ttl#2' },
      { id: 'c', kind: 'field', field: 'no.such' },
      { id: 'd', kind: 'field', field: 'vxlan.vni' },
    ],
    { form: 'relative' },
  );
  assert.deepEqual(
    troubles.map(({ what, index }) => [what, index]),
    [['column', 2]],
  );
  assert.match(troubles[0]?.message ?? '', /no\.such/);
  const [row] = rowsOf(session, 0, 1);
  assert.ok(row);
  const [both = ''] = row.cells;
  const [outer, inner] = both.split(',');
  assert.ok(Number(outer) > 0 && Number(inner) > 0);
  assert.deepEqual(row.cells.slice(1, 3), [inner, '']);
  assert.match(row.cells[3] ?? '', /^\d+$/);
});

test('the first colour rule that matches is the row’s; one that cannot be used colours nothing', () => {
  const rule = (filter: string): ColourRule => ({ name: filter, filter, tint: 'red' });
  const { session, troubles } = looking(
    fixture('vxlan.pcap'),
    [{ id: 'n', kind: 'number' }],
    { form: 'relative' },
    [rule('frame.number == 3'), rule('ip.nothing'), rule('frame.number < 5'), rule('ip')],
  );
  assert.deepEqual(
    troubles.map(({ what, index }) => [what, index]),
    [['colour', 1]],
  );
  assert.deepEqual(
    rowsOf(session).map(({ rule: index }) => index),
    [2, 2, 0, 2, 3, 3, 3, 3, 3, 3],
  );
});

test('comments and problems show on their rows', () => {
  const comment = option(1, 'look here');
  const bytes = concat([
    sectionBlock(),
    // A link type of one's own: there is nothing to be wrong in it.
    interfaceBlock(true, { linkType: 147 }),
    packetBlock(5n, new Uint8Array(60), { options: comment }),
    packetBlock(6n, new Uint8Array(60)),
    packetBlock(7n, new Uint8Array(60), { on: 3 }),
  ]);
  const { session } = looking(bytes, [{ id: 'n', kind: 'number' }], { form: 'relative' });
  const rows = rowsOf(session);
  assert.deepEqual(
    rows.map(({ commented, problem }) => [commented ?? false, problem ?? false]),
    [
      [true, false],
      [false, false],
      [false, true],
    ],
  );
});

test('a new look makes rows that were given out old', () => {
  const { session } = looking(pcapFile(somePackets(5)), [{ id: 'n', kind: 'number' }], { form: 'relative' });
  const { age } = session.rows({ list, first: 0, count: 1 });
  session.look({ list, look: { columns: [], time: { form: 'utc' }, colours: [] } });
  const answer = session.rows({ list, first: 0, count: 1 });
  assert.ok(answer.age > age);
  assert.deepEqual(answer.rows[0]?.cells, []);
});
