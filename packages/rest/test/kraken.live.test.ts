/**
 * Against Kraken itself, only on demand: `KR_LIVE=1 npx vitest run … live`. Nothing here changes
 * anything: public endpoints, and with keys in the environment (`KRAKEN_API_KEY`,
 * `KRAKEN_API_SECRET`, `KRAKEN_FUTURES_API_KEY`, `KRAKEN_FUTURES_API_SECRET`) what only reads, and
 * `validate: true`. `KR_LIVE_SPOT_URL` and `KR_LIVE_FUTURES_URL` send them elsewhere.
 */
import {
  type Credentials,
  createFuturesSigner,
  createNonceSource,
  createSpotSigner,
  fromEnv,
} from '@kr/auth';
import { createSystemClock, createSystemTimers } from '@kr/schemas/shared';
import { createSymbolTable } from '@kr/schemas/symbols';
import { describe, expect, it } from 'vitest';
import {
  createFuturesClient,
  createFuturesInstruments,
  createInstruments,
  createSpotClient,
  createSpotGovernor,
  createSpotOrders,
  pagesOfTrades,
  quantize,
  spotLimits,
} from '../src/index.ts';

const { env } = process;
const isLive = env['KR_LIVE'] === '1';
const spotUrl = env['KR_LIVE_SPOT_URL'];
const futuresUrl = env['KR_LIVE_FUTURES_URL'];
const environmentOf = (url: string | undefined) => (url === undefined ? 'live' : 'sandbox');
const spotKey = isLive ? fromEnv(env, { environment: environmentOf(spotUrl) }) : undefined;
const futuresKey = isLive
  ? fromEnv(env, { venue: 'futures', environment: environmentOf(futuresUrl) })
  : undefined;

const live = isLive ? '' : ' (skipped: KR_LIVE is not 1)';
const withKey = (credentials: Credentials | undefined): string =>
  live || (credentials === undefined ? ' (skipped: no key in the environment)' : '');

if (!isLive) console.info('The tests against Kraken itself are skipped: KR_LIVE is not 1.');

const clock = createSystemClock();
const timers = createSystemTimers();

function spot(credentials?: Credentials) {
  const nonces = createNonceSource({ clock });
  const signer = credentials && createSpotSigner({ credentials, nonces });
  const governor = createSpotGovernor({ clock, timers, limits: spotLimits('starter') });
  return createSpotClient({ clock, timers, baseUrl: spotUrl, signer, governor });
}

function futures(credentials?: Credentials) {
  const signer = credentials && createFuturesSigner({ credentials });
  return createFuturesClient({ clock, timers, baseUrl: futuresUrl, signer });
}

describe('Kraken Spot', () => {
  it.skipIf(!isLive)(`tells its time, its pairs and its trades${live}`, async () => {
    await using client = spot();
    const { unixtime } = await client.time();
    expect(Math.abs(unixtime - Number(clock.wallNs() / 1_000_000_000n))).toBeLessThan(60);
    expect((await client.systemStatus()).status).toMatch(/^[a-z_]+$/);
    const assetPairs = await client.assetPairs();
    expect(createSymbolTable({ assetPairs }).pair('BTC/USD')?.altname).toBe('XBTUSD');
    const trades = pagesOfTrades(client, { pair: 'XBTUSD', since: String(unixtime - 60) });
    for await (const [, [price]] of trades) {
      expect(price).toMatch(/^\d+\.\d+$/);
      break;
    }
  });

  it.skipIf(spotKey === undefined)(
    `takes the signature of a key, and checks an order without placing it${withKey(spotKey)}`,
    async () => {
      await using client = spot(spotKey);
      expect(await client.balance()).toBeTypeOf('object');
      expect(Object.keys((await client.openOrders()).open)).toBeInstanceOf(Array);
      const instruments = createInstruments(await client.assetPairs());
      const bitcoin = instruments.get('BTC/USD');
      if (bitcoin === undefined) throw new Error('BTC/USD is not listed');
      const orders = createSpotOrders({ client, timers, instruments });
      const wanted = { type: 'buy', ordertype: 'limit', price: '1000', volume: '0.01' };
      const order = { pair: 'BTC/USD', ...quantize(bitcoin, wanted) };
      expect((await orders.validate(order)).txid).toBeUndefined();
    },
  );
});

describe('Kraken Futures', () => {
  it.skipIf(!isLive)(`tells its contracts and a ticker${live}`, async () => {
    await using client = futures();
    const instruments = createFuturesInstruments((await client.instruments()).instruments);
    expect(instruments.get('PF_XBTUSD')).toMatchObject({ isTradeable: true });
    const { ticker } = await client.ticker({ symbol: 'PF_XBTUSD' });
    expect(ticker.symbol.toUpperCase()).toBe('PF_XBTUSD');
  });

  it.skipIf(futuresKey === undefined)(
    `takes the signature of a key, with and without a list${withKey(futuresKey)}`,
    async () => {
      await using client = futures(futuresKey);
      expect((await client.accounts()).accounts).toBeTypeOf('object');
      const cliOrdIds = ['never-used-1', 'never-used-2'];
      expect((await client.ordersStatus({ cliOrdIds })).orders).toStrictEqual([]);
    },
  );
});
