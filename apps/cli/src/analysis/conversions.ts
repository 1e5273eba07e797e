import { divideDecimals, multiplyDecimals, signOfDecimal } from '@kr/orderbook/decimal';

/** A pair as a way from one asset to another: one base is worth `price` quotes. */
export interface Way {
  readonly symbol: string;
  readonly base: string;
  readonly quote: string;
  /** Of the last trade. */
  readonly price: string;
  /** In the last 24 hours: of two equally long ways, the busier one is believed. */
  readonly trades: number;
}

/** How an amount of an asset becomes one of the target, exactly. */
export interface Conversion {
  /** The pairs on the way, from the asset to the target. */
  readonly path: readonly string[];
  /** The amount times this … */
  readonly multiplier: string;
  /** … over this: a pair that is crossed from quote to base divides. */
  readonly divisor: string;
  /** Trades of the quietest pair on the way. */
  readonly trades: number;
}

/**
 * How every asset that can be converted becomes the target: by the fewest pairs, and of equally
 * short ways by the one whose quietest pair traded most. An asset that no way leads from is not in
 * the answer: it has no value in the target, not even 1:1.
 */
export const createConversions = (
  ways: readonly Way[],
  target: string,
): ReadonlyMap<string, Conversion> => {
  const waysOf = new Map<string, Way[]>();
  for (const way of ways) {
    // A pair that never traded has no price.
    if (signOfDecimal(way.price) <= 0) continue;
    for (const asset of [way.base, way.quote]) {
      const known = waysOf.get(asset) ?? [];
      known.push(way);
      waysOf.set(asset, known);
    }
  }
  const own = { path: [], multiplier: '1', divisor: '1', trades: Number.POSITIVE_INFINITY };
  const conversions = new Map<string, Conversion>([[target, own]]);
  let reached = [target];
  while (reached.length > 0) {
    const found = new Map<string, Conversion>();
    for (const asset of reached) {
      const onward = conversions.get(asset) ?? own;
      for (const way of waysOf.get(asset) ?? []) {
        const from = way.base === asset ? way.quote : way.base;
        const candidate = lengthen(way, from, onward);
        if (!conversions.has(from) && isBetter(candidate, found.get(from))) {
          found.set(from, candidate);
        }
      }
    }
    for (const [asset, conversion] of found) conversions.set(asset, conversion);
    reached = [...found.keys()];
  }
  return conversions;
};

/** To `scale` decimals, rounded once, at the end. */
export const convert = (amount: string, conversion: Conversion, scale: number): string =>
  divideDecimals(multiplyDecimals(amount, conversion.multiplier), conversion.divisor, scale);

const lengthen = (way: Way, from: string, onward: Conversion): Conversion => ({
  path: [way.symbol, ...onward.path],
  multiplier:
    way.base === from ? multiplyDecimals(onward.multiplier, way.price) : onward.multiplier,
  divisor: way.base === from ? onward.divisor : multiplyDecimals(onward.divisor, way.price),
  trades: Math.min(way.trades, onward.trades),
});

/** By names in the end: the same bodies give the same ways, whatever their order. */
const isBetter = (candidate: Conversion, known: Conversion | undefined): boolean => {
  if (known === undefined) return true;
  if (candidate.trades !== known.trades) return candidate.trades > known.trades;
  return candidate.path.join(' ') < known.path.join(' ');
};
