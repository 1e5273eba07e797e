import type { JsonObject, JsonValue } from '@kr/schemas/json';
import { secondsToNs } from './book-rows.ts';
import type { Cell, Row } from './tables.ts';
import { cellOf } from './wire-rows.ts';

type Frame = Readonly<Record<string, Cell>>;

/** https://docs.kraken.com/api/docs/websocket-v1/ticker: `[340,{"a":["5525.4",1,"1.0"],…},"ticker","XBT/USD"]` */
export function tickerV1(frame: Frame, body: JsonObject, symbol: Cell): Row<'ticker_v1'> {
  const at = (key: string, index: number, type: 'decimal' | 'integer' = 'decimal'): Cell => {
    const values = body[key];
    return Array.isArray(values) ? cellOf(values[index], type) : undefined;
  };
  const row = {
    ...frame,
    symbol,
    ask_price: at('a', 0),
    ask_whole_lot_volume: at('a', 1),
    ask_lot_volume: at('a', 2),
    bid_price: at('b', 0),
    bid_whole_lot_volume: at('b', 1),
    bid_lot_volume: at('b', 2),
    last_trade_price: at('c', 0),
    last_trade_volume: at('c', 1),
    volume_today: at('v', 0),
    volume_24h: at('v', 1),
    vwap_today: at('p', 0),
    vwap_24h: at('p', 1),
    trades_today: at('t', 0, 'integer'),
    trades_24h: at('t', 1, 'integer'),
    low_today: at('l', 0),
    low_24h: at('l', 1),
    high_today: at('h', 0),
    high_24h: at('h', 1),
    opening_price: at('o', 0),
  };
  return row as Row<'ticker_v1'>;
}

/** https://docs.kraken.com/api/docs/websocket-v1/trade: `["5541.2","0.15","1534614057.321597","s","l",""]` */
export function tradeV1(frame: Frame, trade: readonly JsonValue[], symbol: Cell): Row<'trade'> {
  const [price, quantity, time = '', side, type] = trade.map((item) => cellOf(item, 'text'));
  const row = {
    ...frame,
    exchange_time: secondsToNs(String(time)),
    ...{ symbol, type: 'update', price, quantity, trade_id: undefined },
    side: side === 'b' ? 'buy' : 'sell',
    ord_type: type === 'm' ? 'market' : 'limit',
  };
  return row as Row<'trade'>;
}
