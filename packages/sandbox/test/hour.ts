import { createHash } from 'node:crypto';
import { L2Book, L3Book } from '@kr/orderbook';
import type { Subscriber } from '../src/market-source.ts';
import { BOOK_DEPTHS, ORDER_DEPTHS, type Subscription } from '../src/protocol/subscription.ts';
import type { WireFrame } from '../src/protocol/wire-frame.ts';
import { pairOf } from '../src/spot-v1/pair-name.ts';
import { channelIdOf, type V1Subscription } from '../src/spot-v1/subscription.ts';
import { v1Topic } from '../src/spot-v1/topics.ts';
import { firstInstruments } from '../src/synthetic/more-instruments.ts';
import { SyntheticSource } from '../src/synthetic/synthetic-source.ts';
import { ManualTime } from './manual-time.ts';
import { ReferenceBook } from './reference-book.ts';
import { ReferenceOrders } from './reference-orders.ts';
import { ReferenceV1Book } from './reference-v1-book.ts';

const ignore = (): void => undefined;

export interface HourReport {
  /** SHA-256 of all frames of all channels, in their order. */
  readonly digest: string;
  readonly frames: number;
  readonly bytes: number;
  /** Book messages whose checksum was compared by the engine, and by the independent books. */
  readonly byEngine: number;
  readonly byReference: number;
  readonly mismatches: readonly string[];
}

/** Runs a market on a stepped clock with a client of every channel at every depth. */
export async function runMarket(options: {
  readonly seed: string;
  readonly symbols: number;
  readonly seconds: number;
  readonly rate: number;
  /** Whether the independent books check every depth too. */
  readonly withReference: boolean;
}): Promise<HourReport> {
  const { seed, symbols, seconds, rate, withReference } = options;
  const time = new ManualTime();
  const source = new SyntheticSource({ kind: 'synthetic', seed, symbols, rate }, time, time);
  source.acceptsToken = () => true;
  await source.open();
  const hash = createHash('sha256');
  const counts = { frames: 0, bytes: 0, byEngine: 0, byReference: 0 };
  const mismatches: string[] = [];

  const clientOf = (check: (frame: WireFrame) => void): Subscriber => ({
    push: (frame) => {
      counts.frames += 1;
      counts.bytes += frame.bytes.length;
      hash.update(frame.bytes);
      check(frame);
    },
    ready: () => Promise.resolve(),
    closed: false,
    end: () => undefined,
  });
  const attach = (subscription: Subscription, check: (frame: WireFrame) => void): void => {
    source.attach([subscription], clientOf(check));
  };
  const attachV1 = (subscription: V1Subscription, check: (frame: WireFrame) => void): void => {
    const index = source.exchange.markets.get(subscription.symbol)?.index ?? 0;
    const topic = v1Topic(subscription, channelIdOf(index, subscription));
    source.feeds.attach(topic, clientOf(check), time.wallNs());
  };
  const verify = (
    name: string,
    engine: L2Book | L3Book,
    reference: { apply(text: string): boolean } | undefined,
  ): ((frame: WireFrame) => void) => {
    let isFirst = true;
    return (frame) => {
      counts.byEngine += 1;
      const outcome = engine.apply(frame.bytes);
      // A snapshot of v1 has no checksum.
      if (outcome !== 'verified' && !(outcome === 'unchecked' && isFirst)) {
        mismatches.push(`engine: ${name}`);
      }
      isFirst = false;
      if (reference === undefined) return;
      counts.byReference += 1;
      if (!reference.apply(Buffer.from(frame.bytes).toString()))
        mismatches.push(`reference: ${name}`);
    };
  };

  for (const { symbol, pricePrecision, quantityPrecision } of firstInstruments(symbols)) {
    for (const depth of BOOK_DEPTHS) {
      const reference = withReference ? new ReferenceBook(depth) : undefined;
      const check = verify(`${symbol} book ${depth}`, new L2Book({ symbol, depth }), reference);
      attach({ channel: 'book', symbol, depth, snapshot: true }, check);
    }
    for (const depth of ORDER_DEPTHS) {
      const reference = withReference
        ? new ReferenceOrders(depth, pricePrecision, quantityPrecision)
        : undefined;
      const check = verify(`${symbol} level3 ${depth}`, new L3Book({ symbol, depth }), reference);
      attach({ channel: 'level3', symbol, depth, snapshot: true, token: '' }, check);
    }
    for (const depth of BOOK_DEPTHS) {
      const reference = withReference ? new ReferenceV1Book(depth) : undefined;
      const engine = new L2Book({ symbol: pairOf(symbol), depth });
      attachV1({ name: 'book', symbol, depth }, verify(`${symbol} v1 ${depth}`, engine, reference));
    }
    for (const name of ['trade', 'ticker', 'spread'] as const) attachV1({ name, symbol }, ignore);
    attachV1({ name: 'ohlc', symbol, interval: 5 }, ignore);
    attach({ channel: 'trade', symbol, snapshot: true }, ignore);
    attach({ channel: 'ohlc', symbol, interval: 1, snapshot: true }, ignore);
    attach({ channel: 'ticker', symbol, eventTrigger: 'bbo', snapshot: true }, ignore);
  }
  for (let second = 0; second < seconds; second += 1) time.advance(1_000);
  await source.close();
  return { digest: hash.digest('hex'), ...counts, mismatches };
}
