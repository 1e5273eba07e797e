import {
  KRAKEN_FEES,
  leveragesOf,
  MARGIN_CALL,
  MARGIN_STOP,
  type Market,
} from '../exchange/index.ts';
import { fixedText } from '../market-data/fixed-text.ts';
import { assetId, pairNames } from './spot-names.ts';

const FEES = ['fees', 'fees_maker', 'fee_volume_currency'];
const LEVERAGE = ['leverage_buy', 'leverage_sell'];
const MARGIN = ['margin_call', 'margin_stop'];
/** What `info` asks for of a pair; `all` of it when that is not said. */
export const PAIR_FIELDS: ReadonlyMap<string, readonly string[] | 'all'> = new Map<
  string,
  readonly string[] | 'all'
>([
  ['info', 'all'],
  ['fees', FEES],
  ['leverage', LEVERAGE],
  ['margin', MARGIN],
]);

/** A pair as AssetPairs prints it: all of it, or some of its fields. */
export function pairBody(market: Market, fields: readonly string[] | 'all'): unknown {
  const body = wholePairBody(market);
  if (fields === 'all') return body;
  return Object.fromEntries(Object.entries(body).filter(([name]) => fields.includes(name)));
}

function wholePairBody({ instrument, state, increment }: Market): object {
  const { base, quote, pricePrecision, quantityPrecision, margin, fees = KRAKEN_FEES } = instrument;
  const { altname, wsname } = pairNames(instrument);
  const leverage = leveragesOf(instrument);
  return {
    altname,
    wsname,
    aclass_base: 'currency',
    base: assetId(base),
    aclass_quote: 'currency',
    quote: assetId(quote),
    lot: 'unit',
    cost_decimals: instrument.costPrecision,
    pair_decimals: pricePrecision,
    lot_decimals: quantityPrecision,
    lot_multiplier: 1,
    leverage_buy: leverage,
    leverage_sell: leverage,
    fees: fees.map(({ volume, taker }) => [volume, taker / 10_000]),
    fees_maker: fees.map(({ volume, maker }) => [volume, maker / 10_000]),
    fee_volume_currency: 'ZUSD',
    margin_call: MARGIN_CALL,
    margin_stop: MARGIN_STOP,
    ordermin: trim(fixedText(instrument.minimumLots, quantityPrecision)),
    costmin: trim(instrument.minimumCost),
    tick_size: trim(fixedText(increment, pricePrecision)),
    status: state,
    ...(margin === undefined
      ? {}
      : { long_position_limit: margin.limitLong, short_position_limit: margin.limitShort }),
  };
}

const trim = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
