import { afterEach, describe, expect, it } from 'vitest';
import { openFutures } from '../../test/futures-client.ts';
import { FuturesRest } from '../../test/futures-rest.ts';
import type { Sandbox } from '../sandbox-types.ts';

const opened: Sandbox[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((sandbox) => sandbox.close()));
});

/** A client of the futures v1 socket, and what the sandbox's ledger says of its connection. */
async function open() {
  const ledger: Record<string, unknown>[] = [];
  const all = await openFutures(['alice'], {
    ledger: (lines) => {
      for (const line of lines.trim().split('\n')) ledger.push(JSON.parse(line));
    },
  });
  opened.push(all.sandbox);
  return { ...all, ledger, client: await all.connect() };
}

type Opened = Awaited<ReturnType<typeof open>>;

async function sequences({ client }: Opened): Promise<number[]> {
  client.send({ event: 'ping' });
  await client.next((frame) => frame['event'] === 'pong');
  return client.client.received
    .map((text) => JSON.parse(text) as { feed?: string; event?: string; seq: number })
    .filter(({ feed, event }) => feed?.startsWith('book') === true && event === undefined)
    .map(({ seq }) => seq);
}

const holesOf = (numbers: readonly number[]): number =>
  numbers.slice(1).filter((seq, at) => seq !== (numbers[at] ?? 0) + 1).length;

describe('faults on the futures v1 socket', () => {
  it('skip a sequence: one hole, and the ledger has the frame that was kept back', async () => {
    const made = await open();
    made.sandbox.faults.inject({
      kind: 'drop',
      channel: 'book',
      symbol: 'PF_XBTUSD',
      type: 'update',
    });
    await made.client.subscribe('book', 'PF_XBTUSD');
    made.time.advance(5_000);
    expect(holesOf(await sequences(made))).toBe(1);
    expect(made.ledger.filter((line) => line['fault'] === 'drop')).toMatchObject([
      { madeNs: expect.any(String) as string },
    ]);
  });

  it('flood with what this socket says to show that it lives', async () => {
    const made = await open();
    await made.client.subscribe('book', 'PF_XBTUSD');
    made.sandbox.faults.inject({ kind: 'flood', frames: 3 });
    for (let count = 0; count < 3; count += 1) {
      expect(await made.client.nextOf('heartbeat')).toHaveProperty('time');
    }
  });

  it('keep a snapshot back, and send a frame twice', async () => {
    const made = await open();
    made.sandbox.faults.inject({ kind: 'drop', channel: 'book', type: 'snapshot' });
    made.sandbox.faults.inject({ kind: 'duplicate', channel: 'book', type: 'update' });
    await made.client.subscribe('book', 'PF_XBTUSD');
    made.time.advance(5_000);
    const [first, second] = await sequences(made);
    expect(second).toBe(first);
    expect(made.client.client.received.some((text) => text.includes('book_snapshot'))).toBe(false);
  });

  it('silence one product, and no other', async () => {
    const made = await open();
    await made.client.subscribe('trade', 'PF_XBTUSD', 'PI_XBTUSD');
    await made.client.nextOf('trade_snapshot');
    await made.client.nextOf('trade_snapshot');
    made.sandbox.faults.inject({ kind: 'silence', symbol: 'PF_XBTUSD', times: 'always' });
    made.time.advance(60_000);
    await sequences(made);
    const trades = made.client.client.received.filter((text) =>
      text.startsWith('{"feed":"trade",'),
    );
    expect(trades.length).toBeGreaterThan(0);
    expect(trades.every((text) => text.includes('PI_XBTUSD'))).toBe(true);
  });

  it('refuse and forget requests in the words of the protocol', async () => {
    const { client, sandbox } = await open();
    await client.next();
    sandbox.faults.inject({ kind: 'refuse', channel: 'book', error: 'Invalid product id' });
    client.send({ event: 'subscribe', feed: 'book', product_ids: ['PF_XBTUSD'] });
    expect(await client.next()).toEqual({ event: 'error', message: 'Invalid product id' });
    sandbox.faults.inject({ kind: 'ignore', method: 'challenge' });
    client.send({ event: 'challenge', api_key: 'nobody' });
    client.send({ event: 'ping' });
    expect(await client.next()).toEqual({ event: 'pong' });
  });

  it('cut with a code, and freeze for a while', async () => {
    const made = await open();
    await using other = await made.connect();
    await other.subscribe('ticker', 'PF_XBTUSD');
    await other.nextOf('ticker');
    made.sandbox.faults.inject({ kind: 'freeze', ms: 3_000, connection: 2 });
    made.sandbox.faults.inject({ kind: 'cut', code: 1013, connection: 1 });
    expect(await made.client.client.closed()).toBe(1013);
    made.time.advance(2_900);
    expect(other.client.received).toHaveLength(3);
    made.time.advance(200);
    await other.nextOf('ticker');
    const kinds = new Set(made.ledger.map((line) => line['fault']));
    expect(kinds).toEqual(new Set([undefined, 'cut', 'freeze']));
  });

  it('lose a fill: its number is missing, and REST still has it', async () => {
    const made = await open();
    const [alice] = made.accounts;
    if (alice === undefined) throw new Error('no account');
    const rest = new FuturesRest(made.http, alice);
    const auth = await made.client.authenticate(alice);
    made.client.send({ event: 'subscribe', feed: 'fills', ...auth });
    await made.client.nextOf('fills_snapshot');
    made.sandbox.faults.inject({ kind: 'drop', channel: 'fills' });
    const order = { orderType: 'mkt', symbol: 'PI_XBTUSD', side: 'buy', size: '100' };
    await rest.get('sendOrder', order);
    await rest.get('sendOrder', order);
    const { fills } = await made.client.nextOf('fills');
    expect((fills as { seq: number }[])[0]?.seq).toBe(2);
    const told = await rest.get<{ fills: unknown[] }>('fills');
    expect(told.fills.length).toBeGreaterThanOrEqual(2);
  });
});
