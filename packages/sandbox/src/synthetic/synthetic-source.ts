import type { Clock, Timers } from '@kr/schemas/shared';
import { SandboxError } from '../errors.ts';
import type { MarketSource, SourceStats, Subscriber } from '../market-source.ts';
import { WIRE_ERRORS } from '../protocol/errors.ts';
import { type Subscription, subscriptionKey } from '../protocol/subscription.ts';
import { formatMicros } from '../protocol/timestamp.ts';
import type { WireFrame } from '../protocol/wire-frame.ts';
import { BookView } from './book-view.ts';
import { instrumentFrame } from './instrument-frame.ts';
import type { SyntheticInstrument } from './instruments.ts';
import { Pacer } from './pacer.ts';
import { createRandom, type Random } from './random.ts';
import { assetsOf, resolveInstruments } from './resolve-instruments.ts';
import { SymbolMarket } from './symbol-market.ts';

/** A market invented from a seed. */
export interface SyntheticSourceOptions {
  readonly kind: 'synthetic';
  /** The same seed gives the same stream of book states. */
  readonly seed: number | string;
  /** Default: all of `DEFAULT_INSTRUMENTS`. Names of them, or instruments of your own. */
  readonly symbols?: readonly (string | SyntheticInstrument)[] | undefined;
  /** Book updates a second over all symbols together; default 50. */
  readonly rate?: number | undefined;
}

/** Everyone who is sent the same frames. */
interface Group {
  readonly subscribers: Set<Subscriber>;
  /** Of the book channel only. */
  readonly view?: BookView;
}

type ViewGroup = Group & { readonly view: BookView };

const DEFAULT_RATE = 50;
const MAX_RATE = 1_000_000;

/** Runs one {@link SymbolMarket} a symbol and sends each frame, made once, to all who asked for it. */
export class SyntheticSource implements MarketSource {
  readonly #clock: Clock;
  readonly #seed: string;
  readonly #instruments: readonly SyntheticInstrument[];
  readonly #markets = new Map<string, SymbolMarket>();
  readonly #groups = new Map<string, Group>();
  /** The book groups of each symbol, by symbol: what a step looks at first. */
  readonly #views = new Map<string, Set<ViewGroup>>();
  readonly #activity: number;
  readonly #schedule: Random;
  readonly #pacer: Pacer;
  #steps = 0;

  constructor(options: SyntheticSourceOptions, clock: Clock, timers: Timers) {
    this.#clock = clock;
    this.#seed = String(options.seed);
    this.#instruments = resolveInstruments(options.symbols);
    this.#activity = this.#instruments.reduce((sum, { activity }) => sum + activity, 0);
    this.#schedule = createRandom(`${this.#seed} schedule`);
    const rate = options.rate ?? DEFAULT_RATE;
    if (!(rate > 0 && rate <= MAX_RATE)) {
      throw new SandboxError(
        'INVALID_OPTION',
        `rate is ${rate}: give book updates a second, more than 0 and at most ${MAX_RATE}`,
      );
    }
    this.#pacer = new Pacer({
      clock,
      timers,
      rate,
      step: () => {
        this.#step();
      },
    });
  }

  get stats(): SourceStats {
    return {
      kind: 'synthetic',
      seed: this.#seed,
      steps: this.#steps,
      skippedSteps: this.#pacer.skipped,
    };
  }

  open(): Promise<void> {
    const now = this.#clock.wallNs();
    for (const instrument of this.#instruments) {
      this.#markets.set(instrument.symbol, new SymbolMarket(instrument, this.#seed, now));
    }
    this.#pacer.start();
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.#pacer.stop();
    this.#groups.clear();
    return Promise.resolve();
  }

  refusal(subscription: Subscription): string | undefined {
    if (subscription.channel === 'instrument' || this.#markets.has(subscription.symbol)) {
      return undefined;
    }
    return WIRE_ERRORS.pairUnsupported(subscription.symbol);
  }

  attach(subscriptions: readonly Subscription[], subscriber: Subscriber): void {
    for (const subscription of subscriptions) {
      const group = this.#group(subscription);
      group.subscribers.add(subscriber);
      if (subscription.snapshot) subscriber.push(this.#snapshot(subscription, group));
    }
  }

  detach(subscription: Subscription, subscriber: Subscriber): void {
    this.#leave(subscriptionKey(subscription), subscriber);
  }

  detachAll(subscriber: Subscriber): void {
    for (const key of this.#groups.keys()) this.#leave(key, subscriber);
  }

  /** A group that nobody is in any more is forgotten: its view would have to be kept right for nobody. */
  #leave(key: string, subscriber: Subscriber): void {
    const group = this.#groups.get(key);
    group?.subscribers.delete(subscriber);
    if (group?.subscribers.size !== 0) return;
    this.#groups.delete(key);
    for (const views of this.#views.values()) views.delete(group as ViewGroup);
  }

  #group(subscription: Subscription): Group {
    const key = subscriptionKey(subscription);
    const known = this.#groups.get(key);
    if (known !== undefined) return known;
    const subscribers = new Set<Subscriber>();
    if (subscription.channel !== 'book') {
      const group = { subscribers };
      this.#groups.set(key, group);
      return group;
    }
    const { symbol, depth } = subscription;
    const group = { subscribers, view: new BookView(this.#market(symbol).book, depth) };
    this.#groups.set(key, group);
    const views = this.#views.get(symbol) ?? new Set();
    this.#views.set(symbol, views.add(group));
    return group;
  }

  #market(symbol: string): SymbolMarket {
    const market = this.#markets.get(symbol);
    if (market === undefined) throw new SandboxError('UNKNOWN_SYMBOL', `no market ${symbol}`);
    return market;
  }

  #snapshot(subscription: Subscription, group: Group): WireFrame {
    if (subscription.channel === 'instrument') {
      return instrumentFrame(assetsOf(this.#instruments), this.#instruments);
    }
    const market = this.#market(subscription.symbol);
    const now = this.#clock.wallNs();
    if (group.view !== undefined) {
      return group.view.snapshot(market.book.checksum(), formatMicros(now));
    }
    return subscription.channel === 'trade'
      ? market.tradeFrame('snapshot', market.recentTrades())
      : market.tickerFrame('snapshot', now);
  }

  #step(): void {
    this.#steps += 1;
    const market = this.#pick();
    const { book } = market;
    const { symbol } = book.instrument;
    const now = this.#clock.wallNs();
    const bid = book.bids.best;
    const ask = book.asks.best;
    const { changes, trades } = market.step(now);
    const views = this.#views.get(symbol);
    if (views !== undefined && views.size > 0) {
      const checksum = book.checksum();
      const timestamp = formatMicros(now);
      for (const group of views) {
        const frame = group.view.update(changes, checksum, timestamp);
        if (frame !== undefined) broadcast(group, frame);
      }
    }
    if (trades.length > 0) {
      this.#send(`trade ${symbol}`, () => market.tradeFrame('update', trades));
      this.#send(`ticker ${symbol} trades`, () => market.tickerFrame('update', now));
    }
    if (book.bids.best !== bid || book.asks.best !== ask) {
      this.#send(`ticker ${symbol} bbo`, () => market.tickerFrame('update', now));
    }
  }

  #send(key: string, make: () => WireFrame): void {
    const group = this.#groups.get(key);
    if (group !== undefined) broadcast(group, make());
  }

  /** The next market to move, each as often as its activity says. */
  #pick(): SymbolMarket {
    let draw = this.#schedule.next() * this.#activity;
    for (const { symbol, activity } of this.#instruments) {
      draw -= activity;
      if (draw < 0) return this.#market(symbol);
    }
    return this.#market(this.#instruments[0]?.symbol ?? '');
  }
}

function broadcast(group: Group, frame: WireFrame): void {
  for (const subscriber of group.subscribers) subscriber.push(frame);
}
