import { L2Book } from '@kr/orderbook';
import { toScaled } from '@kr/orderbook/decimal';
import { Hand } from '../src/mirror/hand.ts';
import { MirroredMarket, tradeRows } from '../src/mirror/mirrored-market.ts';
import type { Subscription } from '../src/protocol/subscription.ts';
import { DEFAULT_INSTRUMENTS, type SyntheticInstrument } from '../src/synthetic/instruments.ts';
import { SyntheticSource } from '../src/synthetic/synthetic-source.ts';
import { depositsOf, faultsOf, TestExchange } from './exchange.ts';
import { ManualTime } from './manual-time.ts';
import { faultsOfReports, RandomTraders } from './random-orders.ts';

export interface MirrorReport {
  readonly frames: number;
  /** Fills of paper orders. */
  readonly fills: number;
  /** Sentences; none when all is well. */
  readonly faults: readonly string[];
}

const SIDES = ['bids', 'asks'] as const;

/** BTC/USD where random traders are: about 100.0, in quantities like theirs. */
function instrument(): SyntheticInstrument {
  const [btc] = DEFAULT_INSTRUMENTS;
  if (btc === undefined) throw new Error('no instrument');
  const size = { minLots: 1_000_000, maxLots: 100_000_000 };
  return { ...btc, ...size, startTicks: 1_000, levels: 30, minLevels: 5 };
}

/**
 * A synthetic market is recorded by its feeds and mirrored on another exchange, frame by frame, while
 * `traders` paper accounts place random orders there. What must hold after each step: all money adds up;
 * nothing stands in the mirror that is not recorded; and without paper orders all that is recorded does.
 */
export async function runMirror(options: {
  readonly seed: string;
  readonly channel: 'book' | 'level3';
  readonly steps: number;
  readonly traders: number;
}): Promise<MirrorReport> {
  const { seed, channel, steps, traders } = options;
  const time = new ManualTime();
  const symbols = [instrument()];
  const source = new SyntheticSource({ kind: 'synthetic', seed, symbols, rate: 100 }, time, time);
  source.acceptsToken = () => true;
  let mirrored: MirroredMarket | undefined;
  const test: TestExchange = new TestExchange({
    publish: (batch) => {
      test.batches.push(batch);
      for (const { index } of batch.markets.keys()) if (index === 0) mirrored?.noteBatch(batch);
    },
  });
  const { exchange } = test;
  const market = exchange.markets.get('BTC/USD');
  if (market === undefined) throw new Error('no market');
  const house = exchange.openAccount('recorded', {}, test.nowNs, true);
  const hand = new Hand(exchange, house, market);
  mirrored = new MirroredMarket(hand);
  const accounts = Array.from({ length: traders }, (_, at) =>
    test.account(`paper ${at}`, { USD: '4000', BTC: '40' }),
  );
  const deposits = depositsOf(exchange);
  const paper = new RandomTraders(test, accounts, seed);
  const recorded = new L2Book({ symbol: 'BTC/USD', depth: 10 });
  const faults: string[] = [];
  let frames = 0;
  const listen = (subscription: Subscription): void => {
    source.attach([subscription], {
      push: ({ bytes }) => {
        frames += 1;
        test.nowNs += 1_000_000n;
        if (subscription.channel === 'book') recorded.apply(bytes);
        if (subscription.channel === 'trade') mirrored.applyTrades(tradeRows(bytes), test.nowNs);
        else if (subscription.channel === channel) {
          mirrored.applyBook(channel, bytes, 10, test.nowNs);
        }
      },
      ready: () => Promise.resolve(),
      closed: false,
      end: () => undefined,
    });
  };
  const compare = (step: number): void => {
    for (const side of SIDES) {
      const left = new Map(
        recorded[side]().map(({ price, quantity }) => [
          Number(toScaled(price, 1)),
          toScaled(quantity, 8),
        ]),
      );
      const standing = new Map<number, bigint>();
      for (const { limitTicks = 0, visibleLots } of hand.orders(market.book[side])) {
        standing.set(limitTicks, (standing.get(limitTicks) ?? 0n) + visibleLots);
      }
      for (const [ticks, lots] of standing) {
        if (lots > (left.get(ticks) ?? 0n)) {
          faults.push(`step ${step}: ${lots} at ${ticks} of ${side}, ${left.get(ticks)} recorded`);
        }
      }
      if (traders > 0) continue;
      for (const [ticks, lots] of left) {
        if (standing.get(ticks) !== lots) {
          faults.push(`step ${step}: ${standing.get(ticks)} at ${ticks} of ${side}, not ${lots}`);
        }
      }
    }
  };
  await source.open();
  const common = { symbol: 'BTC/USD', depth: 10, snapshot: true } as const;
  listen({ channel: 'book', ...common });
  if (channel === 'level3') listen({ channel, ...common, token: '' });
  listen({ channel: 'trade', symbol: 'BTC/USD', snapshot: false });
  for (let step = 0; step < steps && faults.length < 5; step += 1) {
    time.advance(10);
    compare(step);
    if (traders > 0 && step % 2 === 0) paper.step();
    if (step % 25 === 0) faults.push(...faultsOf(exchange, deposits));
  }
  await source.close();
  faults.push(...faultsOf(exchange, deposits), ...faultsOfReports(test));
  const fills = accounts.reduce((sum, { trades }) => sum + trades.length, 0);
  return { frames, fills, faults };
}
