import { sumDecimals } from '@kr/orderbook/decimal';
import { afterEach, describe, expect, it } from 'vitest';
import { AccountHarness, type AccountOptions } from '../../test/account-harness.ts';
import { ClientHarness } from '../../test/client-harness.ts';
import { ScriptedServer } from '../../test/scripted-server.ts';
import { type AccountStatusEvent, type BalanceFeed, balances } from './index.ts';

const opened: AsyncDisposable[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).toReversed()) await one[Symbol.asyncDispose]();
});

async function desk(options: AccountOptions = {}) {
  const harness = await AccountHarness.open(options);
  opened.push(harness);
  const statuses: string[] = [];
  const changes: string[] = [];
  const feed = balances(harness.client, {
    onStatus: ({ to }: AccountStatusEvent) => statuses.push(to),
    onBalance: ({ asset, total }, entry) => changes.push(`${asset} ${total} ${entry?.type ?? ''}`),
  });
  await harness.wait(feed.live());
  return { harness, feed, statuses, changes };
}

const buy = { pair: 'XBTUSD', type: 'buy', ordertype: 'market', volume: '0.01' };

async function ofRest({ harness }: { readonly harness: AccountHarness }): Promise<string[]> {
  const rest = await harness.wait(harness.spot.balance());
  return [`USD ${String(rest['ZUSD'])}`, `BTC ${String(rest['XXBT'])}`];
}
const shownBy = (feed: BalanceFeed): string[] =>
  ['USD', 'BTC'].map((asset) => `${asset} ${feed.get(asset)?.total}`);

describe('balances()', () => {
  it('begins with what one has, and follows each entry of the ledger', async () => {
    const all = await desk();
    expect(all.feed.get('BTC')).toMatchObject({ total: '100.0000000000', asset: 'BTC' });
    expect(all.feed.get('DOGE')).toBeUndefined();
    all.changes.length = 0;
    await all.harness.wait(all.harness.spot.addOrder(buy));
    await all.harness.step(20);
    expect(all.changes.length).toBeGreaterThanOrEqual(2);
    expect(all.changes.every((change) => change.endsWith(' trade'))).toBe(true);
    expect(shownBy(all.feed)).toStrictEqual(await ofRest(all));
  });

  it('is broken while an entry is missing, and right again with the next snapshot', async () => {
    const all = await desk();
    const { harness, feed, statuses } = all;
    harness.sandbox.faults.inject({ kind: 'drop', channel: 'balances', type: 'update' });
    await harness.wait(harness.spot.addOrder(buy));
    await harness.run(5000, () => statuses.length === 3);
    expect(statuses).toStrictEqual(['live', 'broken', 'live']);
    expect(shownBy(feed)).toStrictEqual(await ofRest(all));
  });

  it('goes on with the other connection, of two, when one is lost', async () => {
    const all = await desk({ client: { redundancy: 2 } });
    const { harness, feed, statuses } = all;
    await harness.run(1000);
    for (const connection of [1, 3]) {
      harness.sandbox.faults.inject({ kind: 'reset', connection });
      await harness.wait(harness.spot.addOrder(buy));
      await harness.run(3000);
      expect(shownBy(feed)).toStrictEqual(await ofRest(all));
    }
    expect(statuses).toStrictEqual(['live']);
  });

  it('adds up the wallets of an asset', async () => {
    const server = await ScriptedServer.listen();
    opened.push({ [Symbol.asyncDispose]: () => server.close() });
    await using harness: ClientHarness = new ClientHarness({
      url: server.url,
      tokens: () => Promise.resolve({ token: 't', expiresAtNs: harness.time.wallNs() * 2n }),
    });
    const feed = balances(harness.client, {
      onBalance: () => {
        harness.wake();
      },
    });
    await server.until(() => server.peers[0]?.requests.length === 1);
    server.peer.send(
      '{"channel":"balances","type":"snapshot","data":[{"asset":"MATIC","asset_class":"currency","balance":500.00,"wallets":[{"type":"spot","id":"main","balance":300.00},{"type":"earn","id":"flex","balance":200.00}]}],"sequence":1}',
      '{"channel":"balances","type":"update","data":[{"ledger_id":"L1","ref_id":"R1","timestamp":"2023-09-22T10:33:05.710082Z","type":"trade","asset":"MATIC","asset_class":"currency","category":"trade","wallet_type":"spot","wallet_id":"main","amount":-0.10,"fee":0.0,"balance":299.90}],"sequence":2}',
    );
    await harness.until(() => feed.get('MATIC')?.total === '499.90');
    const wallets = feed.get('MATIC')?.wallets ?? [];
    expect(sumDecimals(wallets.map(({ balance }) => balance))).toBe('499.90');
    expect(wallets).toHaveLength(2);
  });
});
