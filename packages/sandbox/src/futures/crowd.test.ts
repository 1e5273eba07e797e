import { toScaled } from '@kr/orderbook/decimal';
import { afterEach, describe, expect, it } from 'vitest';
import { openFutures } from '../../test/futures-client.ts';
import { FuturesRest } from '../../test/futures-rest.ts';
import type { Sandbox } from '../sandbox-types.ts';
import { createRandom } from '../synthetic/random.ts';

const opened: Sandbox[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((sandbox) => sandbox.close()));
});

const NAMES = ['alice', 'bob', 'carol', 'dave'];
const ROUNDS = 12;
const random = createRandom('crowd');
const pick = <T>(items: readonly T[]): T => items[random.below(items.length)] as T;

function order(): Record<string, string> {
  const [symbol, size, low, high] = pick([
    ['PF_XBTUSD', '0.05', '64000', '65000'],
    ['PF_SOLUSD', '5', '116', '120'],
    ['PI_XBTUSD', '500', '64000', '65000'],
  ] as const);
  const common = {
    symbol,
    size,
    side: pick(['buy', 'sell']),
    reduceOnly: pick(['false', 'false', 'true']),
  };
  const orderType = pick(['mkt', 'lmt', 'ioc', 'stp', 'take_profit']);
  if (orderType === 'mkt') return { ...common, orderType };
  const price = pick([low, high]);
  return orderType === 'lmt' || orderType === 'ioc'
    ? { ...common, orderType, limitPrice: price }
    : { ...common, orderType, stopPrice: price, triggerSignal: pick(['mark', 'index', 'last']) };
}

describe('four clients that trade at once over the wire', () => {
  it('leave every wallet adding up to the last digit, and every feed without a hole', async () => {
    const { accounts, http, connect, time, sandbox } = await openFutures(NAMES);
    opened.push(sandbox);
    const clients = await Promise.all(
      accounts.map(async (account) => {
        const socket = await connect();
        const auth = await socket.authenticate(account);
        for (const feed of ['fills', 'account_log']) {
          socket.send({ event: 'subscribe', feed, ...auth });
          await socket.nextOf(`${feed}_snapshot`);
        }
        return { socket, rest: new FuturesRest(http, account) };
      }),
    );
    for (let round = 0; round < ROUNDS; round += 1) {
      await Promise.all(clients.map(({ rest }) => rest.get('sendOrder', order())));
      time.advance(2_000);
    }
    const { futuresFunds } = sandbox.stats;
    for (const { deposited, accounts: held, positions, agents, fees } of Object.values(
      futuresFunds,
    )) {
      const parts = [held, positions, agents, fees].map((text) => toScaled(text, 10));
      expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(toScaled(deposited, 10));
    }
    expect(Number(futuresFunds['USD']?.fees)).toBeGreaterThan(0);
    for (const { socket, rest } of clients) {
      const { fills } = await rest.get<{ fills: { fill_id: string }[] }>('fills');
      socket.send({ event: 'ping' });
      await socket.next((frame) => frame['event'] === 'pong');
      const frames = socket.client.received.map(
        (text) =>
          JSON.parse(text) as {
            feed?: string;
            event?: string;
            fills: { seq: number; fill_id: string }[];
            new_entry: { id: number };
          },
      );
      const told = frames
        .filter(({ feed, event }) => feed === 'fills' && event === undefined)
        .flatMap((frame) => frame.fills);
      expect(told.map(({ seq }) => seq)).toEqual(told.map((_, at) => at + 1));
      expect(
        told
          .map((fill) => fill.fill_id)
          .toReversed()
          .slice(0, 100),
      ).toEqual(fills.map((fill) => fill.fill_id));
      const ids = frames
        .filter(({ feed, event }) => feed === 'account_log' && event === undefined)
        .map((frame) => frame.new_entry.id);
      expect(ids).toEqual(ids.map((_, at) => (ids[0] ?? 0) + at));
    }
  }, 180_000);
});
