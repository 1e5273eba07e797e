import type { JsonObject, JsonValue } from '@kr/schemas/json';
import type { Cell, DerivedRow, TableName } from './tables.ts';
import { cellOf, createItemReader, isJsonObject } from './wire-rows.ts';

type Given = Readonly<Record<string, Cell>>;

const readBook = createItemReader('futures_book', { quantity: 'qty' });
const readTrade = createItemReader('futures_trade', { quantity: 'qty', trade_type: 'type' });
const readTicker = createItemReader('futures_ticker', {
  ...{ bid_qty: 'bid_size', ask_qty: 'ask_size', mark_price: 'markPrice' },
  ...{ open_interest: 'openInterest', volume_quote: 'volumeQuote', maturity_time: 'maturityTime' },
  ...{ funding_rate_relative: 'relative_funding_rate' },
});

/**
 * The rows of a message of futures v1's market feeds; `undefined` for one of an account.
 * https://docs.kraken.com/api/docs/futures-api/websocket/book and its neighbours
 */
export function futuresRows(message: JsonObject, frame: Given): DerivedRow[] | undefined {
  const feed = cellOf(message['feed'], 'text');
  const given = { ...frame, symbol: cellOf(message['product_id'], 'text') };
  if (feed === 'book') {
    const side = message['side'] === 'buy' ? 'bid' : 'ask';
    return [rowOf('futures_book', readBook(message, timed(message, { ...given, side }, 'update')))];
  }
  if (feed === 'book_snapshot') {
    const common = { ...timed(message, given, 'snapshot'), seq: cellOf(message['seq'], 'integer') };
    return (['bids', 'asks'] as const).flatMap((name) =>
      objects(message[name]).map((level) =>
        rowOf('futures_book', readBook(level, { ...common, side: name.slice(0, -1) })),
      ),
    );
  }
  if (feed === 'trade' || feed === 'trade_snapshot') {
    const isSnapshot = feed === 'trade_snapshot';
    const trades = isSnapshot ? objects(message['trades']) : [message];
    return trades.map((trade) =>
      rowOf(
        'futures_trade',
        readTrade(trade, timed(trade, given, isSnapshot ? 'snapshot' : 'update')),
      ),
    );
  }
  if (feed === 'ticker' || feed === 'ticker_lite') {
    return [rowOf('futures_ticker', readTicker(message, timed(message, given, feed)))];
  }
  return undefined;
}

/** The exchange's time is in milliseconds, as `timestamp` or `time`. */
function timed(message: JsonObject, given: Given, type: string): Given {
  const ms = cellOf(message['timestamp'] ?? message['time'], 'integer');
  const exchange_time =
    typeof ms === 'number' || typeof ms === 'bigint' ? BigInt(ms) * 1_000_000n : undefined;
  return { ...given, type, exchange_time };
}

function objects(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function rowOf(table: TableName, row: Record<string, Cell>): DerivedRow {
  return { table, row } as unknown as DerivedRow;
}
