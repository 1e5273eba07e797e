import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import { isOrderBookError, L2Book, L3Book, type Level, type Order } from '../src/index.ts';
import { level3, v2 } from './frames.ts';
import { L3_ASKS, L3_BIDS, L3_CHECKSUM } from './l3-vector.ts';
import { Random } from './random.ts';
import { VECTORS } from './vectors.ts';

interface Book {
  readonly verified: boolean;
  apply(frame: Uint8Array | string): string;
  checksum(): number;
  toSnapshot(): {
    readonly bids: readonly (Level | Order)[];
    readonly asks: readonly (Level | Order)[];
  };
}

const L2_SNAPSHOT = v2('snapshot', VECTORS[0]!);
const L3_SNAPSHOT = level3('snapshot', { bids: L3_BIDS, asks: L3_ASKS, checksum: L3_CHECKSUM });
const SEEDS: readonly string[] = [
  L2_SNAPSHOT,
  v2('update', { bids: ['45283.5 0.00000000', '45276.0 1.00000000'], checksum: 3310070434 }),
  v2('update', { asks: ['45285.2 5.00000000'], checksum: 1 }),
  v2('update', { bids: ['45283.5 0.10000000'], checksum: 3310070434, timestamp: null }),
  '[1,{"a":[["45285.2","1.5","1.5"]]},{"b":[],"c":"7"},"book-10","BTC/USD"]',
  '[1,{"as":[["45285.2","1.5","1.5"]],"bs":[]},"book-10","BTC/USD"]',
];
const L3_SEEDS: readonly string[] = [
  L3_SNAPSHOT,
  level3('update', { bids: [{ ...L3_BIDS[3]!, event: 'modify' }], checksum: L3_CHECKSUM }),
  level3('update', { asks: [{ ...L3_ASKS[3]!, event: 'delete' }], checksum: 5 }),
  level3('update', {
    asks: [{ ...L3_ASKS[3]!, orderId: 'OAAAAA-AAAAA-AAAAAA', event: 'add' }],
    checksum: 5,
  }),
];
const TOKENS = [
  '"',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '0',
  '9',
  '-',
  '.',
  'e',
  'E5',
  ' ',
  '\\',
  'é',
  'null',
];

const NUMBER = String.raw`(?:0|[1-9]\d*)(?:\.\d+)?`;
const LEVEL = String.raw`\{"price":${NUMBER},"qty":${NUMBER}\}`;
const ORDER =
  String.raw`\{(?:"event":"(?:add|modify|delete)",)?"order_id":"[A-Z0-9-]+","limit_price":${NUMBER},` +
  String.raw`"order_qty":${NUMBER},"timestamp":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z"\}`;
const ENTRIES = `(?:(?:${LEVEL}|${ORDER})(?:,(?!\\])|(?=\\])))*`;
const TIME = String.raw`[^]{4}-[^]{2}-[^]{2}T[^]{2}:[^]{2}:[^]{2}\.[^]{6}Z`;
const MEMBER =
  String.raw`(?:"checksum":(?:0|[1-9]\d*)|"symbol":"BTC/USD"|"timestamp":"${TIME}"|` +
  String.raw`"bids":\[${ENTRIES}\]|"asks":\[${ENTRIES}\])`;
const TYPE = String.raw`(?:snapshot[^]{6}|update",[^]{4})`;
/** What the scan takes: Kraken's layout, but for the words around channel and type, and for the time. */
const SCANNED = new RegExp(
  String.raw`^\{[^]{11}(?:book|level3)",[^]{8}${TYPE}a":\[\{${MEMBER}(?:,${MEMBER})*\}\]\}$`,
);

function mutate(random: Random, frame: string): Buffer {
  let bytes = Buffer.from(frame);
  for (let times = 1 + random.below(3); times > 0; times--) {
    const at = random.below(bytes.length + 1);
    const token = Buffer.from(random.pick(TOKENS));
    switch (random.below(6)) {
      case 0:
        bytes[random.below(bytes.length)] = random.below(256);
        break;
      case 1:
        bytes = bytes.subarray(0, at);
        break;
      case 2:
        bytes = Buffer.concat([bytes.subarray(0, at), token, bytes.subarray(at)]);
        break;
      case 3:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + random.below(9))]);
        break;
      case 4: {
        const piece = bytes.subarray(at, at + random.below(60));
        bytes = Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]);
        break;
      }
      default:
        if (bytes.length > 0) token.copy(bytes, Math.min(at, bytes.length - 1));
    }
    bytes = Buffer.from(bytes);
    if (bytes.length === 0) return bytes;
  }
  return bytes;
}

/** What a book makes of a frame: the outcome, or the code of what it throws. */
function outcomeOf(book: Book, frame: Uint8Array): string {
  try {
    return book.apply(frame);
  } catch (error) {
    if (isOrderBookError(error)) return error.code;
    throw error;
  }
}

/**
 * Feeds damaged frames to a book that scans them and to one that must parse each (a space before
 * the frame rules the scan out). Nothing but OrderBookError may ever be thrown, `verified` only be
 * said when the levels have the frame's checksum, and both books say and hold the same. But for
 * one thing: the scan skips the words around channel and type, and a book's time, so that it takes
 * a frame whose damage lies there, where the parser does not (counted as `overlooked`).
 */
export function runFuzz(seed: number, frames: number): Record<string, number> {
  const random = new Random(seed);
  const counts: Record<string, number> = {};
  for (const level of [2, 3]) {
    const create = (): Book =>
      level === 2
        ? new L2Book({ symbol: 'BTC/USD', depth: 10 })
        : new L3Book({ symbol: 'BTC/USD', depth: 10 });
    const first = level === 2 ? L2_SNAPSHOT : L3_SNAPSHOT;
    const seeds = level === 2 ? SEEDS : L3_SEEDS;
    let scanned = create();
    let parsed = create();
    const restart = (): void => {
      scanned = create();
      parsed = create();
      scanned.apply(first);
      parsed.apply(` ${first}`);
    };
    for (let i = 0; i < frames; i++) {
      if (i % 50 === 0) restart();
      const frame = mutate(random, random.pick(seeds));
      const outcome = outcomeOf(scanned, frame);
      const where = `seed ${seed}, L${level}, frame ${i}: ${frame.toString('latin1')}`;
      const again = outcomeOf(parsed, Buffer.concat([Buffer.from(' '), frame]));
      const overlooked =
        (outcome === 'verified' || outcome === 'mismatch') &&
        SCANNED.test(frame.toString('latin1')) &&
        (outcome !== again || !isDeepStrictEqual(scanned.toSnapshot(), parsed.toSnapshot()));
      if (overlooked) counts['overlooked'] = (counts['overlooked'] ?? 0) + 1;
      // A book that lost a frame may hold half of it.
      const lost = overlooked || again === 'MALFORMED_FRAME';
      if (outcome === 'MALFORMED_FRAME') {
        expect({ where, again, verified: scanned.verified }).toEqual({
          where,
          again: outcome,
          verified: false,
        });
      } else if (outcome !== 'foreign' && !lost) {
        expect({ where, outcome, book: scanned.toSnapshot() }).toEqual({
          where,
          outcome: again,
          book: parsed.toSnapshot(),
        });
      }
      if (outcome === 'verified') {
        const [, checksum] =
          /(?:[^]c[^]{8}|"checksum"\s*|"c"\s*):\s*"?(\d+)/.exec(frame.toString('latin1')) ?? [];
        expect({ where, checksum: String(scanned.checksum()) }).toEqual({ where, checksum });
      }
      counts[outcome] = (counts[outcome] ?? 0) + 1;
      if (lost) restart();
    }
  }
  return counts;
}
