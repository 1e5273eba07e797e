import type { Account } from '../account.ts';
import type { Market } from '../market.ts';
import type { Order, Side } from '../types.ts';

/**
 * What one fill of an order on margin opened: the exchange bought (or sold) for the account, with what
 * it advanced. Amounts are in the accounting scale of the market's quote asset.
 */
export interface MarginPosition {
  /** The trade that opened it. */
  readonly id: string;
  readonly order: Order;
  readonly openedNs: bigint;
  readonly lots: bigint;
  /** What was paid (or received) for all of it. */
  readonly cost: bigint;
  /** Of the opening and of each time it was rolled over. */
  fee: bigint;
  closedLots: bigint;
  /** The part of `cost` that was given back. */
  closedCost: bigint;
  /** What the closing fills were worth. */
  proceeds: bigint;
  closingFee: bigint;
  /** Trades that closed it, or a part of it. */
  readonly closedBy: string[];
  /** When the next fee for carrying it is due. */
  rolloverNs: bigint;
}

export const openLots = ({ lots, closedLots }: MarginPosition): bigint => lots - closedLots;
export const openCost = ({ cost, closedCost }: MarginPosition): bigint => cost - closedCost;

/** What the account itself has to have for what is open of it. */
export function marginOf(position: MarginPosition): bigint {
  return openCost(position) / BigInt(position.order.leverage ?? 1);
}

/** What is gained when `proceeds` come for what had cost `released`. */
export function gainOf(side: Side, released: bigint, proceeds: bigint): bigint {
  return side === 'buy' ? proceeds - released : released - proceeds;
}

/** A part of a position that is to be closed: `cost` of it is given back. */
export interface Release {
  readonly position: MarginPosition;
  readonly lots: bigint;
  readonly cost: bigint;
}

/** What an account has open in a market: of one direction at a time. */
export interface Net {
  readonly side: Side;
  readonly lots: bigint;
  readonly cost: bigint;
  readonly margin: bigint;
}

interface Queue extends Net {
  readonly positions: readonly MarginPosition[];
}

/** The open positions of all accounts, the first in the first out. */
export class Positions {
  readonly #open = new Map<Account, Map<Market, Queue>>();

  /** Who has any. */
  get holders(): Iterable<Account> {
    return this.#open.keys();
  }

  /** The oldest first; of one market where it is named. */
  of(account: Account, market?: Market): readonly MarginPosition[] {
    const markets = this.#open.get(account);
    if (markets === undefined) return [];
    if (market !== undefined) return markets.get(market)?.positions ?? [];
    return [...markets.values()].flatMap(({ positions }) => positions);
  }

  /** What an account has open, by market. */
  netsOf(account: Account): ReadonlyMap<Market, Net> {
    return this.#open.get(account) ?? NONE;
  }

  /** What is open in a market; `undefined`: nothing. */
  netOf(account: Account, market: Market): Net | undefined {
    return this.#open.get(account)?.get(market);
  }

  add(position: MarginPosition): void {
    const { account, market } = position.order;
    this.#set(account, market, [...this.of(account, market), position]);
  }

  /** What closing so many lots would give back, position by position. A part of one is rounded down. */
  release(account: Account, market: Market, lots: bigint): readonly Release[] {
    const releases: Release[] = [];
    let left = lots;
    for (const position of this.of(account, market)) {
      if (left === 0n) break;
      const open = openLots(position);
      const part = left < open ? left : open;
      releases.push({ position, lots: part, cost: (openCost(position) * part) / open });
      left -= part;
    }
    return releases;
  }

  /** Closes what was released of a market. */
  close(account: Account, market: Market, releases: readonly Release[]): void {
    for (const { position, lots, cost } of releases) {
      position.closedLots += lots;
      position.closedCost += cost;
    }
    const left = this.of(account, market).filter((position) => openLots(position) > 0n);
    this.#set(account, market, left);
  }

  /** The sums are kept: they are asked for with each change of a price. */
  #set(account: Account, market: Market, positions: readonly MarginPosition[]): void {
    const markets = this.#open.get(account) ?? new Map<Market, Queue>();
    const [first] = positions;
    if (first === undefined) markets.delete(market);
    else {
      let [lots, cost, margin] = [0n, 0n, 0n];
      for (const position of positions) {
        lots += openLots(position);
        cost += openCost(position);
        margin += marginOf(position);
      }
      markets.set(market, { side: first.order.side, lots, cost, margin, positions });
    }
    if (markets.size === 0) this.#open.delete(account);
    else this.#open.set(account, markets);
  }
}

const NONE: ReadonlyMap<Market, Net> = new Map();
