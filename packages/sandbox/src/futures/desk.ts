import type { Clock, Timers } from '@kr/schemas/shared';
import { SandboxError } from '../errors.ts';
import type { Account, Batch, Exchange, Market } from '../exchange/index.ts';
import { PrivateFeeds } from '../paper/private-feeds.ts';
import { looksLive } from '../safety/sandbox-key.ts';
import { SyntheticSource } from '../synthetic/synthetic-source.ts';
import { DueTimer } from '../time/due-timer.ts';
import type { LogEntry, LogInfo } from './account-log.ts';
import { FuturesClearing } from './clearing.ts';
import { contractsAt, type FuturesContract } from './contracts.ts';
import { FillBook, type FuturesFill } from './fills.ts';
import { MarketRecord } from './market-record.ts';
import { OrderHistory } from './order-history.ts';
import { BookSequences } from './socket/market-topics.ts';
import { Upkeep } from './upkeep.ts';
import { UuidSource, uuidOf } from './uuid.ts';
import { singleWallets } from './wallets.ts';
import { MONEY_SCALE } from './worth.ts';

/** The futures side of a paper account: a key of its own, and what it begins with. */
export interface FuturesAccountOptions {
  readonly key: string;
  /** Base64, made up. */
  readonly secret: string;
  /**
   * Decimal texts: currencies of the multi-collateral wallet (`USD`, `XBT`, `ETH`), and the
   * single-collateral wallets of the inverse contracts (`fi_xbtusd` in XBT, `fi_ethusd` in ETH).
   */
  readonly balances: Readonly<Record<string, string>>;
  /** Default: it may trade. */
  readonly access?: 'full' | 'readOnly' | undefined;
}

export interface FuturesDeskOptions {
  readonly seed: string;
  /** Book updates a second over all contracts; default 50. */
  readonly rate?: number | undefined;
  readonly accounts: readonly FuturesAccountOptions[];
  readonly clock: Clock;
  readonly timers: Timers;
}

/** What happened at once, with the entries of the account logs that it made. */
export interface FuturesBatch extends Batch {
  readonly log: readonly LogEntry[];
  readonly fills: readonly FuturesFill[];
  /** Why the exchange itself cancelled the orders of it, in the words of `open_orders`. */
  readonly cancelReason: string | undefined;
}

const CANCEL_REASONS: Readonly<Partial<Record<LogInfo, string>>> = {
  'futures liquidation': 'liquidation',
  settlement: 'contract_expired',
};

/**
 * The futures exchange: contracts, their market, the accounts. It stands still until somebody looks
 * at a contract, and costs nothing until then.
 */
export class FuturesDesk {
  readonly clearing: FuturesClearing;
  readonly source: SyntheticSource;
  readonly exchange: Exchange;
  readonly clock: Clock;
  readonly fills: FillBook = new FillBook();
  readonly orderHistory: OrderHistory = new OrderHistory();
  readonly record: MarketRecord;
  /** The private subscriptions of the v1 socket. */
  readonly private: PrivateFeeds<FuturesBatch> = new PrivateFeeds();
  readonly sequences: BookSequences = new BookSequences();
  readonly #options: ReadonlyMap<string, FuturesAccountOptions>;
  readonly #upkeep: Upkeep;
  readonly #due: DueTimer;
  readonly #listeners = new Set<(batch: FuturesBatch) => void>();
  readonly #liquidations = new Set<string>();
  #isMoving = false;

  constructor({ seed, rate, accounts, clock, timers }: FuturesDeskOptions) {
    this.clock = clock;
    const contracts = contractsAt(Number(clock.wallNs() / 1_000_000n));
    this.clearing = new FuturesClearing(contracts);
    this.record = new MarketRecord(this.clearing);
    const currencies = new Set(contracts.flatMap(({ base, quote }) => [base, quote]));
    this.source = new SyntheticSource(
      { kind: 'synthetic', seed: `${seed} futures`, rate },
      clock,
      timers,
      {
        instruments: contracts,
        assets: [...currencies].map((id) => ({
          id,
          precision: MONEY_SCALE,
          precisionDisplay: 4,
          collateralValue: '1.00',
        })),
        wallets: new Map([...singleWallets(this.clearing).keys()].map((id) => [id, MONEY_SCALE])),
        clearing: this.clearing,
        ids: new UuidSource(`${seed} futures`),
      },
    );
    this.exchange = this.source.exchange;
    this.clearing.counterparty = this.source.house;
    this.#due = new DueTimer(this.exchange, clock, timers);
    this.#upkeep = new Upkeep(this.exchange, this.clearing);
    this.#options = new Map(accounts.map((account) => [account.key, account]));
    for (const account of accounts) this.#open(account);
    // What they begin with is history, no news.
    this.clearing.log.take();
    this.source.onBatch((batch) => {
      this.#handle(batch);
    });
  }

  /** By the key of its REST side and of the v1 socket. */
  accountOf(key: string): Account | undefined {
    return this.#options.has(key) ? this.exchange.accounts.get(key) : undefined;
  }

  secretOf(key: string): string | undefined {
    return this.#options.get(key)?.secret;
  }

  mayTrade(key: string): boolean {
    return this.#options.get(key)?.access !== 'readOnly';
  }

  /** How the exchange names an account in its answers. */
  uidOf(account: Account): string {
    return uuidOf(`account ${account.id}`);
  }

  /** A contract by its symbol, in whatever case. */
  marketOf(symbol: string): Market | undefined {
    return this.exchange.markets.get(symbol.toUpperCase());
  }

  contractOf(market: Market): FuturesContract {
    return this.clearing.contractOf(market);
  }

  /** Now; a market that somebody looks at moves from now on, and that of its index with it. */
  now(market?: Market): bigint {
    if (market !== undefined) this.#wake(market);
    const nowNs = this.clock.wallNs();
    if (this.#isMoving) this.#upkeep.advance(nowNs);
    return nowNs;
  }

  /** Is told of each batch, after the public feeds were; answers how to stop. */
  onBatch(listener: (batch: FuturesBatch) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The orders of the exchange's own making. */
  isLiquidation(orderId: string): boolean {
    return this.#liquidations.has(orderId);
  }

  async close(): Promise<void> {
    this.#due.close();
    await this.source.close();
  }

  #wake(market: Market): void {
    if (!this.#isMoving) {
      this.#isMoving = true;
      void this.source.open();
    }
    const leader = this.clearing.prices.leaderOf(this.contractOf(market));
    if (leader !== undefined) this.source.wake(leader);
    this.source.wake(market.instrument.symbol);
  }

  #open({ key, balances }: FuturesAccountOptions): void {
    if (this.exchange.accounts.has(key)) {
      throw new SandboxError(
        'INVALID_OPTION',
        `accounts names the futures key ${key} twice: name it once`,
      );
    }
    if (looksLive(key)) {
      throw new SandboxError(
        'INVALID_OPTION',
        'accounts: a futures key has the form of a real one, and those stay out of a sandbox: make one with createSandboxKey',
      );
    }
    try {
      const account = this.exchange.openAccount(key, balances, this.clock.wallNs());
      for (const { asset, amount, atNs } of account.ledger) {
        const entry = { account, atNs, info: 'transfer', asset, isPosition: false } as const;
        this.clearing.log.add({ ...entry, before: 0n, after: amount });
      }
    } catch (error) {
      throw new SandboxError(
        'INVALID_OPTION',
        `accounts: futures: ${String(error)}`,
        {},
        { cause: error },
      );
    }
  }

  #handle(batch: Batch): void {
    for (const market of batch.markets.keys()) this.clearing.prices.follow(market, batch.atNs);
    this.record.add(batch);
    const { info } = this.clearing;
    const isLiquidation = info === 'futures liquidation';
    if (isLiquidation) {
      for (const { order } of batch.reports) this.#liquidations.add(order.id);
    }
    const log = this.clearing.log.take();
    this.orderHistory.add(batch);
    const fills = this.fills.add(batch, isLiquidation);
    const told = { ...batch, log, fills, cancelReason: CANCEL_REASONS[info] };
    this.private.publish(told);
    for (const listener of this.#listeners) listener(told);
    this.#due.arm();
    // Last: what it does is a batch of its own, told after this one.
    if (this.#isMoving) this.#upkeep.afterBatch(batch);
  }
}
