import { Cursor } from '../json/cursor.ts';
import { timestampPattern } from '../primitives/scalars.ts';
import type { Book, BookFrame, BookLevel } from './book.ts';
import type { Ticker, TickerFrame } from './ticker.ts';
import type { Trade, TradeFrame } from './trade.ts';

/*
 * Book, ticker and trade frames are nearly everything that a socket sends, always in one layout:
 * read in that layout they cost little more than `JSON.parse` alone. A frame in any other (a new field,
 * another order, a space) is left to the reader of its schema, with the same result: a property test
 * says so of valid texts and of broken ones. Kraken does not change a layout for one frame: after one
 * that was left, the next ones of its channel are not tried.
 */

const PREFIX = '{"channel":"';
/** A larger text is left to the general parse, which copies what would keep it alive. */
const LARGE_TEXT = 4096;
const UNTRIED_AFTER_A_MISS = 100;

const untried = { book: 0, ticker: 0, trade: 0 };

/** The frame of a text in the documented layout; `undefined` of any other text. */
export function readDocumented(text: string): BookFrame | TickerFrame | TradeFrame | undefined {
  if (text.length > LARGE_TEXT || !text.startsWith(PREFIX)) return undefined;
  const cursor = new Cursor(text, PREFIX.length);
  if (cursor.has('book"')) return readFrame(cursor, 'book', readBook);
  if (cursor.has('trade"')) return readFrame(cursor, 'trade', readTrade);
  if (cursor.has('ticker"')) return readFrame(cursor, 'ticker', readTicker);
  return undefined;
}

interface DataFrame<Channel, Data> {
  channel: Channel;
  type: 'snapshot' | 'update';
  data: Data[];
}

function readFrame<Channel extends keyof typeof untried, Data>(
  cursor: Cursor,
  channel: Channel,
  readOne: (cursor: Cursor) => Data,
): DataFrame<Channel, Data> | undefined {
  if (untried[channel] > 0) {
    untried[channel] -= 1;
    return undefined;
  }
  cursor.expect(',"type":"');
  const type = cursor.has('update"') ? 'update' : 'snapshot';
  if (type === 'snapshot') cursor.expect('snapshot"');
  cursor.expect(',"data":[');
  const data = readList(cursor, readOne);
  cursor.expect('}');
  cursor.expectEnd();
  if (!cursor.failed) return { channel, type, data };
  untried[channel] = UNTRIED_AFTER_A_MISS;
  return undefined;
}

/** The rest of an array. */
function readList<T>(cursor: Cursor, readOne: (cursor: Cursor) => T): T[] {
  if (cursor.has(']')) return [];
  const list: T[] = [];
  do list.push(readOne(cursor));
  while (!cursor.failed && cursor.has(','));
  cursor.expect(']');
  return list;
}

function readBook(cursor: Cursor): Book {
  cursor.expect('{"symbol":"');
  const symbol = cursor.string();
  cursor.expect(',"bids":[');
  const bids = readList(cursor, readLevel);
  cursor.expect(',"asks":[');
  const asks = readList(cursor, readLevel);
  cursor.expect(',"checksum":');
  const checksum = Number(cursor.digits());
  if (!Number.isSafeInteger(checksum)) cursor.failed = true;
  if (cursor.has('}')) return { symbol, bids, asks, checksum };
  cursor.expect(',"timestamp":"');
  const timestamp = readTimestamp(cursor);
  cursor.expect('}');
  return { symbol, bids, asks, checksum, timestamp };
}

function readLevel(cursor: Cursor): BookLevel {
  cursor.expect('{"price":');
  const price = cursor.number();
  cursor.expect(',"qty":');
  const qty = cursor.number();
  cursor.expect('}');
  return { price, qty };
}

function readTrade(cursor: Cursor): Trade {
  cursor.expect('{"symbol":"');
  const symbol = cursor.string();
  cursor.expect(',"side":"');
  const side = cursor.string();
  cursor.expect(',"price":');
  const price = cursor.number();
  cursor.expect(',"qty":');
  const qty = cursor.number();
  cursor.expect(',"ord_type":"');
  const ordType = cursor.string();
  cursor.expect(',"trade_id":');
  const tradeId = cursor.digits();
  cursor.expect(',"timestamp":"');
  const timestamp = readTimestamp(cursor);
  cursor.expect('}');
  return { symbol, side, price, qty, ord_type: ordType, trade_id: tradeId, timestamp };
}

function readTicker(cursor: Cursor): Ticker {
  cursor.expect('{"symbol":"');
  const symbol = cursor.string();
  const ticker: Ticker = {
    symbol,
    bid: readNumber(cursor, ',"bid":'),
    bid_qty: readNumber(cursor, ',"bid_qty":'),
    ask: readNumber(cursor, ',"ask":'),
    ask_qty: readNumber(cursor, ',"ask_qty":'),
    last: readNumber(cursor, ',"last":'),
    volume: readNumber(cursor, ',"volume":'),
    vwap: readNumber(cursor, ',"vwap":'),
    low: readNumber(cursor, ',"low":'),
    high: readNumber(cursor, ',"high":'),
    change: readNumber(cursor, ',"change":'),
    change_pct: readNumber(cursor, ',"change_pct":'),
  };
  if (cursor.has('}')) return ticker;
  cursor.expect(',"timestamp":"');
  ticker.timestamp = readTimestamp(cursor);
  cursor.expect('}');
  return ticker;
}

function readNumber(cursor: Cursor, token: string): string {
  cursor.expect(token);
  return cursor.number();
}

function readTimestamp(cursor: Cursor): string {
  const timestamp = cursor.string();
  if (!timestampPattern.test(timestamp)) cursor.failed = true;
  return timestamp;
}
