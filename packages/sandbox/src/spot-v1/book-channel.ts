import { crc32 } from 'node:zlib';
import type { BookSide, Level, Market } from '../exchange/index.ts';
import type { Channel, MarketUpdate } from '../market-data/channel.ts';
import { changedLevels, type LevelChange } from '../market-data/level-changes.ts';
import { olderPrice, olderQuantity } from '../market-data/older-text.ts';
import { Window } from '../market-data/window.ts';
import { formatEpoch } from '../protocol/timestamp.ts';
import type { WireFrame } from '../protocol/wire-frame.ts';
import type { V1Frames } from './v1-frame.ts';

const CHECKSUM_LEVELS = 10;
const MICROSECOND_NS = 1_000n;

/**
 * `book-<depth>` of v1: levels as texts, each with a time; a level that moves up into the window is
 * marked `r` and keeps its older one. When both sides changed each has an object of its own, and the
 * checksum stands in the last.
 */
export class V1BookChannel implements Channel {
  readonly #market: Market;
  readonly #bids: Window;
  readonly #asks: Window;
  readonly #frames: V1Frames;
  /** Clients drop what is not newer than what they hold: no two changes share a microsecond. */
  #lastNs = 0n;

  constructor(market: Market, depth: number, frames: V1Frames) {
    this.#market = market;
    this.#bids = new Window(market.book.bids, depth);
    this.#asks = new Window(market.book.asks, depth);
    this.#frames = frames;
  }

  snapshot(): WireFrame {
    const rows = (window: Window): string =>
      window
        .levels()
        .map((level) => this.#row(level.ticks, level.lots, timeOf(level)))
        .join(',');
    return this.#frames.make('snapshot', `{"as":[${rows(this.#asks)}],"bs":[${rows(this.#bids)}]}`);
  }

  update({ changes, atNs }: MarketUpdate): WireFrame | undefined {
    const asks = changedLevels(this.#asks, changes);
    const bids = changedLevels(this.#bids, changes);
    const parts: string[] = [];
    if (asks.length > 0) parts.push(`"a":[${this.#rows(asks, atNs)}]`);
    if (bids.length > 0) parts.push(`"b":[${this.#rows(bids, atNs)}]`);
    const last = parts.pop();
    if (last === undefined) return undefined;
    const objects = [...parts, `${last},"c":"${this.#checksum()}"`];
    return this.#frames.make('update', objects.map((object) => `{${object}}`).join(','));
  }

  #rows(changes: readonly LevelChange[], atNs: bigint): string {
    return changes
      .map(({ ticks, lots, promoted }) =>
        promoted === undefined
          ? this.#row(ticks, lots, this.#nextTime(atNs))
          : this.#row(ticks, lots, timeOf(promoted), ',"r"'),
      )
      .join(',');
  }

  #row(ticks: number, lots: bigint, atNs: bigint, mark = ''): string {
    const market = this.#market;
    return `["${olderPrice(market, ticks)}","${olderQuantity(market, lots)}","${formatEpoch(atNs)}"${mark}]`;
  }

  #nextTime(atNs: bigint): bigint {
    const next = this.#lastNs + MICROSECOND_NS;
    this.#lastNs = atNs > next ? atNs : next;
    return this.#lastNs;
  }

  /** Of the texts as printed, without points and leading zeros: not the number that v2 has for the same book. */
  #checksum(): number {
    const { asks, bids } = this.#market.book;
    return crc32(this.#digits(asks) + this.#digits(bids));
  }

  #digits(side: BookSide): string {
    let digits = '';
    for (let rank = 0; rank < CHECKSUM_LEVELS; rank += 1) {
      const level = side.at(rank);
      if (level === undefined) break;
      digits += strip(olderPrice(this.#market, level.ticks));
      digits += strip(olderQuantity(this.#market, level.lots));
    }
    return digits;
  }
}

/** Without point and leading zeros. */
function strip(text: string): string {
  return text.replace('.', '').replace(/^0+/, '');
}

/** When the youngest order of a level came: the exchange's levels are at least as old. */
function timeOf(level: Level): bigint {
  return level.tail?.queueNs ?? 0n;
}
