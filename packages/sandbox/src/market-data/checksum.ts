import { crc32 } from 'node:zlib';
import type { Level, OrderBook } from '../exchange/index.ts';

/** Levels that enter a checksum, per side, at every depth. */
const CHECKSUM_LEVELS = 10;

/**
 * Kraken's checksum of the L2 book: CRC-32 of the ten best asks, then the ten best bids, best first
 * (docs.kraken.com, "Spot Websockets (v2) Book Checksum"). Without point and leading zeros the
 * printed digits are those of the scaled integers. Over strings, on purpose: it shares nothing with
 * a client's engine, so that each checks the other.
 */
export function bookChecksum({ asks, bids }: OrderBook): number {
  let text = '';
  for (const side of [asks, bids]) {
    for (let rank = 0; rank < CHECKSUM_LEVELS; rank += 1) {
      const level = side.at(rank);
      if (level === undefined) break;
      text += digitsOf(level);
    }
  }
  return crc32(text);
}

/** Nine of ten levels are as they were when the last checksum was made. */
function digitsOf(level: Level): string {
  level.digits ??= `${level.ticks}${level.lots}`;
  return level.digits;
}

/** The same of the L3 book: every order of those levels, the first to trade first. */
export function ordersChecksum({ asks, bids }: OrderBook): number {
  let text = '';
  for (const side of [asks, bids]) {
    for (let rank = 0; rank < CHECKSUM_LEVELS; rank += 1) {
      const level = side.at(rank);
      if (level === undefined) break;
      for (let order = level.head; order !== undefined; order = order.next) {
        text += `${level.ticks}${order.visibleLots}`;
      }
    }
  }
  return crc32(text);
}
