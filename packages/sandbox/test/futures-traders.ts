import { type Account, type OrderRequest, Refusal } from '../src/exchange/index.ts';
import { FuturesDesk } from '../src/futures/desk.ts';
import { fixedText } from '../src/market-data/fixed-text.ts';
import { createSandboxKey } from '../src/safety/sandbox-key.ts';
import { createRandom, type Random } from '../src/synthetic/random.ts';
import { futuresDeposits, futuresFaultsOf } from './futures-check.ts';
import { ManualTime } from './manual-time.ts';

const TYPES = ['limit', 'limit', 'market', 'stop-loss', 'take-profit', 'trailing-stop'] as const;

/** Sends random orders of contracts from several accounts while the agents trade and hours pass. */
export class FuturesTraders {
  readonly time = new ManualTime();
  readonly desk: FuturesDesk;
  readonly accounts: readonly Account[];
  /** How many of each order type were taken, and of each refusal. */
  readonly taken = new Map<string, number>();
  /** How many entries of the logs were made for each reason. */
  readonly infos = new Map<string, number>();
  readonly #random: Random;

  constructor(seed: string, accounts: number) {
    this.#random = createRandom(seed);
    const keys = Array.from({ length: accounts }, (_, at) => createSandboxKey(`futures ${at}`));
    this.desk = new FuturesDesk({
      seed,
      rate: 3,
      accounts: keys.map((key) => ({
        ...key,
        balances: { USD: '600', XBT: '0.01', fi_xbtusd: '0.005', fi_ethusd: '0.2' },
      })),
      clock: this.time,
      timers: this.time,
    });
    this.accounts = keys.map(({ key }) => {
      const account = this.desk.accountOf(key);
      if (account === undefined) throw new Error(`no account ${key}`);
      return account;
    });
    this.desk.onBatch(({ log }) => {
      for (const { info } of log) this.infos.set(info, (this.infos.get(info) ?? 0) + 1);
    });
    for (const market of this.desk.exchange.markets.values()) this.desk.now(market);
  }

  step(): void {
    const random = this.#random;
    this.time.advance(random.chance(0.03) ? 400_000 : random.below(1_000));
    const account = this.#pick(this.accounts);
    const { exchange } = this.desk;
    const nowNs = this.desk.now();
    const open = [...account.openOrders];
    const draw = random.next();
    if (draw < 0.15 && open.length > 0) exchange.cancel(account, this.#pick(open).id, nowNs);
    else if (draw < 0.2 && open.length > 0) {
      const { id, market } = this.#pick(open);
      const quantity = fixedText(BigInt(this.#lots()), market.instrument.quantityPrecision);
      exchange.amend(account, id, { quantity }, nowNs);
    } else if (draw < 0.21) exchange.cancelAll(account, nowNs);
    else if (draw < 0.22) exchange.cancelAllAfter(account, random.below(3) * 20, nowNs);
    else this.#add(account, nowNs);
  }

  async close(): Promise<void> {
    await this.desk.close();
  }

  #add(account: Account, nowNs: bigint): void {
    const random = this.#random;
    const market = this.#pick([...this.desk.exchange.markets.values()]);
    const { symbol, pricePrecision, quantityPrecision } = market.instrument;
    const type = this.#pick(TYPES);
    const side = random.chance(0.5) ? 'buy' : 'sell';
    const middle = market.indexTicks ?? 1;
    const ticks = (share: number): string =>
      fixedText(Math.round((middle * share) / market.increment) * market.increment, pricePrecision);
    const share = 0.98 + random.below(40) / 1_000;
    const isPlain = type === 'limit' || type === 'market';
    const request: OrderRequest = {
      symbol,
      side,
      type,
      quantity: fixedText(
        BigInt(this.#lots() * (quantityPrecision === 0 ? 10 : 1)),
        quantityPrecision,
      ),
      limitPrice: type === 'limit' ? { kind: 'static', text: ticks(share) } : undefined,
      triggerPrice: isPlain
        ? undefined
        : type === 'trailing-stop'
          ? { kind: 'pct', text: '0.5' }
          : { kind: 'static', text: ticks(share) },
      triggerReference: this.#pick(['last', 'index', 'mark'] as const),
      timeInForce:
        type === 'limit' && random.chance(0.2) ? this.#pick(['ioc', 'fok'] as const) : 'gtc',
      reduceOnly: random.chance(0.2),
      selfTrade: this.#pick(['cancel_newest', 'cancel_oldest', 'cancel_both'] as const),
    };
    const order = this.desk.exchange.add(account, request, nowNs);
    this.#count(order instanceof Refusal ? order.error : type);
    if (!(order instanceof Refusal) && order.reduceOnly) this.#count('reduced');
  }

  #lots(): number {
    return 1 + this.#random.below(this.#random.chance(0.3) ? 5_000 : 300);
  }

  #pick<T>(items: readonly T[]): T {
    const item = items[this.#random.below(items.length)];
    if (item === undefined) throw new Error('nothing to pick');
    return item;
  }

  #count(word: string): void {
    this.taken.set(word, (this.taken.get(word) ?? 0) + 1);
  }
}

/** Lets six traders take so many steps, and says every now and then what does not add up. */
export async function runTraders(
  seed: string,
  steps: number,
  check: (faults: string[]) => void,
): Promise<FuturesTraders> {
  const traders = new FuturesTraders(seed, 6);
  const deposits = futuresDeposits(traders.desk);
  try {
    for (let step = 0; step < steps; step += 1) {
      traders.step();
      if (step % 50 === 0) check(futuresFaultsOf(traders.desk, deposits));
    }
    check(futuresFaultsOf(traders.desk, deposits));
  } finally {
    await traders.close();
  }
  return traders;
}
