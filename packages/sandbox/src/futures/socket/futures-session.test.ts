import { parseStrictly } from '@kr/schemas';
import { routeFuturesMessage } from '@kr/schemas/futures-ws';
import { afterEach, describe, expect, it } from 'vitest';
import { openFutures } from '../../../test/futures-client.ts';

type Opened = Awaited<ReturnType<typeof openFutures>>;
const opened: Opened['sandbox'][] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((sandbox) => sandbox.close()));
});

async function open(...args: Parameters<typeof openFutures>): Promise<Opened> {
  const all = await openFutures(...args);
  opened.push(all.sandbox);
  return all;
}

type Level = { price: number; qty: number };
const sideOf = (levels: unknown): Map<number, number> =>
  new Map((levels as Level[]).map(({ price, qty }) => [price, qty]));

const sorted = (side: Map<number, number>): [number, number][] =>
  [...side].toSorted((a, b) => a[0] - b[0]);

/** A book as a client keeps it, and whether a sequence had a hole. */
class Mirror {
  readonly sides = { buy: new Map<number, number>(), sell: new Map<number, number>() };
  seq = 0;
  holes = 0;

  take(frame: Record<string, unknown>): void {
    if (frame['feed'] === 'book_snapshot') {
      this.sides.buy = sideOf(frame['bids']);
      this.sides.sell = sideOf(frame['asks']);
      this.seq = frame['seq'] as number;
      return;
    }
    const side = this.sides[frame['side'] as 'buy' | 'sell'];
    if ((frame['seq'] as number) !== this.seq + 1) this.holes += 1;
    this.seq = frame['seq'] as number;
    if (frame['qty'] === 0) side.delete(frame['price'] as number);
    else side.set(frame['price'] as number, frame['qty'] as number);
  }

  get text(): string {
    return JSON.stringify([sorted(this.sides.buy), sorted(this.sides.sell)]);
  }
}

describe('the futures v1 socket', () => {
  it('says its version first, answers a ping, and refuses what it does not know', async () => {
    const { connect } = await open();
    await using client = await connect();
    expect(await client.next()).toEqual({ event: 'info', version: 1 });
    const ask = async (message: unknown): Promise<unknown> => {
      client.send(message);
      return client.next();
    };
    expect(await ask({ event: 'ping' })).toEqual({ event: 'pong' });
    expect(await ask('{"event":')).toEqual({ event: 'error', message: 'Json Error' });
    expect(await ask([])).toEqual({ event: 'error', message: 'Json Error' });
    expect(await ask({ event: 'subscribe', feed: 'level3', product_ids: ['PF_XBTUSD'] })).toEqual({
      event: 'error',
      message: 'Invalid feed',
    });
    const unknown = { event: 'error', message: 'Invalid product id' };
    expect(await ask({ event: 'subscribe', feed: 'book', product_ids: ['PF_NOPE'] })).toEqual(
      unknown,
    );
    expect(await ask({ event: 'subscribe', feed: 'book' })).toEqual(unknown);
  });

  it('acknowledges product by product, in upper case, before any snapshot', async () => {
    const { connect } = await open();
    await using client = await connect();
    client.send({ event: 'subscribe', feed: 'ticker', product_ids: ['pf_xbtusd', 'PI_XBTUSD'] });
    await client.next();
    expect(await client.next()).toEqual({
      event: 'subscribed',
      feed: 'ticker',
      product_ids: ['PF_XBTUSD'],
    });
    expect(await client.next()).toMatchObject({ product_ids: ['PI_XBTUSD'] });
    expect(await client.next()).toMatchObject({ feed: 'ticker', product_id: 'PF_XBTUSD' });
  });

  it('keeps a book right by its sequence, which has no hole', async () => {
    const { connect, time, sandbox } = await open();
    await using client = await connect();
    await client.subscribe('book', 'PI_XBTUSD');
    const mirror = new Mirror();
    mirror.take(await client.nextOf('book_snapshot'));
    time.advance(20_000);
    client.send({ event: 'unsubscribe', feed: 'book', product_ids: ['PI_XBTUSD'] });
    let updates = 0;
    for (;;) {
      const frame = await client.next();
      if (frame['event'] === 'unsubscribed') break;
      mirror.take(frame);
      updates += 1;
    }
    await client.subscribe('book', 'PI_XBTUSD');
    const again = new Mirror();
    again.take(await client.nextOf('book_snapshot'));
    expect(updates).toBeGreaterThan(100);
    expect(mirror.holes).toBe(0);
    expect(again.text).toBe(mirror.text);
    expect(again.seq).toBeGreaterThan(mirror.seq);
    expect(sandbox.stats.subscriptions).toBe(1);
  });

  it('tells trades newest first, then one by one, and tickers once a second at most', async () => {
    const { connect, time } = await open();
    await using client = await connect();
    await client.subscribe('trade', 'PF_XBTUSD');
    const { trades } = (await client.nextOf('trade_snapshot')) as { trades: { seq: number }[] };
    expect(trades.length).toBe(100);
    expect(trades[0]?.seq).toBe((trades[1]?.seq ?? 0) + 1);
    await client.subscribe('ticker', 'PF_XBTUSD');
    await client.subscribe('ticker_lite', 'PF_XBTUSD');
    time.advance(30_000);
    expect(await client.nextOf('trade')).toMatchObject({ seq: (trades[0]?.seq ?? 0) + 1 });
    client.send({ event: 'ping' });
    await client.next((frame) => frame['event'] === 'pong');
    const tickers = client.client.received
      .map((text) => JSON.parse(text) as { feed?: string; event?: string; time: number })
      .filter(({ feed, event }) => feed === 'ticker' && event === undefined);
    expect(tickers.length).toBeGreaterThan(20);
    const gaps = tickers.slice(1).map(({ time: at }, index) => at - (tickers[index]?.time ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_000);
  });

  it('says so when something is subscribed again, and sends it anew', async () => {
    const { connect } = await open();
    await using client = await connect();
    await client.subscribe('book', 'PF_ETHUSD');
    await client.nextOf('book_snapshot');
    client.send({ event: 'subscribe', feed: 'book', product_ids: ['PF_ETHUSD'] });
    expect(await client.next()).toMatchObject({ event: 'alert' });
    expect(await client.next()).toMatchObject({ event: 'subscribed' });
    expect(await client.next()).toMatchObject({ feed: 'book_snapshot' });
    client.send({ event: 'unsubscribe', feed: 'trade', product_ids: ['PF_ETHUSD'] });
    expect(await client.next()).toMatchObject({ event: 'unsubscribed_failed' });
  });

  it('closes who is silent, though subscribed, unless heartbeats are', async () => {
    const { connect, time } = await open(['alice'], { idleTimeoutMs: 60_000 });
    await using silent = await connect();
    await using kept = await connect();
    await silent.subscribe('ticker', 'PF_XBTUSD');
    kept.send({ event: 'subscribe', feed: 'heartbeat' });
    await kept.next((frame) => frame['event'] === 'subscribed');
    const closed = silent.client.closed();
    time.advance(61_000);
    expect(await closed).toBe(1000);
    const { time: first } = await kept.nextOf('heartbeat');
    expect(await kept.nextOf('heartbeat')).toMatchObject({ time: Number(first) + 1_000 });
  });

  it('gives private feeds for a signed challenge of this connection alone', async () => {
    const { connect, accounts } = await open(['alice', 'bob']);
    await using client = await connect();
    await using other = await connect();
    const [alice, bob] = accounts;
    if (alice === undefined || bob === undefined) throw new Error('no accounts');
    const alert = { event: 'alert', message: 'Failed to subscribe to authenticated feed' };
    await client.next();
    client.send({ event: 'subscribe', feed: 'fills', api_key: alice.key });
    expect(await client.next()).toEqual(alert);
    const auth = await client.authenticate(alice);
    for (const wrong of [
      { api_key: bob.key },
      { signed_challenge: 'AAAA' },
      { original_challenge: 'x' },
    ]) {
      client.send({ event: 'subscribe', feed: 'fills', ...auth, ...wrong });
      expect(await client.next()).toEqual(alert);
    }
    other.send({ event: 'subscribe', feed: 'fills', ...auth });
    expect(await other.next((frame) => frame['event'] === 'alert')).toEqual(alert);
    client.send({ event: 'subscribe', feed: 'fills', ...auth });
    expect(await client.next()).toEqual({ event: 'subscribed', feed: 'fills' });
    expect(await client.next()).toMatchObject({ feed: 'fills_snapshot', fills: [] });
    client.send({ event: 'challenge', api_key: 'nobody' });
    expect(await client.next()).toEqual(alert);
  });

  it('tells every message in the shape of the schemas, of all feeds at once', async () => {
    const { connect, accounts, time } = await open();
    await using client = await connect();
    const [alice] = accounts;
    if (alice === undefined) throw new Error('no account');
    const products = ['PF_XBTUSD', 'PF_ETHUSD', 'PF_SOLUSD', 'PI_XBTUSD', 'PI_ETHUSD'];
    for (const feed of ['book', 'trade', 'ticker', 'ticker_lite']) {
      await client.subscribe(feed, ...products);
    }
    const auth = await client.authenticate(alice);
    for (const feed of [
      'open_orders',
      'open_orders_verbose',
      'fills',
      'open_positions',
      'balances',
      'account_log',
      'notifications_auth',
    ]) {
      client.send({ event: 'subscribe', feed, ...auth });
      await client.next((frame) => frame['event'] === 'subscribed' && frame['feed'] === feed);
    }
    time.advance(5_000);
    client.send({ event: 'ping' });
    await client.next((frame) => frame['event'] === 'pong');
    for (const text of client.client.received) parseStrictly(routeFuturesMessage, text);
    const feeds = new Set(
      client.client.received.map((text) => (JSON.parse(text) as { feed?: string }).feed),
    );
    expect([...feeds]).toEqual(
      expect.arrayContaining([
        ...['book', 'book_snapshot', 'trade', 'trade_snapshot', 'ticker', 'ticker_lite'],
        ...['open_orders_snapshot', 'open_orders_verbose_snapshot', 'fills_snapshot'],
        ...['open_positions', 'balances_snapshot', 'account_log_snapshot', 'notifications_auth'],
      ]),
    );
  });
});

async function told(): Promise<string[]> {
  const { connect, time } = await open();
  await using client = await connect();
  for (const feed of ['book', 'trade', 'ticker']) await client.subscribe(feed, 'PF_XBTUSD');
  time.advance(10_000);
  client.send({ event: 'ping' });
  await client.next((frame) => frame['event'] === 'pong');
  return client.client.received;
}

describe('the same seed', () => {
  it('gives the same bytes, step by step', async () => {
    expect(await told()).toEqual(await told());
  });
});
