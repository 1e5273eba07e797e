import {
  type AmendRequest,
  ORDER_TYPES,
  type OrderRequest,
  type PriceText,
} from '../exchange/index.ts';
import type { Fields } from './fields.ts';

const PRICE_TYPES = ['static', 'pct', 'quote'] as const;
const SIDES = ['buy', 'sell'] as const;

/** Fields of one order, of `add_order` and of each of `batch_add`. */
export const ORDER_FIELDS: readonly string[] = [
  'order_type',
  'side',
  'order_qty',
  'limit_price',
  'limit_price_type',
  'triggers',
  'time_in_force',
  'margin',
  'post_only',
  'reduce_only',
  'effective_time',
  'expire_time',
  'cl_ord_id',
  'order_userref',
  'conditional',
  'display_qty',
  'fee_preference',
  'stp_type',
  'cash_order_qty',
  'sender_sub_id',
  'no_mpp',
  'stop_price',
  'trigger',
];

/** One order of v2 as the exchange takes it. */
export function readOrder(fields: Fields, symbol: string): OrderRequest {
  const type = fields.require('order_type', fields.oneOf('order_type', ORDER_TYPES));
  const triggers = fields.object('triggers');
  const conditional = fields.object('conditional');
  const trails = type.startsWith('trailing');
  return {
    symbol,
    side: fields.require('side', fields.oneOf('side', SIDES)),
    type,
    quantity: fields.decimal('order_qty'),
    cash: fields.decimal('cash_order_qty'),
    limitPrice: readPrice(fields, 'limit_price', trails ? 'quote' : 'static'),
    displayQuantity: fields.decimal('display_qty'),
    triggerPrice: readTrigger(fields, triggers),
    triggerReference:
      triggers?.oneOf('reference', ['index', 'last']) ?? fields.oneOf('trigger', ['index', 'last']),
    timeInForce: fields.oneOf('time_in_force', ['gtc', 'gtd', 'ioc', 'fok']),
    postOnly: fields.flag('post_only'),
    reduceOnly: fields.flag('reduce_only'),
    // v2 has no number for it: as much as the market allows.
    leverage: fields.flag('margin') === true ? 'most' : undefined,
    selfTrade: fields.oneOf('stp_type', ['cancel_newest', 'cancel_oldest', 'cancel_both']),
    feeAsset: fields.oneOf('fee_preference', ['base', 'quote']),
    startNs: fields.time('effective_time'),
    expireNs: fields.time('expire_time'),
    clientOrderId: fields.text('cl_ord_id'),
    userReference: fields.integer('order_userref'),
    senderSubId: fields.text('sender_sub_id'),
    close: conditional === undefined ? undefined : readClose(conditional),
  };
}

/** What an amend may change. */
export function readAmend(fields: Fields): AmendRequest {
  return {
    quantity: fields.decimal('order_qty'),
    limitPrice: readPrice(fields, 'limit_price', 'static'),
    displayQuantity: fields.decimal('display_qty'),
    triggerPrice: readPrice(fields, 'trigger_price', 'static'),
    postOnly: fields.flag('post_only'),
  };
}

/** The price of `triggers`, or the deprecated field that it took the place of. */
export function readTrigger(fields: Fields, triggers: Fields | undefined): PriceText | undefined {
  if (triggers === undefined) return readPrice(fields, 'stop_price', 'static');
  triggers.require('price', triggers.decimal('price'));
  return readPrice(triggers, 'price', 'static');
}

function readClose(fields: Fields): OrderRequest['close'] {
  const type = fields.require('order_type', fields.oneOf('order_type', ORDER_TYPES));
  const name = fields.has('trigger_price') ? 'trigger_price' : 'stop_price';
  return {
    type,
    limitPrice: readPrice(fields, 'limit_price', type.startsWith('trailing') ? 'quote' : 'static'),
    triggerPrice: readPrice(fields, name, 'static'),
  };
}

function readPrice(
  fields: Fields,
  name: string,
  otherwise: PriceText['kind'],
): PriceText | undefined {
  const text = fields.decimal(name);
  const kind = fields.oneOf(`${name}_type`, PRICE_TYPES) ?? otherwise;
  return text === undefined ? undefined : { kind, text };
}
