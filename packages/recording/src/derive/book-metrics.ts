import { type BookView, type L2Book, L3Book } from '@kr/orderbook';
import { depthWithinBps, mid, spread, topOfBook } from '@kr/orderbook/analytics';
import {
  addDecimals,
  divideDecimals,
  multiplyDecimals,
  signOfDecimal,
  subtractDecimals,
  sumDecimals,
} from '@kr/orderbook/decimal';

/** Decimals of ratios and means: half to even. */
const SCALE = 8;
const TOP = 10;

/** What a book says of its market at a moment; quantities and prices exact, ratios to 8 decimals. */
export interface BookMetrics {
  readonly best_bid: string | undefined;
  readonly best_bid_qty: string | undefined;
  readonly best_ask: string | undefined;
  readonly best_ask_qty: string | undefined;
  readonly spread: string | undefined;
  readonly spread_bps: string | undefined;
  readonly mid_price: string | undefined;
  readonly bid_volume_top10: string;
  readonly ask_volume_top10: string;
  readonly imbalance: string | undefined;
  readonly depth_10_bps: string | undefined;
  readonly depth_25_bps: string | undefined;
  readonly depth_50_bps: string | undefined;
}

export interface OrderMetrics {
  readonly bid_order_count: number;
  readonly ask_order_count: number;
  readonly bid_orders_at_best: number;
  readonly ask_orders_at_best: number;
  readonly avg_bid_order_size: string | undefined;
  readonly avg_ask_order_size: string | undefined;
}

export function bookMetrics(book: BookView): BookMetrics {
  const { bid, ask } = topOfBook(book);
  const bids = volume(book.bids(TOP));
  const asks = volume(book.asks(TOP));
  const total = addDecimals(bids, asks);
  const centre = mid(book);
  const distance = spread(book);
  return {
    best_bid: bid?.price,
    best_bid_qty: bid?.quantity,
    best_ask: ask?.price,
    best_ask_qty: ask?.quantity,
    spread: distance,
    spread_bps:
      distance === undefined || centre === undefined
        ? undefined
        : divideDecimals(multiplyDecimals(distance, '10000'), centre, SCALE),
    mid_price: centre,
    bid_volume_top10: bids,
    ask_volume_top10: asks,
    imbalance:
      signOfDecimal(total) === 0
        ? undefined
        : divideDecimals(subtractDecimals(bids, asks), total, SCALE),
    depth_10_bps: depth(book, 10),
    depth_25_bps: depth(book, 25),
    depth_50_bps: depth(book, 50),
  };
}

/** `undefined` for an L2 book. */
export function orderMetrics(book: L2Book | L3Book): OrderMetrics | undefined {
  if (!(book instanceof L3Book)) return undefined;
  const bids = book.orders('bids');
  const asks = book.orders('asks');
  return {
    bid_order_count: bids.length,
    ask_order_count: asks.length,
    bid_orders_at_best: bids.length === 0 ? 0 : book.orderCountAt('bids', 0),
    ask_orders_at_best: asks.length === 0 ? 0 : book.orderCountAt('asks', 0),
    avg_bid_order_size: average(bids),
    avg_ask_order_size: average(asks),
  };
}

type Sized = readonly { readonly quantity: string }[];

function volume(levels: Sized): string {
  return sumDecimals(levels.map(({ quantity }) => quantity));
}

function average(orders: Sized): string | undefined {
  if (orders.length === 0) return undefined;
  return divideDecimals(volume(orders), String(orders.length), SCALE);
}

/** The quantity of both sides within so many hundredths of a percent of the mid. */
function depth(book: BookView, bps: number): string | undefined {
  const bids = depthWithinBps(book, 'bids', bps);
  const asks = depthWithinBps(book, 'asks', bps);
  return bids === undefined || asks === undefined
    ? undefined
    : addDecimals(bids.quantity, asks.quantity);
}
