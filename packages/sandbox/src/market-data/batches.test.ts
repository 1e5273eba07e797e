import { L2Book } from '@kr/orderbook';
import { afterEach, expect, it } from 'vitest';
import { TestClient } from '../../test/client.ts';
import { ManualTime } from '../../test/manual-time.ts';
import { createSandbox } from '../sandbox.ts';
import type { Sandbox } from '../sandbox-types.ts';

interface Seen {
  readonly states: readonly number[];
  readonly trades: readonly number[];
}

const NOBODY: Seen = { states: [], trades: [] };

const opened: Sandbox[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((sandbox) => sandbox.close()));
});

it('puts updates together for some connections, and their books and trades are the same', async () => {
  const time = new ManualTime();
  const sandbox = createSandbox({
    source: { kind: 'synthetic', seed: 3, symbols: ['BTC/USD'], rate: 500 },
    clock: time,
    timers: time,
    batches: [1, 3],
  });
  opened.push(sandbox);
  const { url } = await sandbox.listen();
  const clients = [await TestClient.connect(url), await TestClient.connect(url)];
  for (const client of clients) {
    client.subscribe({ channel: 'book', symbol: ['BTC/USD'], depth: 10 });
    client.subscribe({ channel: 'trade', symbol: ['BTC/USD'] });
    await client.nextOf('book');
  }
  for (let step = 0; step < 400; step += 1) time.advance(10);
  // A quiet moment, in which what still waits is told.
  time.advance(200);
  for (const client of clients) {
    client.send({ method: 'ping', req_id: 9 });
    await client.next((text) => text.includes('"req_id":9'));
  }
  const seen = clients.map(({ received }) => {
    const book = new L2Book({ symbol: 'BTC/USD', depth: 10 });
    const states = received
      .filter((text) => text.startsWith('{"channel":"book"'))
      .map((text) => {
        expect(book.apply(text)).toBe('verified');
        return book.checksum();
      });
    const trades = received.flatMap((text) =>
      [...text.matchAll(/"trade_id":(\d+)/g)].map(([, id]) => Number(id)),
    );
    return { states, trades };
  });
  const [one = NOBODY, three = NOBODY] = seen;
  expect(one.states.length).toBeGreaterThan(three.states.length * 2);
  expect(three.states.length).toBeGreaterThan(20);
  const known = new Set(one.states);
  expect(three.states.every((state) => known.has(state))).toBe(true);
  const last = three.trades.at(-1) ?? 0;
  expect(three.trades).toStrictEqual(
    one.trades.filter((id) => id >= (three.trades[0] ?? 0) && id <= last),
  );
});

it('refuses batches of nothing', () => {
  const time = new ManualTime();
  const base = { source: { kind: 'synthetic', seed: 1 }, clock: time, timers: time } as const;
  expect(() => createSandbox({ ...base, batches: [] })).toThrow('batches takes whole numbers');
  expect(() => createSandbox({ ...base, batches: [1, 0] })).toThrow('batches takes whole numbers');
});
