import type { Clock, Timers } from '@kr/schemas/shared';
import { SandboxError } from '../errors.ts';
import { type Account, type Batch, Exchange, type ExchangeOptions } from '../exchange/index.ts';
import { PublicFeeds } from '../market-data/public-feeds.ts';
import { topicOf } from '../market-data/topics.ts';
import type { MarketSource, SourceStats, Subscriber } from '../market-source.ts';
import { WIRE_ERRORS } from '../protocol/errors.ts';
import { type Subscription, subscriptionKey } from '../protocol/subscription.ts';
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
  /** Default: all of `DEFAULT_INSTRUMENTS`. How many (up to 1,500), names, or instruments of your own. */
  readonly symbols?: number | readonly (string | SyntheticInstrument)[] | undefined;
  /** Book updates a second over all symbols together; default 50. */
  readonly rate?: number | undefined;
}

/** Markets that are not named but made: contracts on margin. */
export type MadeMarkets = Pick<ExchangeOptions, 'assets' | 'wallets' | 'clearing' | 'ids'> & {
  readonly instruments: readonly SyntheticInstrument[];
};

const DEFAULT_RATE = 50;
const MAX_RATE = 1_000_000;

/** The account of all agents: it may owe what it sells. */
const HOUSE = 'house';

/**
 * An exchange that is moved by one {@link SymbolMarket} a symbol. A market that nobody has looked at
 * stands still; it gets its past when somebody does.
 */
export class SyntheticSource implements MarketSource {
  readonly exchange: Exchange;
  readonly feeds: PublicFeeds;
  /** Whether a token opens what needs one. None does unless somebody gives them out. */
  acceptsToken: (token: string) => boolean = () => false;
  readonly #clock: Clock;
  readonly #seed: string;
  readonly #instruments: readonly SyntheticInstrument[];
  /** The account of all agents. */
  readonly house: Account;
  readonly #markets = new Map<string, SymbolMarket>();
  /** Running sums of the instruments' activities. */
  readonly #activity: readonly number[];
  readonly #schedule: Random;
  readonly #pacer: Pacer;
  /** Who else is told of each batch. */
  readonly #listeners = new Set<(batch: Batch) => void>();
  #steps = 0;

  constructor(options: SyntheticSourceOptions, clock: Clock, timers: Timers, made?: MadeMarkets) {
    this.#clock = clock;
    this.#seed = String(options.seed);
    this.#instruments = made?.instruments ?? resolveInstruments(options.symbols);
    let sum = 0;
    this.#activity = this.#instruments.map(({ activity }) => (sum += activity));
    this.#schedule = createRandom(`${this.#seed} schedule`);
    const rate = options.rate ?? DEFAULT_RATE;
    if (!(rate > 0 && rate <= MAX_RATE)) {
      throw new SandboxError(
        'INVALID_OPTION',
        `rate is ${rate}: give book updates a second, more than 0 and at most ${MAX_RATE}`,
      );
    }
    this.exchange = new Exchange({
      instruments: this.#instruments,
      assets: made?.assets ?? assetsOf(this.#instruments),
      wallets: made?.wallets,
      clearing: made?.clearing,
      ids: made?.ids,
      salt: createRandom(`${this.#seed} ids`).below(2 ** 32),
      publish: (batch) => {
        this.feeds.publish(batch);
        for (const listener of this.#listeners) listener(batch);
      },
    });
    this.feeds = new PublicFeeds(this.exchange);
    this.house = this.exchange.openAccount(HOUSE, {}, clock.wallNs(), true);
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

  /** Is told of each batch after the public feeds were; answers how to stop. */
  onBatch(listener: (batch: Batch) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  open(): Promise<void> {
    this.#pacer.start();
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.#pacer.stop();
    this.feeds.clear();
    return Promise.resolve();
  }

  refusal(subscription: Subscription): string | undefined {
    if (subscription.channel === 'instrument') return undefined;
    if (subscription.channel === 'level3' && !this.acceptsToken(subscription.token)) {
      return WIRE_ERRORS.session;
    }
    return this.exchange.markets.has(subscription.symbol)
      ? undefined
      : WIRE_ERRORS.pairUnsupported(subscription.symbol);
  }

  attach(subscriptions: readonly Subscription[], subscriber: Subscriber): void {
    for (const subscription of subscriptions) {
      if (subscription.channel === 'instrument') {
        this.feeds.attachInstruments(subscriber, subscription.snapshot);
        continue;
      }
      this.wake(subscription.symbol);
      this.feeds.attach(topicOf(subscription), subscriber, this.#clock.wallNs());
    }
  }

  detach(subscription: Subscription, subscriber: Subscriber): void {
    if (subscription.channel === 'instrument') this.feeds.detachInstruments(subscriber);
    else this.feeds.detach(subscriptionKey(subscription), subscriber);
  }

  detachAll(subscriber: Subscriber): void {
    this.feeds.detachAll(subscriber);
  }

  /** Lets a market move from now on, with an hour behind it; one that moves already moves on. */
  wake(symbol: string): void {
    if (this.#markets.has(symbol)) return;
    const instrument = this.#instruments.find((each) => each.symbol === symbol);
    if (instrument === undefined) return;
    const market = new SymbolMarket(this.exchange, this.house, instrument, this.#seed);
    this.#markets.set(symbol, market);
    market.open(this.#clock.wallNs(), this.#instruments.length);
  }

  #step(): void {
    this.#steps += 1;
    this.#markets.get(this.#pick())?.step(this.#clock.wallNs());
  }

  /** The symbol of the next market to move, each as often as its activity says. */
  #pick(): string {
    const sums = this.#activity;
    const draw = this.#schedule.next() * (sums.at(-1) ?? 0);
    let low = 0;
    let high = sums.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((sums[middle] ?? 0) > draw) high = middle;
      else low = middle + 1;
    }
    return this.#instruments[low]?.symbol ?? '';
  }
}
