import assert from 'node:assert/strict';
import { test } from 'node:test';
import { positionFor } from '../../src/webview/capture/listArrival.js';

const at = (position: number) => ({ position, viewRows: 10, stand: () => undefined });

test('a packet stays at its height on screen', () => {
  assert.equal(positionFor({ number: 70, offset: 3 }, 500, at(100)), 497);
  assert.equal(positionFor({ number: 70, offset: 3 }, 500, undefined), 497);
});

test('a list that stood at its top stays there as long as the packet is on screen', () => {
  assert.equal(positionFor({ number: 3, offset: 0 }, 2, at(0)), 0);
  assert.equal(positionFor({ number: 3, offset: 0 }, 9, at(0)), 0);
  assert.equal(positionFor({ number: 3, offset: 0 }, 10, at(0)), 10);
  assert.equal(positionFor({ number: 3, offset: 0 }, 2, at(1)), 2);
});
