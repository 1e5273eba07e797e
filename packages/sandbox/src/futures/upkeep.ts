import type { Account, Batch, Exchange, Market } from '../exchange/index.ts';
import { fixedText } from '../market-data/fixed-text.ts';
import type { FuturesClearing } from './clearing.ts';
import { FUNDING_PERIOD_NS } from './funding.ts';
import { abs } from './position.ts';
import { marginState } from './wallets.ts';

/** What the exchange does by itself: the hourly funding, the end of dated contracts, liquidations. */
export class Upkeep {
  readonly #exchange: Exchange;
  readonly #clearing: FuturesClearing;
  /** When the running hour of funding ends. */
  #hourNs: bigint | undefined;
  #isBusy = false;

  constructor(exchange: Exchange, clearing: FuturesClearing) {
    this.#exchange = exchange;
    this.#clearing = clearing;
  }

  /** Does what the time asks for. */
  advance(nowNs: bigint): void {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      this.#roll(nowNs);
    } finally {
      this.#isBusy = false;
    }
  }

  #roll(nowNs: bigint): void {
    this.#hourNs ??= nowNs - (nowNs % FUNDING_PERIOD_NS) + FUNDING_PERIOD_NS;
    while (nowNs >= this.#hourNs) {
      this.#fund(this.#hourNs);
      this.#hourNs += FUNDING_PERIOD_NS;
    }
    for (const market of this.#exchange.markets.values()) {
      const { maturityMs } = this.#clearing.contractOf(market);
      const isOver = maturityMs !== undefined && nowNs >= BigInt(maturityMs) * 1_000_000n;
      if (isOver && market.state !== 'maintenance') this.#expire(market, nowNs);
    }
  }

  /** Closes what its wallet can carry no longer. */
  afterBatch({ atNs, markets }: Batch): void {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      this.#roll(atNs);
      for (const account of this.#clearing.holders) {
        const wallets = new Set<string>();
        for (const market of markets.keys()) {
          if (this.#clearing.lotsOf(account, market) !== 0n) {
            wallets.add(this.#clearing.contractOf(market).wallet);
          }
        }
        for (const wallet of wallets) this.#checkMargin(account, wallet, atNs);
      }
    } finally {
      this.#isBusy = false;
    }
  }

  #fund(atNs: bigint): void {
    for (const account of this.#clearing.holders) {
      for (const market of this.#exchange.markets.values()) {
        this.#clearing.realizeFunding(account, market, atNs);
      }
    }
    for (const contract of this.#clearing.contracts) this.#clearing.funding.renew(contract, atNs);
    this.#exchange.commit(atNs);
  }

  #expire(market: Market, nowNs: bigint): void {
    const { symbol } = market.instrument;
    const contract = this.#clearing.contractOf(market);
    const { prices } = this.#clearing;
    const ticks = prices.ticksOf(contract, prices.index(contract));
    this.#clearing.during('settlement', () => {
      for (const account of this.#exchange.accounts.values()) {
        if (account.isHouse) continue;
        this.#exchange.cancelAll(account, nowNs, (order) => order.market === market);
      }
      for (const account of this.#clearing.holders) {
        this.#clearing.settlePosition(account, market, ticks, nowNs);
      }
    });
    this.#exchange.setState('maintenance', nowNs, symbol);
  }

  #checkMargin(account: Account, wallet: string, nowNs: bigint): void {
    const isShort = (): boolean => {
      const { equity, maintenance } = marginState(this.#clearing, account, wallet, nowNs);
      return equity < maintenance;
    };
    if (!isShort()) return;
    const concerns = (market: Market): boolean =>
      this.#clearing.contractOf(market).wallet === wallet;
    this.#clearing.during('futures liquidation', () => {
      // Orders bind nothing of the maintenance margin, but must not open anew what is closed now.
      this.#exchange.cancelAll(account, nowNs, ({ market }) => concerns(market));
      for (const { market, holding } of this.#clearing.statesOf(account, nowNs, wallet)) {
        const { lots } = holding.position;
        if (lots !== 0n) this.#close(account, market, lots, nowNs);
      }
    });
  }

  #close(account: Account, market: Market, lots: bigint, nowNs: bigint): void {
    const { symbol, quantityPrecision } = market.instrument;

    this.#exchange.add(
      account,
      {
        symbol,
        side: lots > 0n ? 'sell' : 'buy',
        type: 'market',
        quantity: fixedText(abs(lots), quantityPrecision),
        reduceOnly: true,
      },
      nowNs,
    );
  }
}
