import type { Clock, Timers } from '@kr/schemas/shared';
import { SandboxError } from '../errors.ts';
import { type Account, type Batch, type Exchange, IdSource } from '../exchange/index.ts';
import type { FuturesAccountOptions } from '../futures/desk.ts';
import { fixedText } from '../market-data/fixed-text.ts';
import type { PublicFeeds } from '../market-data/public-feeds.ts';
import type { Subscriber } from '../market-source.ts';
import { AMPLE } from '../rest/account-limits.ts';
import { proLimits, RestCounters, type RestLimits } from '../rest/rest-counters.ts';
import { looksLive } from '../safety/sandbox-key.ts';
import type { FundsStats } from '../sandbox-types.ts';
import { DueTimer } from '../time/due-timer.ts';
import { PrivateFeeds } from './private-feeds.ts';
import { Tokens } from './tokens.ts';

/** A paper account: it trades with the synthetic market's agents and with the other accounts. */
export interface PaperAccount {
  readonly key: string;
  /** Base64, as the exchange's secrets; made up, never a real one. */
  readonly secret: string;
  /** What its key asks for with every private request, as `otp`: a password; default: nothing. */
  readonly otp?: string | undefined;
  /**
   * How far a nonce of its key may be below the highest one and still be taken, in the unit in which
   * the key counts; default 0, as the exchange's.
   */
  readonly nonceWindow?: number | undefined;
  /** Decimal texts by asset, in the names of v2: `{ USD: '100000', BTC: '2.5' }`. */
  readonly balances: Readonly<Record<string, string>>;
  /** What the key may do, by the names of GetApiKeyInfo; default: all of it. */
  readonly permissions?: readonly string[] | undefined;
  /** Its futures side, with a key and wallets of its own; default: it has none. */
  readonly futures?: FuturesAccountOptions | undefined;
}

const ALL_PERMISSIONS: readonly string[] = [
  'query-funds',
  'query-open-trades',
  'query-closed-trades',
  'modify-trades',
  'close-trades',
  'query-ledger',
  'create-ws-token',
];

export interface PaperDeskOptions {
  readonly exchange: Exchange;
  readonly feeds: PublicFeeds;
  readonly accounts: readonly PaperAccount[];
  readonly clock: Clock;
  readonly timers: Timers;
  readonly limits?: RestLimits | undefined;
  /** Lets a market move, before somebody trades in it. */
  readonly wake: (symbol: string) => void;
}

/** Everything private that sockets and REST share: accounts, tokens, the feeds, and the exchange's timer. */
export class PaperDesk {
  readonly exchange: Exchange;
  /** What the trades of each market add up to. */
  readonly feeds: PublicFeeds;
  readonly tokens: Tokens;
  readonly private: PrivateFeeds;
  readonly counters: RestCounters;
  /** What is said of the counter of orders: its threshold. */
  readonly maxRateCount: number;
  readonly clock: Clock;
  readonly #due: DueTimer;
  readonly #wake: (symbol: string) => void;
  readonly #accounts = new Map<string, PaperAccount>();

  constructor(options: PaperDeskOptions) {
    const { exchange, accounts, clock, timers, limits } = options;
    this.exchange = exchange;
    this.feeds = options.feeds;
    this.clock = clock;
    this.#due = new DueTimer(exchange, clock, timers);
    this.#wake = options.wake;
    this.counters = new RestCounters(limits ?? AMPLE, clock);
    this.maxRateCount = (limits ?? proLimits).trading.max;
    this.private = new PrivateFeeds();
    const ids = new IdSource(0x70617065);
    // Recognisable as no token of the exchange's, and of its length.
    const create = (): string => `sandbox/${ids.next('K')}${ids.next('K')}`.replaceAll('-', '');
    this.tokens = new Tokens(clock, create);
    for (const account of accounts) {
      if (looksLive(account.key)) {
        throw new SandboxError(
          'INVALID_OPTION',
          'accounts: a key has the form of a real one, and those stay out of a sandbox: make one with createSandboxKey',
        );
      }
      if (this.#accounts.has(account.key)) {
        throw new SandboxError(
          'INVALID_OPTION',
          `accounts names the key ${account.key} twice: name it once`,
        );
      }
      this.#accounts.set(account.key, account);
      try {
        const opened = exchange.openAccount(account.key, account.balances, clock.wallNs());
        opened.maxOpenOrders = limits?.openOrders;
      } catch (error) {
        throw new SandboxError(
          'INVALID_OPTION',
          `accounts: ${String(error)}`,
          {},
          { cause: error },
        );
      }
    }
  }

  /** Where the money is, as the stats say it; of assets that somebody has, or owes. */
  get funds(): Record<string, FundsStats> {
    const rows: Record<string, FundsStats> = {};
    for (const [asset, { deposited, accounts, house, fees, lent }] of this.exchange.funds) {
      if (deposited === 0n && accounts === 0n && house === 0n && fees === 0n && lent === 0n) {
        continue;
      }
      const text = (amount: bigint): string =>
        fixedText(amount, this.exchange.scales.get(asset) ?? 0);
      rows[asset] = {
        deposited: text(deposited),
        accounts: text(accounts),
        agents: text(house),
        fees: text(fees),
        lent: text(lent),
      };
    }
    return rows;
  }

  /** The account of a token; `undefined`: it is unknown, or dead. */
  accountOf(token: string): Account | undefined {
    const key = this.tokens.keyOf(token);
    return key === undefined ? undefined : this.exchange.accounts.get(key);
  }

  /** The key of an account's futures side. */
  futuresKeyOf(key: string): string | undefined {
    return this.#accounts.get(key)?.futures?.key;
  }

  may(key: string, ...permissions: readonly string[]): boolean {
    const granted = this.permissionsOf(key);
    return permissions.some((permission) => granted.includes(permission));
  }

  permissionsOf(key: string): readonly string[] {
    return this.#accounts.get(key)?.permissions ?? ALL_PERMISSIONS;
  }

  /** Now; a market that is about to be traded in moves from now on. */
  now(symbol?: string): bigint {
    if (symbol !== undefined) this.#wake(symbol);
    return this.clock.wallNs();
  }

  /** A connection is gone. */
  leave(subscriber: Subscriber): void {
    this.private.detachAll(subscriber);
    this.tokens.release(subscriber);
  }

  publish(batch: Batch): void {
    if (batch.reports.length > 0 || batch.ledger.length > 0) this.private.publish(batch);
    this.#due.arm();
  }

  close(): void {
    this.#due.close();
  }
}

/** A market that accounts can trade in. */
export interface TradedMarket {
  readonly exchange: Exchange;
  readonly feeds: PublicFeeds;
  acceptsToken: (token: string) => boolean;
  wake(symbol: string): void;
  onBatch(listener: (batch: Batch) => void): void;
}

/** A desk on a market: the market tells it what happened, and asks it about tokens. */
export function openDesk(
  market: TradedMarket,
  options: Pick<PaperDeskOptions, 'accounts' | 'limits' | 'clock' | 'timers'>,
): PaperDesk {
  const { exchange, feeds } = market;
  const wake = (symbol: string): void => {
    market.wake(symbol);
  };
  const desk = new PaperDesk({ exchange, feeds, wake, ...options });
  market.onBatch((batch) => {
    desk.publish(batch);
  });
  market.acceptsToken = (token) => desk.accountOf(token) !== undefined;
  return desk;
}
