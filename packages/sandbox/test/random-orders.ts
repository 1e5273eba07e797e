import {
  type Account,
  ORDER_TYPES,
  type Order,
  type OrderRequest,
  Refusal,
} from '../src/exchange/index.ts';
import { createRandom, type Random } from '../src/synthetic/random.ts';
import { at, type TestExchange } from './exchange.ts';

const CLOSE_TYPES = ['limit', 'stop-loss', 'take-profit-limit', 'trailing-stop'] as const;

/** Sends random orders of every type from every account, with amends, edits, cancels and switches between them. */
export class RandomTraders {
  readonly market: TestExchange;
  readonly accounts: readonly Account[];
  /** How many of each order type were taken, and of each refusal. */
  readonly taken = new Map<string, number>();
  readonly #random: Random;

  constructor(market: TestExchange, accounts: readonly Account[], seed: string) {
    this.market = market;
    this.accounts = accounts;
    this.#random = createRandom(seed);
  }

  step(): void {
    const random = this.#random;
    const account = this.#pick(this.accounts);
    this.market.nowNs += BigInt(1 + random.below(50_000_000));
    const { exchange, nowNs } = this.market;
    const open = [...account.openOrders];
    const draw = random.next();
    if (draw < 0.12 && open.length > 0) exchange.cancel(account, this.#pick(open).id, nowNs);
    else if (draw < 0.2 && open.length > 0) this.#amend(account, this.#pick(open));
    else if (draw < 0.23 && open.length > 0) this.#edit(account, this.#pick(open));
    else if (draw < 0.232) exchange.cancelAll(account, nowNs);
    else if (draw < 0.24) exchange.cancelAllAfter(account, random.below(3) * 20, nowNs);
    else if (draw < 0.25) exchange.addBatch(account, [this.request(), this.request()], nowNs);
    else this.#count(exchange.add(account, this.request(), nowNs));
  }

  request(): OrderRequest {
    const random = this.#random;
    // Settlements are rare: most of the time there is a position to lose.
    const type = this.#pick(random.chance(0.1) ? ORDER_TYPES : ORDER_TYPES.slice(0, -1));
    const side = random.chance(0.5) ? 'buy' : 'sell';
    const isTrailing = type.startsWith('trailing');
    const isLimit = type === 'limit' || type === 'iceberg';
    const base = {
      symbol: 'BTC/USD',
      side,
      type,
      feeAsset: this.#pick(['base', 'quote'] as const),
    } as const;
    const lots = this.quantity();
    const leverage = random.chance(0.35) ? this.#pick([2, 3, 5, 'most'] as const) : undefined;
    if (type === 'settle-position') return { ...base, quantity: random.chance(0.5) ? '0' : lots };
    const selfTrade = this.#pick(['cancel_newest', 'cancel_oldest', 'cancel_both'] as const);
    if (type === 'market' && side === 'buy' && random.chance(0.3)) {
      return { ...base, cash: String(1 + random.below(500)), selfTrade };
    }
    const life =
      type === 'limit' && random.chance(0.2) ? this.#pick(['ioc', 'fok'] as const) : 'gtc';
    const expires = isLimit && life === 'gtc' && random.chance(0.2);
    return {
      ...base,
      quantity: leverage !== undefined && random.chance(0.1) ? '0' : lots,
      leverage,
      reduceOnly: leverage !== undefined && random.chance(0.3),
      selfTrade,
      timeInForce: expires ? 'gtd' : life,
      expireNs: expires
        ? this.market.nowNs + BigInt(1 + random.below(60)) * 1_000_000_000n
        : undefined,
      startNs: random.chance(0.03) ? this.market.nowNs + 2_000_000_000n : undefined,
      postOnly: isLimit && life === 'gtc' && random.chance(0.1),
      limitPrice: isTrailing
        ? { kind: 'quote', text: this.#pick(['-1', '0', '1']) }
        : isLimit || type.endsWith('limit')
          ? at(this.price())
          : undefined,
      displayQuantity: type === 'iceberg' ? this.#tenth(lots) : undefined,
      triggerPrice: isTrailing
        ? { kind: this.#pick(['pct', 'quote'] as const), text: this.#pick(['0.5', '1', '2']) }
        : isLimit || type === 'market'
          ? undefined
          : at(this.price()),
      triggerReference: this.#pick(['last', 'index'] as const),
      userReference: random.chance(0.2) ? random.below(10) : undefined,
      close: random.chance(0.1) ? this.#close() : undefined,
    };
  }

  quantity(): string {
    return (0.001 + this.#random.below(100_000_000) / 1e8).toFixed(8);
  }

  price(): string {
    return (95 + this.#random.below(100) / 10).toFixed(1);
  }

  #close(): OrderRequest['close'] {
    const type = this.#pick(CLOSE_TYPES);
    return {
      type,
      limitPrice: type.endsWith('limit') ? { kind: 'pct', text: '1' } : undefined,
      triggerPrice: type === 'limit' ? undefined : { kind: 'pct', text: '2' },
    };
  }

  #amend(account: Account, order: Order): void {
    const random = this.#random;
    this.market.exchange.amend(
      account,
      order.id,
      {
        quantity: random.chance(0.6) ? this.quantity() : undefined,
        limitPrice:
          order.limitTicks !== undefined && random.chance(0.5) ? at(this.price()) : undefined,
        displayQuantity:
          order.type === 'iceberg' && random.chance(0.3) ? this.quantity() : undefined,
        triggerPrice:
          order.trigger !== undefined && random.chance(0.3) ? at(this.price()) : undefined,
      },
      this.market.nowNs,
    );
  }

  #edit(account: Account, order: Order): void {
    const { nowNs } = this.market;
    this.#count(
      this.market.exchange.edit(
        account,
        order.id,
        ({ side }) => ({
          symbol: 'BTC/USD',
          side,
          type: 'limit',
          quantity: this.quantity(),
          limitPrice: at(this.price()),
          leverage: this.#random.chance(0.3) ? 2 : undefined,
        }),
        nowNs,
      ),
    );
  }

  #count(said: Order | Refusal | { readonly order: Order }): void {
    const key = said instanceof Refusal ? said.error : 'order' in said ? 'edit' : said.type;
    this.taken.set(key, (this.taken.get(key) ?? 0) + 1);
  }

  #tenth(text: string): string {
    return (Math.ceil(Number(text) * 1e7) / 1e8).toFixed(8);
  }

  #pick<T>(list: readonly T[]): T {
    return list[this.#random.below(list.length)] as T;
  }
}

/** What must be true of a run's reports: one history an order, no hole in a sequence, no fill through a limit. */
export function faultsOfReports(market: TestExchange): string[] {
  const faults: string[] = [];
  const lives = new Map<string, string[]>();
  const sequences = new Map<Account, number>();
  const ends = ['filled', 'canceled', 'expired'];
  for (const { reports } of market.batches) {
    for (const { account, sequence, order, type, trade, limitTicks } of reports) {
      if (sequence !== (sequences.get(account) ?? 0) + 1)
        faults.push(`${account.id}: hole at ${sequence}`);
      sequences.set(account, sequence);
      const life = lives.get(order.id) ?? [];
      lives.set(order.id, life);
      if (life.length === 0 && type !== 'pending_new')
        faults.push(`${order.id} begins with ${type}`);
      if (life.some((each) => ends.includes(each)))
        faults.push(`${order.id} goes on after its end`);
      life.push(type);
      if (trade === undefined || limitTicks === undefined) continue;
      const isThrough = order.side === 'buy' ? trade.ticks > limitTicks : trade.ticks < limitTicks;
      if (isThrough) faults.push(`${order.id} is filled through its limit`);
    }
  }
  for (const account of market.exchange.accounts.values()) {
    for (const order of account.orders.values()) {
      const isOver = ends.includes(lives.get(order.id)?.at(-1) ?? '');
      if (isOver === account.openOrders.has(order)) faults.push(`${order.id} has no end, or two`);
      const filled = account.trades
        .filter((trade) => trade.order === order)
        .reduce((sum, { lots }) => sum + lots, 0n);
      // Settled in kind, not traded.
      const isTraded = order.type !== 'settle-position';
      if (isTraded && filled !== order.filledLots)
        faults.push(`${order.id}: fills are not what it says`);
      if (isOver && order.held !== 0n) faults.push(`${order.id} still holds ${order.held}`);
    }
  }
  return faults;
}
