import { emptySide, type Side, type SideLevels, stepFrom } from './book-levels.ts';
import { ByteReader } from './byte-reader.ts';
import type { ControlMessage } from './control.ts';
import { KINDS } from './encode.ts';
import {
  type Batch,
  BOOK_STATUSES,
  type BookRecord,
  type CandleRow,
  type CandlesRecord,
  type ColumnRow,
  type ColumnSide,
  type ColumnsRecord,
  PROTOCOL_VERSION,
  type ServerRecord,
  type TradeRow,
  type TradesRecord,
} from './records.ts';
import { addScaled, type Scaled } from './scaled.ts';

/** @throws RangeError for what is no message of this version */
export const decodeBatch = (bytes: Uint8Array): Batch => {
  const reader = new ByteReader(bytes);
  const version = reader.u8();
  if (version !== PROTOCOL_VERSION) {
    throw new RangeError(
      `the server speaks version ${version} and this page ${PROTOCOL_VERSION}: reload the page`,
    );
  }
  const number = reader.count();
  const records: ServerRecord[] = [];
  while (!reader.isAtEnd) records.push(readRecord(reader));
  return { number, records };
};

const readRecord = (reader: ByteReader): ServerRecord => {
  const kind = reader.u8();
  switch (kind) {
    case KINDS.control:
      return { type: 'control', message: JSON.parse(reader.text()) as ControlMessage };
    case KINDS.book:
      return readBook(reader);
    case KINDS.trades:
      return readTrades(reader);
    case KINDS.candles:
      return readCandles(reader);
    case KINDS.columns:
      return readColumns(reader);
    default:
      throw new RangeError(`there is no record of kind ${kind}`);
  }
};

interface Head {
  readonly symbol: number;
  readonly isSnapshot: boolean;
  readonly pricePrecision: number;
  readonly quantityPrecision: number;
}

const readHead = (reader: ByteReader): Head => ({
  symbol: reader.count(),
  isSnapshot: reader.u8() === 1,
  pricePrecision: reader.u8(),
  quantityPrecision: reader.u8(),
});

const readBook = (reader: ByteReader): BookRecord => {
  const head = readHead(reader);
  const status = BOOK_STATUSES[reader.u8()];
  if (status === undefined) throw new RangeError('there is no such status of a book');
  return {
    type: 'book',
    ...head,
    status,
    sequence: reader.count(),
    checksum: reader.count(),
    receivedAt: reader.f64(),
    bids: readSide(reader, 'bids'),
    asks: readSide(reader, 'asks'),
  };
};

const readSide = (reader: ByteReader, side: Side): SideLevels => {
  const levels = emptySide();
  const count = reader.items();
  let price: Scaled | undefined;
  for (let i = 0; i < count; i += 1) {
    const read = reader.unsigned();
    price = price === undefined ? read : stepFrom(price, read, side);
    levels.prices.push(price);
    levels.quantities.push(reader.unsigned());
  }
  return levels;
};

const readTrades = (reader: ByteReader): TradesRecord => {
  const head = readHead(reader);
  const count = reader.items();
  const trades: TradeRow[] = [];
  let price: Scaled = 0;
  for (let i = 0; i < count; i += 1) {
    const time = reader.f64();
    price = addScaled(price, reader.signed());
    const quantity = reader.unsigned();
    trades.push({ time, price, quantity, side: reader.u8() === 1 ? 'buy' : 'sell' });
  }
  return { type: 'trades', ...head, trades };
};

const readCandles = (reader: ByteReader): CandlesRecord => {
  const head = readHead(reader);
  const interval = reader.count();
  const count = reader.items();
  const candles: CandleRow[] = [];
  let price: Scaled = 0;
  const next = (): Scaled => (price = addScaled(price, reader.signed()));
  for (let i = 0; i < count; i += 1) {
    const time = reader.f64();
    const [open, high, low, close] = [next(), next(), next(), next()];
    candles.push({ time, open, high, low, close, volume: reader.unsigned() });
  }
  return { type: 'candles', ...head, interval, candles };
};

const readColumns = (reader: ByteReader): ColumnsRecord => {
  const { symbol, isSnapshot, pricePrecision } = readHead(reader);
  const count = reader.items();
  const columns: ColumnRow[] = [];
  for (let i = 0; i < count; i += 1) {
    const time = reader.f64();
    const isGap = reader.u8() === 1;
    columns.push({ time, isGap, bids: readColumnSide(reader), asks: readColumnSide(reader) });
  }
  return { type: 'columns', symbol, isSnapshot, pricePrecision, columns };
};

const readColumnSide = (reader: ByteReader): ColumnSide => {
  const count = reader.items();
  const ticks = new Float64Array(count);
  const quantities = new Float32Array(count);
  let price = 0;
  for (let i = 0; i < count; i += 1) {
    price += Number(reader.signed());
    ticks[i] = price;
    quantities[i] = reader.f32();
  }
  return { ticks, quantities };
};
