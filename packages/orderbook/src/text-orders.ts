import { crcUpdate } from './crc32.ts';
import { digitsAt, invalidLevel, type Lexeme, mostDecimals, parseLexeme } from './lexeme.ts';
import { ADD, DELETE, MODIFY, type OrderBatch } from './order-batch.ts';
import type { OrderIds } from './order-id.ts';
import { parseOrderTime } from './order-time.ts';
import type { ShownDecimals } from './precision.ts';
import type { OrderEvent } from './types.ts';

/** The events of one L3 message read from their texts, before a precision is decided. */
export interface TextOrders {
  readonly bids: readonly TextOrder[];
  readonly asks: readonly TextOrder[];
  /** The most decimals that any price, and any quantity, shows; undefined without any. */
  readonly shown: ShownDecimals;
}

interface TextOrder {
  readonly event: OrderEvent;
  readonly price: Lexeme;
  readonly quantity: Lexeme;
}

const KINDS = { add: ADD, modify: MODIFY, delete: DELETE } as const;
const ABSENT: Lexeme = { digits: '', decimals: 0 };

/** Throws INVALID_LEVEL for what is no price or no quantity. */
export function readTextOrders(sides: {
  readonly bids: readonly OrderEvent[];
  readonly asks: readonly OrderEvent[];
}): TextOrders {
  const bids = sides.bids.map(readOrder);
  const asks = sides.asks.map(readOrder);
  const all = [...bids, ...asks];
  return {
    bids,
    asks,
    shown: {
      price: mostDecimals(all.map((order) => order.price)),
      quantity: mostDecimals(all.map((order) => order.quantity)),
    },
  };
}

function readOrder(event: OrderEvent): TextOrder {
  // A deletion's numbers say nothing that the id does not.
  if (event.event === 'delete') return { event, price: ABSENT, quantity: ABSENT };
  const price = parseLexeme(event.price ?? '');
  if (price.digits === '') throw invalidLevel(event.price ?? '', 'is no price: it is zero');
  return { event, price, quantity: parseLexeme(event.quantity ?? '') };
}

/** Fills a batch with the events at the batch's precisions. */
export function fillOrderBatch(orders: TextOrders, batch: OrderBatch, ids: OrderIds): void {
  batch.count = 0;
  batch.wide = false;
  for (const order of orders.bids) addEvent(order, batch, ids);
  batch.bidCount = batch.count;
  for (const order of orders.asks) addEvent(order, batch, ids);
}

function addEvent({ event, price, quantity }: TextOrder, batch: OrderBatch, ids: OrderIds): void {
  const priceDigits = digitsAt(price, batch.pricePrecision);
  const quantityDigits = digitsAt(quantity, batch.quantityPrecision);
  if (batch.count === batch.capacity) batch.grow();
  const at = batch.count++;
  const time = parseOrderTime(event.timestamp);
  // A deletion's too: an add later in the array may come before it in time.
  ids.pack(event.orderId, true);
  batch.kinds[at] = KINDS[event.event];
  batch.idHeads[at] = ids.head;
  batch.idTails[at] = ids.tail;
  batch.crcs[at] = crcUpdate(0, priceDigits + quantityDigits);
  batch.lengths[at] = priceDigits.length + quantityDigits.length;
  batch.seconds[at] = time.seconds;
  batch.nanos[at] = time.nanos;
  batch.setExact(at, BigInt(priceDigits), BigInt(quantityDigits));
}
