import type { ExchangeAsset, Market } from '../exchange/index.ts';
import { WireFrame } from '../protocol/wire-frame.ts';
import { fixedText } from './fixed-text.ts';

/** A frame of the instrument channel: `data` is an object, keys as the exchange orders them. An update has what changed. */
export function instrumentFrame(
  type: 'snapshot' | 'update',
  assets: readonly ExchangeAsset[],
  markets: readonly Market[],
): WireFrame {
  return new WireFrame(
    `{"channel":"instrument","type":"${type}","data":{"assets":[${assets.map(assetRow).join(',')}],"pairs":[${markets.map(pairRow).join(',')}]}}`,
  );
}

function assetRow(asset: ExchangeAsset): string {
  const rate = asset.marginRate === undefined ? '' : `,"margin_rate":${asset.marginRate}`;
  return `{"id":${JSON.stringify(asset.id)},"status":"enabled","precision":${asset.precision},"precision_display":${asset.precisionDisplay},"borrowable":${asset.marginRate !== undefined},"collateral_value":${asset.collateralValue}${rate}}`;
}

function pairRow({ instrument: pair, state, increment }: Market): string {
  const tick = fixedText(increment, pair.pricePrecision);
  const lot = fixedText(1, pair.quantityPrecision);
  const margin =
    pair.margin === undefined
      ? ''
      : `"margin_initial":${pair.margin.initial},"position_limit_long":${pair.margin.limitLong},"position_limit_short":${pair.margin.limitShort},`;
  const minimum = fixedText(pair.minimumLots, pair.quantityPrecision);
  return `{"symbol":${JSON.stringify(pair.symbol)},"base":${JSON.stringify(pair.base)},"quote":${JSON.stringify(pair.quote)},"status":"${state}","qty_precision":${pair.quantityPrecision},"qty_increment":${lot},"price_precision":${pair.pricePrecision},"cost_precision":${pair.costPrecision},"marginable":${pair.margin !== undefined},"has_index":${pair.margin !== undefined},"cost_min":${pair.minimumCost},${margin}"tick_size":${tick},"price_increment":${tick},"qty_min":${minimum}}`;
}
