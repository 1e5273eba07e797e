import {
  type Account,
  type Batch,
  Exchange,
  type ExchangeOptions,
  type Order,
  type OrderRequest,
  Refusal,
} from '../src/exchange/index.ts';
import { DEFAULT_ASSETS, DEFAULT_INSTRUMENTS } from '../src/synthetic/instruments.ts';

export const START_NS = 1_784_000_000_000_000_000n;

/** An exchange of the default markets with its batches kept, a clock that a test moves, and texts for prices. */
export class TestExchange {
  readonly batches: Batch[] = [];
  readonly exchange: Exchange;
  nowNs = START_NS;

  constructor(options: Partial<ExchangeOptions> = {}) {
    this.exchange = new Exchange({
      instruments: DEFAULT_INSTRUMENTS,
      assets: DEFAULT_ASSETS,
      publish: (batch) => this.batches.push(batch),
      ...options,
    });
  }

  account(id: string, balances: Record<string, string> = { USD: '100000', BTC: '10' }): Account {
    return this.exchange.openAccount(id, balances, this.nowNs);
  }

  /** Places an order of BTC/USD; a refusal throws its text. */
  add(account: Account, request: Partial<OrderRequest>): Order {
    const order = this.try(account, request);
    if (order instanceof Refusal) throw new Error(order.error);
    return order;
  }

  try(account: Account, request: Partial<OrderRequest>): Order | Refusal {
    this.nowNs += 1_000n;
    const defaults = { symbol: 'BTC/USD', side: 'buy', type: 'limit' } as const;
    return this.exchange.add(account, { ...defaults, ...request }, this.nowNs);
  }

  /** Of all batches: type and order id of each report. */
  reports(account: Account): readonly string[] {
    return this.batches
      .flatMap(({ reports }) => reports)
      .filter((report) => report.account === account)
      .map(({ type }) => type);
  }
}

export const at = (text: string): { kind: 'static'; text: string } => ({ kind: 'static', text });

/**
 * What must hold of an exchange at any time; answers sentences, none when all is well. `deposited`
 * is what was put in, by asset.
 */
export function faultsOf(exchange: Exchange, deposited: ReadonlyMap<string, bigint>): string[] {
  const faults: string[] = faultsOfPositions(exchange);
  for (const asset of exchange.scales.keys()) {
    let sum = (exchange.income.get(asset) ?? 0n) + exchange.margin.lender.balance(asset);
    for (const account of exchange.accounts.values()) {
      sum += account.balance(asset);
      if (account.isHouse) continue;
      // Losses and fees of positions are owed where they are not there.
      if (account.balance(asset) < 0n && !lost(account, asset)) {
        faults.push(`${account.id} owes ${asset}`);
      }
      if (account.available(asset) < 0n && account.held(asset) > 0n)
        faults.push(`${account.id} holds more ${asset} than it has`);
    }
    const expected = deposited.get(asset) ?? 0n;
    if (sum !== expected) faults.push(`${asset}: ${sum} of ${expected} are there`);
  }
  for (const account of exchange.accounts.values()) {
    const held = new Map<string, bigint>();
    for (const order of account.openOrders) {
      if (order.clearing !== undefined) continue;
      const { instrument } = order.market;
      const asset = order.side === 'buy' ? instrument.quote : instrument.base;
      held.set(asset, (held.get(asset) ?? 0n) + order.held);
    }
    for (const asset of exchange.scales.keys()) {
      if (account.held(asset) !== (held.get(asset) ?? 0n)) {
        faults.push(`${account.id}: held ${asset} is not what its orders hold`);
      }
    }
    const balances = new Map<string, bigint>();
    for (const { asset, amount, fee, balance } of account.ledger) {
      const next = (balances.get(asset) ?? 0n) + amount - fee;
      if (next !== balance)
        faults.push(`${account.id}: a ledger entry of ${asset} does not add up`);
      balances.set(asset, next);
    }
    for (const [asset, balance] of balances) {
      if (balance !== account.balance(asset)) faults.push(`${account.id}: ledger of ${asset}`);
    }
  }
  for (const { book, instrument } of exchange.markets.values()) {
    const [bid, ask] = [book.bids.best?.ticks, book.asks.best?.ticks];
    if (bid !== undefined && ask !== undefined && bid >= ask) {
      faults.push(`${instrument.symbol} is crossed: ${bid} and ${ask}`);
    }
    for (const side of [book.bids, book.asks]) {
      for (let rank = 0; rank < side.size; rank += 1) {
        const level = side.at(rank);
        let lots = 0n;
        let last = -1n;
        for (let order = level?.head; order !== undefined; order = order.next) {
          lots += order.visibleLots;
          if (order.queueNs <= last) faults.push(`${order.id} is out of its turn`);
          last = order.queueNs;
        }
        if (level?.lots !== lots || lots <= 0n)
          faults.push(`level ${level?.ticks} does not add up`);
      }
    }
  }
  return faults;
}

/** Whether an account ever lost of an asset on margin. */
function lost(account: Account, asset: string): boolean {
  return account.ledger.some(
    (entry) =>
      entry.asset === asset &&
      (entry.type === 'rollover' || (entry.type === 'margin' && entry.amount < entry.fee)),
  );
}

/** What the lender holds must be what the positions say of it. */
function faultsOfPositions(exchange: Exchange): string[] {
  const { lender, positions } = exchange.margin;
  const sums = new Map<string, bigint>();
  const add = (asset: string, amount: bigint): void => {
    sums.set(asset, (sums.get(asset) ?? 0n) + amount);
  };
  for (const account of positions.holders) {
    for (const [market, net] of positions.netsOf(account)) {
      const sign = net.side === 'buy' ? 1n : -1n;
      add(market.instrument.base, market.baseAmount(net.lots) * sign);
      add(market.instrument.quote, -net.cost * sign);
    }
  }
  return [...exchange.scales.keys()].flatMap((asset) => {
    const [held, expected] = [lender.balance(asset), sums.get(asset) ?? 0n];
    return held === expected ? [] : [`the lender has ${held} ${asset}, its positions ${expected}`];
  });
}

/** All that was ever deposited, by asset: what the ledgers of accounts say, and 0 of house accounts. */
export function depositsOf(exchange: Exchange): Map<string, bigint> {
  const deposits = new Map<string, bigint>();
  for (const { ledger } of exchange.accounts.values()) {
    for (const { type, asset, amount } of ledger) {
      if (type === 'deposit') deposits.set(asset, (deposits.get(asset) ?? 0n) + amount);
    }
  }
  return deposits;
}
