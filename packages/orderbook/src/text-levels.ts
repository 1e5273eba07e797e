import { crcUpdate } from './crc32.ts';
import type { LevelBatch } from './level-batch.ts';
import { digitsAt, invalidLevel, type Lexeme, mostDecimals, parseLexeme } from './lexeme.ts';
import type { ShownDecimals } from './precision.ts';
import type { BookLevels, Level } from './types.ts';

/** The levels of one message read from their texts, before a precision is decided. */
export interface TextLevels {
  readonly bids: readonly TextLevel[];
  readonly asks: readonly TextLevel[];
  /** The most decimals that any price, and any quantity, shows; undefined without levels. */
  readonly shown: ShownDecimals;
}

interface TextLevel {
  readonly price: Lexeme;
  readonly quantity: Lexeme;
}

/** Throws INVALID_LEVEL for what is no price or no quantity. */
export function readTextLevels(levels: BookLevels): TextLevels {
  const bids = levels.bids.map(readLevel);
  const asks = levels.asks.map(readLevel);
  const all = [...bids, ...asks];
  return {
    bids,
    asks,
    shown: {
      price: mostDecimals(all.map((level) => level.price)),
      quantity: mostDecimals(all.map((level) => level.quantity)),
    },
  };
}

function readLevel(level: Level): TextLevel {
  const price = parseLexeme(level.price);
  if (price.digits === '') throw invalidLevel(level.price, 'is no price: it is zero');
  return { price, quantity: parseLexeme(level.quantity) };
}

/** Fills a batch with the levels at the batch's precisions. */
export function fillBatch(levels: TextLevels, batch: LevelBatch): void {
  batch.count = 0;
  batch.wide = false;
  for (const level of levels.bids) addLevel(level, batch);
  batch.bidCount = batch.count;
  for (const level of levels.asks) addLevel(level, batch);
}

function addLevel(level: TextLevel, batch: LevelBatch): void {
  const price = digitsAt(level.price, batch.pricePrecision);
  const quantity = digitsAt(level.quantity, batch.quantityPrecision);
  if (batch.count === batch.capacity) batch.grow();
  const at = batch.count++;
  batch.crcs[at] = crcUpdate(0, price + quantity);
  batch.lengths[at] = price.length + quantity.length;
  batch.setExact(at, BigInt(price), BigInt(quantity));
}
