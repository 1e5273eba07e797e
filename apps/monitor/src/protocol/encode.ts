import { type Side, type SideLevels, stepTo } from './book-levels.ts';
import { ByteWriter } from './byte-writer.ts';
import {
  BOOK_STATUSES,
  type BookRecord,
  type CandlesRecord,
  type ColumnSide,
  type ColumnsRecord,
  PROTOCOL_VERSION,
  type ServerRecord,
  type TradesRecord,
} from './records.ts';
import { type Scaled, subtractScaled } from './scaled.ts';

/** What a record begins with. */
export const KINDS = { control: 0, book: 1, trades: 2, candles: 3, columns: 4 } as const;

/** For all, since a record is encoded in one go. */
const writer = new ByteWriter();

/** One record's bytes: the same for every page that gets it. */
export const encodeRecord = (record: ServerRecord): Uint8Array<ArrayBuffer> => {
  writer.u8(KINDS[record.type]);
  switch (record.type) {
    case 'control':
      writer.text(JSON.stringify(record.message));
      break;
    case 'book':
      writeBook(record);
      break;
    case 'trades':
      writeTrades(record);
      break;
    case 'candles':
      writeCandles(record);
      break;
    case 'columns':
      writeColumns(record);
      break;
  }
  return writer.take();
};

/** A WebSocket message of records that are encoded. */
export const encodeBatch = (
  number: number,
  records: readonly Uint8Array[],
): Uint8Array<ArrayBuffer> => {
  writer.u8(PROTOCOL_VERSION);
  writer.unsigned(number);
  for (const record of records) writer.raw(record);
  return writer.take();
};

const writeHead = (
  symbol: number,
  isSnapshot: boolean,
  pricePrecision: number,
  quantityPrecision: number,
): void => {
  writer.unsigned(symbol);
  writer.u8(isSnapshot ? 1 : 0);
  writer.u8(pricePrecision);
  writer.u8(quantityPrecision);
};

const writeBook = (record: BookRecord): void => {
  const { symbol, isSnapshot, pricePrecision, quantityPrecision } = record;
  writeHead(symbol, isSnapshot, pricePrecision, quantityPrecision);
  writer.u8(BOOK_STATUSES.indexOf(record.status));
  writer.unsigned(record.sequence);
  writer.unsigned(record.checksum);
  writer.f64(record.receivedAt);
  writeSide(record.bids, 'bids');
  writeSide(record.asks, 'asks');
};

const writeSide = ({ prices, quantities }: SideLevels, side: Side): void => {
  writer.unsigned(prices.length);
  let from: Scaled | undefined;
  prices.forEach((price, i) => {
    writer.unsigned(from === undefined ? price : stepTo(from, price, side));
    writer.unsigned(quantities[i] as Scaled);
    from = price;
  });
};

const writeTrades = (record: TradesRecord): void => {
  const { symbol, isSnapshot, pricePrecision, quantityPrecision, trades } = record;
  writeHead(symbol, isSnapshot, pricePrecision, quantityPrecision);
  writer.unsigned(trades.length);
  let from: Scaled = 0;
  for (const { time, price, quantity, side } of trades) {
    writer.f64(time);
    writer.signed(subtractScaled(price, from));
    writer.unsigned(quantity);
    writer.u8(side === 'buy' ? 1 : 0);
    from = price;
  }
};

const writeCandles = (record: CandlesRecord): void => {
  const { symbol, isSnapshot, pricePrecision, quantityPrecision, candles } = record;
  writeHead(symbol, isSnapshot, pricePrecision, quantityPrecision);
  writer.unsigned(record.interval);
  writer.unsigned(candles.length);
  let from: Scaled = 0;
  for (const { time, open, high, low, close, volume } of candles) {
    writer.f64(time);
    for (const price of [open, high, low, close]) {
      writer.signed(subtractScaled(price, from));
      from = price;
    }
    writer.unsigned(volume);
  }
};

const writeColumns = (record: ColumnsRecord): void => {
  writeHead(record.symbol, record.isSnapshot, record.pricePrecision, 0);
  writer.unsigned(record.columns.length);
  for (const { time, isGap, bids, asks } of record.columns) {
    writer.f64(time);
    writer.u8(isGap ? 1 : 0);
    writeColumnSide(bids);
    writeColumnSide(asks);
  }
};

const writeColumnSide = ({ ticks, quantities }: ColumnSide): void => {
  writer.unsigned(ticks.length);
  let from = 0;
  ticks.forEach((price, i) => {
    writer.signed(price - from);
    writer.f32(quantities[i] as number);
    from = price;
  });
};
