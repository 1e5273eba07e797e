import { createCredentials, createFuturesSigner } from '@kr/auth';
import { createSandboxKey } from '@kr/sandbox';
import { afterEach, describe, expect, expectTypeOf, it } from 'vitest';
import { AccountHarness } from '../../test/account-harness.ts';
import type { Stream } from '../index.ts';
import { orders } from '../private/index.ts';
import { trading } from '../trading/index.ts';
import { createUnifiedClient } from '../unified/index.ts';
import {
  createFuturesV1Client,
  type FuturesV1Client,
  type FuturesV1ClientOptions,
  type FuturesV1Message,
} from './index.ts';

const opened: AsyncDisposable[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).toReversed()) await one[Symbol.asyncDispose]();
});

interface Desk {
  readonly harness: AccountHarness;
  readonly client: FuturesV1Client;
  readonly gaps: string[];
}

async function open(options: Partial<FuturesV1ClientOptions> = {}): Promise<Desk> {
  const harness = await AccountHarness.open({ rate: 50 });
  opened.push(harness);
  const gaps: string[] = [];
  const credentials = createCredentials({
    ...createSandboxKey('desk futures'),
    venue: 'futures',
    environment: 'sandbox',
  });
  const client = createFuturesV1Client({
    url: harness.futuresUrl,
    clock: harness.time,
    timers: harness.time,
    random: () => 0.5,
    challenge: createFuturesSigner({ credentials }),
    onGap: ({ reason, channel, symbols, to }) =>
      gaps.push([reason, channel, ...symbols, to === undefined ? 'opens' : 'closes'].join(' ')),
    ...options,
  });
  opened.push({ [Symbol.asyncDispose]: () => harness.wait(client.close()) });
  return { harness, client, gaps };
}

const symbol = ['PF_XBTUSD'] as const;

async function next<T>({ harness }: Desk, stream: AsyncIterator<T, undefined>): Promise<T> {
  const { value } = await harness.wait(stream.next());
  if (value === undefined) throw new Error('the stream has ended');
  return value;
}

/** Buys over the Unified socket: this one takes no orders. */
async function buy({ harness }: Desk): Promise<void> {
  const { time, unified, provider } = harness;
  const client = createUnifiedClient({ url: unified, clock: time, timers: time, tokens: provider });
  const own = orders(client);
  await harness.wait(own.live());
  const desk = trading(client, { orders: own, createClientOrderId: () => 'one' });
  await harness.wait(
    desk.add({ symbol: 'PF_XBTUSD', side: 'buy', order_type: 'market', order_qty: '0.01' }),
  );
  await harness.wait(client.close());
}

describe('createFuturesV1Client()', () => {
  it('streams public feeds, typed by their feed', async () => {
    const all = await open();
    const { client } = all;
    const book = client.subscribe({ channel: 'book', symbol });
    const trade = client.subscribe({ channel: 'trade', symbol });
    const ticker = client.subscribe({ channel: 'ticker', symbol });
    expectTypeOf(book).toEqualTypeOf<Stream<FuturesV1Message<'book'>>>();
    const snapshot = await next(all, book);
    const update = await next(all, book);
    expect([snapshot.feed, update.feed]).toStrictEqual(['book_snapshot', 'book']);
    expect(update.seq).toBe(snapshot.seq + 1);
    expect((await next(all, trade)).feed).toBe('trade_snapshot');
    expect(await next(all, ticker)).toMatchObject({ feed: 'ticker', product_id: 'PF_XBTUSD' });
  });

  it('lets a bad product harm no other, though the refusal names none', async () => {
    const { client, harness } = await open();
    const stream = client.subscribe({
      channel: 'trade',
      symbol: ['PF_XBTUSD', 'PF_NOPE', 'PF_ETHUSD'],
    });
    expect(await harness.wait(stream.results)).toMatchObject([
      { symbol: 'PF_XBTUSD', success: true },
      { symbol: 'PF_NOPE', success: false, code: 'REJECTED', error: 'Invalid product id' },
      { symbol: 'PF_ETHUSD', success: true },
    ]);
  });

  it('sees a jump in the numbers of a book, and begins that one anew', async () => {
    const all = await open();
    const { client, harness, gaps } = all;
    const seqs: number[] = [];
    client.listen(
      { channel: 'book', symbol: ['PF_XBTUSD', 'PF_ETHUSD'] },
      {
        onMessage: ({ product_id: product, feed, seq }) => {
          if (product !== 'PF_XBTUSD') return;
          if (feed === 'book_snapshot') seqs.length = 0;
          seqs.push(seq);
        },
      },
    );
    await harness.run(3000, () => seqs.length > 10);
    harness.sandbox.faults.inject({
      kind: 'drop',
      channel: 'book',
      symbol: 'PF_XBTUSD',
      type: 'update',
    });
    await harness.run(10_000, () => gaps.length === 2);
    await harness.run(2000);
    expect(gaps).toStrictEqual(['sequence book PF_XBTUSD opens', 'sequence book PF_XBTUSD closes']);
    expect(seqs.length).toBeGreaterThan(3);
    expect(seqs).toStrictEqual(seqs.map((_, index) => (seqs[0] ?? 0) + index));
  });

  it('has account feeds by a signed challenge, a new one for each connection', async () => {
    const signed: string[] = [];
    const credentials = createCredentials({
      ...createSandboxKey('desk futures'),
      venue: 'futures',
      environment: 'sandbox',
    });
    const signer = createFuturesSigner({ credentials });
    const all = await open({
      challenge: {
        key: signer.key,
        signChallenge: (text) => {
          signed.push(text);
          return signer.signChallenge(text);
        },
      },
    });
    const { client, harness, gaps } = all;
    const fills = client.subscribe({ channel: 'fills' });
    const balances = client.subscribe({ channel: 'balances' });
    const positions = client.subscribe({ channel: 'open_positions' });
    expect((await next(all, fills)).feed).toBe('fills_snapshot');
    expect((await next(all, balances)).feed).toBe('balances_snapshot');
    expect(await harness.wait(positions.results)).toMatchObject([{ success: true }]);
    await buy(all);
    expect(await next(all, fills)).toMatchObject({
      fills: [{ instrument: 'PF_XBTUSD', buy: true }],
    });
    harness.sandbox.faults.inject({ kind: 'reset', connection: 1 });
    await harness.run(10_000, () => gaps.length >= 6);
    expect(new Set(signed).size).toBe(2);
    expect(signed).toHaveLength(2);
    expect((await next(all, fills)).feed).toBe('fills_snapshot');
  });

  it('gives up with NO_TOKEN where the challenge cannot be signed', async () => {
    const { client, harness } = await open({
      challenge: { key: 'nobody', signChallenge: () => Promise.reject(new Error('never asked')) },
    });
    const stream = client.subscribe({ channel: 'fills' });
    expect(await harness.wait(stream.results)).toMatchObject([
      { success: false, code: 'NO_TOKEN' },
    ]);
  });
});
