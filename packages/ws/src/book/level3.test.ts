import { expect, it } from 'vitest';
import { AccountHarness } from '../../test/account-harness.ts';
import { books } from './index.ts';

it('keeps books order by order with a token, on connections of their own, through a lost one', async () => {
  await using harness = await AccountHarness.open({ rate: 100 });
  const { client, sandbox } = harness;
  const feed = books(client, { channel: 'level3', symbol: ['BTC/USD', 'ETH/USD'], depth: 100 });
  const areVerified = (): boolean =>
    feed.symbols.every((symbol) => feed.get(symbol).status === 'verified');
  expect(await harness.run(30_000, () => areVerified() && feed.stats.verified > 20)).toBe(true);
  const state = feed.get('BTC/USD');
  if (state.status !== 'verified') throw new Error('not verified');
  const own = await harness.wait(
    harness.spot.addOrder({
      pair: 'XBTUSD',
      type: 'buy',
      ordertype: 'limit',
      volume: '0.5',
      // Behind the best, where nobody takes it so soon.
      price: state.book.bids(5).at(-1)?.price ?? '',
    }),
  );
  const [id = ''] = own.txid ?? [];
  expect(await harness.run(5000, () => state.book.order(id)?.side === 'bids')).toBe(true);
  sandbox.faults.inject({ kind: 'corruptChecksum', channel: 'level3', symbol: 'BTC/USD' });
  expect(await harness.run(30_000, () => feed.stats.resyncs === 1 && areVerified())).toBe(true);
  sandbox.faults.inject({ kind: 'reset' });
  await harness.run(5000, () => !areVerified());
  expect(await harness.run(30_000, areVerified)).toBe(true);
  expect(harness.tokens).toBe(2);
  expect(client.subscriptions.map(({ channel }) => channel)).toStrictEqual(['level3', 'level3']);
});
