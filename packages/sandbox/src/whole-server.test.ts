import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ManualTime } from '../test/manual-time.ts';
import { openPaper, paperAccount } from '../test/paper.ts';
import { V1Client } from '../test/v1-client.ts';

const SYMBOLS = ['BTC/USD', 'MLN/EUR'];
const ROUNDS = 10;

/** Every channel of both protocols, orders on both, and REST, on a stepped clock: all that the clients were sent. */
async function record(seed: string): Promise<{ readonly v2: string[]; readonly v1: string[] }> {
  const time = new ManualTime();
  const source = { kind: 'synthetic', seed, symbols: SYMBOLS, rate: 100 } as const;
  const paper = await openPaper([paperAccount('alice')], { source }, time);
  const token = (await paper.rest[0]?.token()) ?? '';
  await using v2 = await paper.connect();
  for (const params of [
    ...[10, 25, 100, 500, 1000].map((depth) => ({ channel: 'book', symbol: SYMBOLS, depth })),
    { channel: 'level3', symbol: SYMBOLS, depth: 1000, token },
    ...['trade', 'ticker', 'ohlc'].map((channel) => ({ channel, symbol: SYMBOLS })),
    { channel: 'ticker', symbol: SYMBOLS, event_trigger: 'bbo' },
    ...['instrument', 'executions', 'balances'].map((channel) => ({ channel, token })),
  ]) {
    v2.send({ method: 'subscribe', params });
    await v2.nextAnswer();
  }
  await using v1 = await V1Client.connect(`${paper.url.replace('http', 'ws')}/v2`);
  await v1.subscribe('*', ['XBT/USD', 'MLN/EUR']);
  await v1.subscribe('book', ['XBT/USD'], { depth: 1000 });
  await v1.subscribe('*', undefined, { token });
  const order = { symbol: 'BTC/USD', order_qty: 0.01, token };
  for (let round = 0; round < ROUNDS; round += 1) {
    time.advance(500);
    const side = round % 2 === 0 ? 'buy' : 'sell';
    v2.send({ method: 'add_order', params: { ...order, order_type: 'market', side } });
    const trail = { order_type: 'trailing-stop', side, triggers: { price: 1, price_type: 'pct' } };
    v2.send({ method: 'add_order', params: { ...order, ...trail } });
    v2.send({ method: 'ping', req_id: round });
    await v2.next((text) => text.includes(`"pong","req_id":${round},`));
    const limit = {
      ordertype: 'limit',
      type: 'buy',
      pair: 'XBT/USD',
      price: '64000',
      volume: '0.01',
    };
    const { txid } = await v1.ask('addOrder', { ...limit, token });
    if (round % 3 === 0) await v1.ask('cancelOrder', { txid: [txid], token });
  }
  v2.send({ method: 'ping', req_id: ROUNDS });
  await v2.next((text) => text.includes(`"pong","req_id":${ROUNDS},`));
  await v1.ask('ping');
  const sent = { v2: [...v2.received], v1: [...v1.all()] };
  await paper.sandbox.close();
  return sent;
}

const digest = (texts: readonly string[]): string =>
  createHash('sha256').update(texts.join('\n')).digest('hex');

describe('the whole server on a stepped clock', () => {
  it('sends each client the same bytes for the same seed and the same requests', async () => {
    const [first, second] = [await record('again'), await record('again')];
    expect(first.v2.length).toBeGreaterThan(3_000);
    expect(first.v1.length).toBeGreaterThan(1_000);
    expect([digest(second.v2), digest(second.v1)]).toEqual([digest(first.v2), digest(first.v1)]);
    for (const sign of ['"executions"', '"balances"', '"level3"', '"filled"', '"instrument"']) {
      expect(first.v2.some((text) => text.includes(sign))).toBe(true);
    }
    for (const sign of ['"ownTrades",{', '"openOrders",{', '"book-1000"', '"ohlc-1"', '"spread"']) {
      expect(first.v1.some((text) => text.includes(sign))).toBe(true);
    }
    expect(digest((await record('other')).v1)).not.toBe(digest(first.v1));
  }, 180_000);
});
