import crc32 from 'crc-32';
import { type BookLevel, BookSide, createLevel } from './book-side.ts';
import type { SyntheticInstrument } from './instruments.ts';

/** One absolute change: the level as it is now; zero lots: it is gone. */
export interface LevelChange {
  readonly side: 'bid' | 'ask';
  readonly level: BookLevel;
}

/** Levels that enter the checksum, per side, at every depth. */
const CHECKSUM_LEVELS = 10;

/** The one book of a symbol, in exact integers: every depth's frames are cut from it. */
export class SyntheticBook {
  readonly instrument: SyntheticInstrument;
  readonly bids: BookSide = new BookSide('bid');
  readonly asks: BookSide = new BookSide('ask');

  constructor(instrument: SyntheticInstrument) {
    this.instrument = instrument;
  }

  side(side: 'bid' | 'ask'): BookSide {
    return side === 'bid' ? this.bids : this.asks;
  }

  /** Puts a level at a price, or with zero lots takes it away; answers the change as it is published. */
  put(side: 'bid' | 'ask', ticks: number, lots: bigint): LevelChange {
    const level = createLevel(this.instrument, ticks, lots);
    if (lots === 0n) this.side(side).delete(ticks);
    else this.side(side).set(level);
    return { side, level };
  }

  /**
   * Kraken's checksum: CRC-32 of the ten best asks, then the ten best bids, best first
   * (docs.kraken.com, "Spot Websockets (v2) Book Checksum"). Over strings, on purpose: it shares
   * nothing with a client's engine, so that each checks the other.
   */
  checksum(): number {
    let text = '';
    for (let rank = 0; rank < CHECKSUM_LEVELS; rank += 1) text += this.asks.at(rank)?.digits ?? '';
    for (let rank = 0; rank < CHECKSUM_LEVELS; rank += 1) text += this.bids.at(rank)?.digits ?? '';
    return crc32.str(text) >>> 0;
  }
}
