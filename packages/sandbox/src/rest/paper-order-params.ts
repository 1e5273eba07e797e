import type { AmendRequest, OrderRequest, OrderType, PriceText, Side } from '../exchange/index.ts';
import { ORDER_TYPES, REFUSALS } from '../exchange/index.ts';
import { textOf, type WireParams } from './request-params.ts';
import { SpotRefusal } from './spot-refusal.ts';

const SECOND_NS = 1_000_000_000n;

/** One order of AddOrder, or of AddOrderBatch, as the exchange takes it. */
export function readOrderParams(
  params: WireParams,
  symbol: string,
  nowNs: bigint,
): OrderRequest | SpotRefusal {
  const type = ORDER_TYPES.find((each) => each === params['ordertype']);
  const side = params['type'];
  if (type === undefined) return invalid('ordertype');
  if (side !== 'buy' && side !== 'sell') return invalid('type');
  const flags = new Set((textOf(params['oflags']) ?? '').split(',').filter((flag) => flag !== ''));
  const timeInForce = (textOf(params['timeinforce']) ?? 'GTC').toLowerCase();
  if (!isTimeInForce(timeInForce)) return invalid('timeinforce');
  const selfTrade = (textOf(params['stptype']) ?? 'cancel-newest').replace('-', '_');
  if (!isSelfTrade(selfTrade)) return invalid('stptype');
  const startNs = readTime(params['starttm'], nowNs);
  const expireNs = readTime(params['expiretm'], nowNs);
  if (startNs === 'invalid') return invalid('starttm');
  if (expireNs === 'invalid') return invalid('expiretm');
  const volume = textOf(params['volume']);
  const isCash = flags.has('viqc');
  const close = params['close'] as WireParams | undefined;
  const closeType = ORDER_TYPES.find((each) => each === close?.['ordertype']);
  if (close !== undefined && closeType === undefined) return invalid('close');
  const leverage = readLeverage(textOf(params['leverage']));
  if (Number.isNaN(leverage)) return invalid('leverage');
  const reference = textOf(params['userref']);
  return {
    symbol,
    side,
    type,
    ...pricesOf(type, side, params),
    quantity: isCash ? undefined : volume,
    cash: isCash ? volume : undefined,
    displayQuantity: textOf(params['displayvol']),
    triggerReference: params['trigger'] === 'index' ? 'index' : 'last',
    timeInForce,
    postOnly: flags.has('post'),
    reduceOnly: isTrue(params['reduce_only']),
    leverage,
    selfTrade,
    feeAsset: flags.has('fcib') ? 'base' : 'quote',
    startNs,
    expireNs,
    clientOrderId: textOf(params['cl_ord_id']),
    userReference: reference === undefined ? undefined : Number(reference),
    close:
      close === undefined || closeType === undefined
        ? undefined
        : { type: closeType, ...pricesOf(closeType, side === 'buy' ? 'sell' : 'buy', close) },
  };
}

export function readAmendParams(params: WireParams, side: Side, type: OrderType): AmendRequest {
  const limit = textOf(params['limit_price']);
  const trigger = textOf(params['trigger_price']);
  return {
    quantity: textOf(params['order_qty']),
    displayQuantity: textOf(params['display_qty']),
    limitPrice: limit === undefined ? undefined : readPrice(limit, side, type),
    triggerPrice: trigger === undefined ? undefined : readPrice(trigger, side, type),
    postOnly: params['post_only'] === undefined ? undefined : isTrue(params['post_only']),
  };
}

/** `price` is the limit of a limit order and the trigger of the others, whose limit is `price2`. */
function pricesOf(
  type: OrderType,
  side: Side,
  params: WireParams,
): { limitPrice: PriceText | undefined; triggerPrice: PriceText | undefined } {
  const first = textOf(params['price']);
  const second = textOf(params['price2']);
  const read = (text: string | undefined): PriceText | undefined =>
    text === undefined || text === '' || text === '0' ? undefined : readPrice(text, side, type);
  if (type === 'limit' || type === 'iceberg') {
    return { limitPrice: read(first), triggerPrice: undefined };
  }
  const offset = second === '+0' || second === '-0' || second === '0';
  const limitPrice: PriceText | undefined =
    type === 'trailing-stop-limit' && offset ? { kind: 'quote', text: '0' } : read(second);
  return { limitPrice, triggerPrice: read(first) };
}

/**
 * `+5`, `-5` and `#5` are offsets, `%` makes them per cent. The sign of `#` follows from the order:
 * away from the market for a limit or a take-profit, into the direction that a stop waits for.
 */
function readPrice(text: string, side: Side, type: OrderType): PriceText {
  const [, prefix = '', digits = text, suffix = ''] = /^([+\-#]?)(.*?)(%?)$/.exec(text) ?? [];
  if (prefix === '') return { kind: 'static', text };
  const isStop = type.startsWith('stop');
  const rises = isStop === (side === 'buy');
  const isNegative = prefix === '-' || (prefix === '#' && !rises);
  return { kind: suffix === '%' ? 'pct' : 'quote', text: `${isNegative ? '-' : ''}${digits}` };
}

/** `5`, or `5:1` as answers print it; `none` and 0 are none. */
function readLeverage(text = 'none'): number | undefined {
  if (text === 'none' || text === '0' || text === '') return undefined;
  return Number(/^(\d{1,2})(?::1)?$/.exec(text)?.[1] ?? Number.NaN);
}

/** Unix seconds, or `+n` from now; 0 and nothing are none. */
function readTime(value: unknown, nowNs: bigint): bigint | undefined | 'invalid' {
  const text = textOf(value);
  if (text === undefined || text === '' || text === '0') return undefined;
  if (/^\+\d{1,9}$/.test(text)) return nowNs + BigInt(text.slice(1)) * SECOND_NS;
  return /^\d{1,12}$/.test(text) ? BigInt(text) * SECOND_NS : 'invalid';
}

function isTimeInForce(text: string): text is 'gtc' | 'gtd' | 'ioc' | 'fok' {
  return ['gtc', 'gtd', 'ioc', 'fok'].includes(text);
}

function isSelfTrade(text: string): text is 'cancel_newest' | 'cancel_oldest' | 'cancel_both' {
  return ['cancel_newest', 'cancel_oldest', 'cancel_both'].includes(text);
}

export const isTrue = (value: unknown): boolean => String(value) === 'true' || value === '1';
const invalid = (field: string): SpotRefusal => new SpotRefusal(REFUSALS.invalid(field));
