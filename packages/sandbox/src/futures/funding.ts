import type { FuturesContract } from './contracts.ts';
import type { Holding } from './holding.ts';
import { type FuturesPrices, PICO } from './prices.ts';
import { valueOf } from './worth.ts';

export const FUNDING_PERIOD_NS = 3_600_000_000_000n;
/** Of the premium, what is paid an hour; and the most that is. */
const HOURS = 24n;
const MAX_RELATIVE_RATE: bigint = PICO / 1_000n;

/**
 * Funding of the perpetuals: an hour's rate is a 24th of the average premium before it. Longs pay
 * shorts while it is above zero. It accrues by the nanosecond and is realized every full hour and at
 * each fill of a position.
 */
export class Funding {
  readonly #prices: FuturesPrices;
  /** By symbol: relative rates an hour, in 1e-12. */
  readonly #rates = new Map<string, bigint>();
  /** Past rates by symbol, oldest first. */
  readonly #history = new Map<
    string,
    { readonly atNs: bigint; readonly rate: bigint; readonly index: bigint }[]
  >();

  constructor(prices: FuturesPrices) {
    this.#prices = prices;
  }

  /** Relative, an hour, in 1e-12. */
  rate({ symbol }: FuturesContract): bigint {
    return this.#rates.get(symbol) ?? 0n;
  }

  /** What the next hour's rate would be now. */
  prediction(contract: FuturesContract): bigint {
    if (contract.maturityMs !== undefined) return 0n;
    const rate = this.#prices.averagePremium(contract) / HOURS;
    if (rate > MAX_RELATIVE_RATE) return MAX_RELATIVE_RATE;
    return rate < -MAX_RELATIVE_RATE ? -MAX_RELATIVE_RATE : rate;
  }

  /** A new hour begins for a contract. Everything must have been realized until now. */
  renew(contract: FuturesContract, atNs: bigint): void {
    const rate = this.prediction(contract);
    this.#rates.set(contract.symbol, rate);
    const history = this.#history.get(contract.symbol) ?? [];
    this.#history.set(contract.symbol, history);
    history.push({ atNs, rate, index: this.#prices.index(contract) });
    if (history.length > KEPT_RATES) history.shift();
  }

  history({ symbol }: FuturesContract): readonly {
    readonly atNs: bigint;
    readonly rate: bigint;
    readonly index: bigint;
  }[] {
    return this.#history.get(symbol) ?? [];
  }

  /** What a position has earned (below zero: owes) since it was last funded, in the settlement currency. */
  accrued(contract: FuturesContract, { position, fundedNs }: Holding, nowNs: bigint): bigint {
    const rate = this.rate(contract);
    if (rate === 0n || position.lots === 0n || nowNs <= fundedNs) return 0n;
    const ticks = this.#prices.ticksOf(contract, this.#prices.index(contract));
    const value = valueOf(contract, ticks, position.lots);
    const amount = (value * rate * (nowNs - fundedNs)) / (PICO * FUNDING_PERIOD_NS);
    return position.lots > 0n ? -amount : amount;
  }
}

/** A year of hours. */
const KEPT_RATES = 8_760;
