import type { Account } from '../account.ts';
import { scaled } from '../draft.ts';
import type { ExchangeAsset } from '../instrument.ts';
import type { Market } from '../market.ts';
import { gainOf, type Positions } from './position.ts';

/** Decimals of everything that is valued here, in USD. */
export const USD_SCALE = 10;
const COLLATERAL_SCALE = 4;

/** An account on margin, valued in USD of {@link USD_SCALE} decimals at the last prices. */
export interface MarginState {
  /** All balances, and those of them that count as collateral, as far as they count. */
  readonly balance: bigint;
  readonly collateral: bigint;
  /** What the positions bind, have cost, are worth, and have gained so far. */
  readonly margin: bigint;
  readonly cost: bigint;
  readonly worth: bigint;
  readonly gain: bigint;
  readonly equity: bigint;
  readonly free: bigint;
  /** Equity in per cent of what is bound, down to a hundredth; `undefined` without positions. */
  readonly level: number | undefined;
}

/** What things are worth. Of an asset that is not traded for USD nothing is known: it counts as nothing. */
export class Valuation {
  readonly #markets: ReadonlyMap<string, Market>;
  readonly #scales: ReadonlyMap<string, number>;
  readonly #haircuts: ReadonlyMap<string, bigint>;

  constructor(
    markets: ReadonlyMap<string, Market>,
    scales: ReadonlyMap<string, number>,
    assets: readonly ExchangeAsset[],
  ) {
    this.#markets = markets;
    this.#scales = scales;
    this.#haircuts = new Map(
      assets.map(({ id, collateralValue }) => [
        id,
        scaled(collateralValue, COLLATERAL_SCALE) ?? 0n,
      ]),
    );
  }

  /** An amount of an asset in USD, `undefined` while nobody knows. */
  usd(asset: string, amount: bigint): bigint | undefined {
    const scale = this.#scales.get(asset) ?? 0;
    if (asset === 'USD') return rescaled(amount, scale);
    const market = this.#markets.get(`${asset}/USD`);
    const ticks = market?.reference('last');
    if (market === undefined || ticks === undefined) return undefined;
    return rescaled(amount * BigInt(ticks), scale + market.instrument.pricePrecision);
  }

  stateOf(account: Account, positions: Positions): MarginState {
    let balance = 0n;
    let collateral = 0n;
    for (const asset of account.assets) {
      const value = this.usd(asset, account.balance(asset)) ?? 0n;
      balance += value;
      // What is owed is owed whole.
      collateral +=
        value < 0n
          ? value
          : (value * (this.#haircuts.get(asset) ?? 0n)) / 10n ** BigInt(COLLATERAL_SCALE);
    }
    let margin = 0n;
    let cost = 0n;
    let worth = 0n;
    let gain = 0n;
    for (const [market, net] of positions.netsOf(account)) {
      const usd = (amount: bigint): bigint => this.usd(market.instrument.quote, amount) ?? 0n;
      const now = market.quoteAmount(BigInt(market.reference('last') ?? 0) * net.lots);
      margin += usd(net.margin);
      cost += usd(net.cost);
      worth += usd(now);
      gain += usd(gainOf(net.side, net.cost, now));
    }
    const equity = collateral + gain;
    const level = margin === 0n ? undefined : Number((equity * 10_000n) / margin) / 100;
    return {
      balance,
      collateral,
      margin,
      cost,
      worth,
      gain,
      equity,
      free: equity - margin,
      level,
    };
  }
}

function rescaled(amount: bigint, scale: number): bigint {
  return scale <= USD_SCALE
    ? amount * 10n ** BigInt(USD_SCALE - scale)
    : amount / 10n ** BigInt(scale - USD_SCALE);
}
