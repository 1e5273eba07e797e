import type { Market } from '../exchange/index.ts';
import { fixedText } from './fixed-text.ts';

/**
 * The least decimals that REST and the v1 sockets print: prices carry zeros beyond the pair's own
 * decimals (XBT/USD of one decimal as `27119.90000`). Some pairs were captured with more, by no rule
 * that could be seen.
 */
const PRICE_DECIMALS = 5;
const QUANTITY_DECIMALS = 8;

/** A price as REST and the v1 sockets print it. */
export function olderPrice({ instrument }: Market, ticks: number): string {
  return padded(ticks, instrument.pricePrecision, PRICE_DECIMALS);
}

/** A quantity as the v1 sockets print it. */
export function olderQuantity({ instrument }: Market, lots: bigint): string {
  return padded(lots, instrument.quantityPrecision, QUANTITY_DECIMALS);
}

function padded(value: bigint | number, precision: number, least: number): string {
  const text = fixedText(value, precision);
  const point = precision === 0 ? '.' : '';
  return precision >= least ? text : `${text}${point}${'0'.repeat(least - precision)}`;
}
