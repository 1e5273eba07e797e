import type { L2Snapshot, L3Snapshot, Level, Order } from '@kr/orderbook';

/** A book as a snapshot message of its channel, as Kraken would write it. */
export function formatSnapshot(
  channel: 'book' | 'level3',
  symbol: string,
  { bids, asks, checksum }: L2Snapshot | L3Snapshot,
): string {
  return (
    `{"channel":"${channel}","type":"snapshot","data":[{"symbol":${JSON.stringify(symbol)},` +
    `"bids":[${formatSide(bids)}],"asks":[${formatSide(asks)}],"checksum":${checksum}}]}`
  );
}

function formatSide(levels: readonly (Level | Order)[]): string {
  return levels.map(formatLevel).join(',');
}

function formatLevel(level: Level | Order): string {
  const { price, quantity } = level;
  if (!('orderId' in level)) return `{"price":${price},"qty":${quantity}}`;
  const time = level.timestamp === undefined ? '' : `,"timestamp":"${level.timestamp}"`;
  return `{"order_id":"${level.orderId}","limit_price":${price},"order_qty":${quantity}${time}}`;
}
