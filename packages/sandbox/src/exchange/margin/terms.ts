import { scaled } from '../draft.ts';
import type { ExchangeAsset, ExchangeInstrument } from '../instrument.ts';
import type { Side } from '../types.ts';

/** A position pays for being carried each four hours: https://support.kraken.com, "Margin fees". */
export const ROLLOVER_NS = 4n * 3_600_000_000_000n;
/** Equity in per cent of the margin that is used: below the second positions are closed. As AssetPairs says them. */
export const MARGIN_CALL = 80;
export const MARGIN_STOP = 40;
/** Millionths: 0.02 %, where an asset says nothing. */
const USUAL_FEE = 200n;

/** What an account may multiply its margin by in a market, least first; empty: the market has no margin. */
export function leveragesOf({ margin }: ExchangeInstrument): readonly number[] {
  if (margin === undefined) return [];
  const most = Math.floor(1 / Number(margin.initial) + 1e-9);
  return Array.from({ length: Math.max(0, most - 1) }, (_, at) => at + 2);
}

/**
 * What is taken of a position's cost for opening it, and each four hours for carrying it, in
 * millionths. (unsure) Kraken names a highest rate alone; unless the instrument has its own, both are
 * the margin rate, in per cent, of the asset that is advanced: the quote of a purchase, the base of a sale.
 */
export function marginFeesOf(
  instrument: ExchangeInstrument,
  side: Side,
  assets: readonly ExchangeAsset[],
): { readonly opening: bigint; readonly rollover: bigint } {
  const { margin, base, quote } = instrument;
  const advanced = side === 'buy' ? quote : base;
  const rate = assets.find(({ id }) => id === advanced)?.marginRate;
  return {
    opening: readFee(margin?.openingFee ?? rate),
    rollover: readFee(margin?.rolloverFee ?? rate),
  };
}

/** Per cent, as text, in millionths. */
function readFee(text: string | undefined): bigint {
  const millionths = text === undefined ? undefined : scaled(text, 6);
  return millionths === undefined ? USUAL_FEE : millionths / 100n;
}
