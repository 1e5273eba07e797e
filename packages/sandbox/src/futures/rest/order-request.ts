import type { AmendRequest, OrderRequest, PriceText } from '../../exchange/index.ts';
import type { OrderType, TimeInForce } from '../../exchange/types.ts';
import { textOf, type WireParams } from '../../rest/request-params.ts';
import { FuturesError, required } from './refusal.ts';

/** An instruction that can be understood but not followed: its `status`. */
export class StatusRefusal extends Error {
  override readonly name = 'StatusRefusal';
}

interface Kind {
  readonly type: OrderType;
  readonly timeInForce?: TimeInForce;
  readonly postOnly?: boolean;
}

/** The order types of the futures API that need no price to wake them. */
const PLAIN: Readonly<Record<string, Kind>> = {
  lmt: { type: 'limit' },
  post: { type: 'limit', postOnly: true },
  ioc: { type: 'limit', timeInForce: 'ioc' },
  fok: { type: 'limit', timeInForce: 'fok' },
  mkt: { type: 'market' },
};
const SIGNALS: Readonly<Record<string, OrderRequest['triggerReference']>> = {
  mark: 'mark',
  index: 'index',
  spot: 'index',
  last: 'last',
};
const LONGEST_ID = 100;

/** An order of `sendorder` or of a batch as the engine takes it. */
export function readOrder(params: WireParams): OrderRequest {
  const orderType = required(params, 'orderType');
  const symbol = required(params, 'symbol').toUpperCase();
  const side = required(params, 'side');
  const quantity = required(params, 'size');
  if (side !== 'buy' && side !== 'sell') throw new StatusRefusal('invalidSide');
  const clientOrderId = textOf(params['cliOrdId']);
  if (clientOrderId !== undefined && clientOrderId.length > LONGEST_ID) {
    throw new StatusRefusal('clientOrderIdTooLong');
  }
  const common = {
    symbol,
    side,
    quantity,
    clientOrderId: clientOrderId === '' ? undefined : clientOrderId,
    reduceOnly: readFlag(params['reduceOnly']),
  } as const;
  const limitPrice = readPrice(params['limitPrice']);
  const plain = PLAIN[orderType];
  if (plain !== undefined) {
    if (plain.type === 'limit' && limitPrice === undefined) throw new StatusRefusal('invalidPrice');
    return { ...common, ...plain, limitPrice: plain.type === 'limit' ? limitPrice : undefined };
  }
  const triggerReference = SIGNALS[textOf(params['triggerSignal']) ?? 'last'];
  if (triggerReference === undefined) throw new FuturesError('invalidArgument');
  const offset = readOffset(params, side);
  if (offset !== undefined && limitPrice !== undefined) throw new FuturesError('invalidArgument');
  const limit = limitPrice ?? offset;
  const trigger = { ...common, triggerReference, limitPrice: limit };
  switch (orderType) {
    case 'stp':
    case 'take_profit': {
      const triggerPrice = readPrice(params['stopPrice']);
      if (triggerPrice === undefined) throw new StatusRefusal('invalidPrice');
      const name = orderType === 'stp' ? 'stop-loss' : 'take-profit';
      return { ...trigger, type: limit === undefined ? name : `${name}-limit`, triggerPrice };
    }
    case 'trailing_stop': {
      const deviation = readDeviation(params);
      if (deviation === undefined) throw new StatusRefusal('invalidPrice');
      const type = limit === undefined ? 'trailing-stop' : 'trailing-stop-limit';
      return { ...trigger, type, triggerPrice: deviation };
    }
    default:
      throw new StatusRefusal('invalidOrderType');
  }
}

/** What an edit changes. `filled` and the old size are there for an edit that is relative. */
export function readEdit(params: WireParams, size: (text: string) => string): AmendRequest {
  const quantity = textOf(params['size']);
  return {
    quantity: quantity === undefined ? undefined : size(quantity),
    limitPrice: readPrice(params['limitPrice']),
    triggerPrice: readPrice(params['stopPrice']) ?? readDeviation(params),
  };
}

function readPrice(value: unknown): PriceText | undefined {
  const text = textOf(value);
  return text === undefined || text === '' ? undefined : { kind: 'static', text };
}

const UNITS: Readonly<Record<string, 'pct' | 'quote'>> = {
  PERCENT: 'pct',
  QUOTE_CURRENCY: 'quote',
};

/** How far a trailing stop trails. */
function readDeviation(params: WireParams): PriceText | undefined {
  const text = textOf(params['trailingStopMaxDeviation']);
  if (text === undefined) return undefined;
  const kind = UNITS[textOf(params['trailingStopDeviationUnit']) ?? ''];
  if (kind === undefined) throw new FuturesError('invalidArgument');
  return { kind, text };
}

/** A limit that is so far past the trigger price: above it to buy, below it to sell. */
function readOffset(params: WireParams, side: 'buy' | 'sell'): PriceText | undefined {
  const text = textOf(params['limitPriceOffsetValue']);
  if (text === undefined) return undefined;
  const kind = UNITS[textOf(params['limitPriceOffsetUnit']) ?? ''];
  if (kind === undefined) throw new FuturesError('invalidArgument');
  return { kind, text: side === 'sell' ? negated(text) : text };
}

function negated(text: string): string {
  return text.startsWith('-') ? text.slice(1) : `-${text}`;
}

function readFlag(value: unknown): boolean {
  if (value === undefined || value === '') return false;
  if (typeof value === 'boolean') return value;
  const text = textOf(value)?.toLowerCase();
  if (text !== 'true' && text !== 'false') throw new FuturesError('invalidArgument');
  return text === 'true';
}
