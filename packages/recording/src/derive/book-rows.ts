import { parseJson } from '@kr/schemas/json';
import { parseTimestamp } from '@kr/schemas/shared';
import { cellOf, isJsonObject } from './wire-rows.ts';

/** One level, or order, that a book message speaks of. */
interface BookChange {
  readonly side: 'bid' | 'ask';
  readonly event: 'add' | 'modify' | 'delete' | undefined;
  readonly orderId: string | undefined;
  readonly price: string | undefined;
  readonly quantity: string | undefined;
  /** Of the order; L3 only. */
  readonly timeNs: bigint | undefined;
}

/** What a book message says, in its order. */
export interface BookMessage {
  readonly checksum: number | undefined;
  readonly timeNs: bigint | undefined;
  readonly changes: readonly BookChange[];
}

const decoder = new TextDecoder();
const LEVEL = /\{"price":([0-9.]+),"qty":([0-9.]+)\}(,|\])/y;
const BIDS = '"bids":[';
const ASKS = '"asks":[';
const TAIL = /"checksum":(\d+)(?:,"timestamp":"([^"]+)")?/;

/**
 * Reads a message that its book has read without a fault. The layout that Kraken writes for L2 is cut out
 * of the text; everything else goes through the exact parser.
 */
export function readBookMessage(message: Uint8Array): BookMessage {
  const text = decoder.decode(message);
  return readLayout(text) ?? readParsed(text);
}

function readLayout(text: string): BookMessage | undefined {
  const changes: BookChange[] = [];
  const bids = text.indexOf(BIDS);
  const asks = text.indexOf(ASKS);
  if (bids === -1 || asks === -1 || text.indexOf(BIDS, bids + 1) !== -1) return undefined;
  const [first, second] = bids < asks ? (['bid', 'ask'] as const) : (['ask', 'bid'] as const);
  const end = readLevels(text, Math.min(bids, asks) + BIDS.length, first, changes);
  if (end === undefined) return undefined;
  const last = readLevels(text, Math.max(bids, asks) + BIDS.length, second, changes);
  if (last === undefined) return undefined;
  const tail = TAIL.exec(text.slice(last));
  if (tail === null) return undefined;
  const time = tail[2];
  return {
    checksum: Number(tail[1]),
    timeNs: time === undefined ? undefined : parseTimestamp(time),
    changes,
  };
}

function readLevels(
  text: string,
  from: number,
  side: 'bid' | 'ask',
  into: BookChange[],
): number | undefined {
  if (text[from] === ']') return from + 1;
  LEVEL.lastIndex = from;
  while (true) {
    const at = LEVEL.lastIndex;
    const found = LEVEL.exec(text);
    if (found === null) return undefined;
    const [whole, price, quantity, follows] = found;
    into.push({ side, event: undefined, orderId: undefined, price, quantity, timeNs: undefined });
    if (follows === ']') return at + whole.length;
  }
}

function readParsed(text: string): BookMessage {
  const value = parseJson(text);
  return Array.isArray(value) ? readArray(value) : readObject(value);
}

function readObject(value: ReturnType<typeof parseJson>): BookMessage {
  const data = isJsonObject(value) && Array.isArray(value['data']) ? value['data'][0] : undefined;
  if (!isJsonObject(data)) return { checksum: undefined, timeNs: undefined, changes: [] };
  const changes: BookChange[] = [];
  for (const [key, side] of [
    ['bids', 'bid'],
    ['asks', 'ask'],
  ] as const) {
    const items = data[key];
    if (!Array.isArray(items)) continue;
    for (const item of items.filter(isJsonObject)) {
      changes.push({
        side,
        event: cellOf(item['event'], 'text') as BookChange['event'],
        orderId: cellOf(item['order_id'], 'text') as string | undefined,
        price: cellOf(item['price'] ?? item['limit_price'], 'decimal') as string | undefined,
        quantity: cellOf(item['qty'] ?? item['order_qty'], 'decimal') as string | undefined,
        timeNs: cellOf(item['timestamp'], 'timestamp') as bigint | undefined,
      });
    }
  }
  const checksum = cellOf(data['checksum'], 'integer');
  return {
    checksum: checksum === undefined ? undefined : Number(checksum),
    timeNs: cellOf(data['timestamp'], 'timestamp') as bigint | undefined,
    changes,
  };
}

/** v1: `[336,{"a":[["27120.1","1.0","1693415327.935623"]],"c":"974947235"},"book-10","XBT/USD"]` */
function readArray(value: readonly ReturnType<typeof parseJson>[]): BookMessage {
  const changes: BookChange[] = [];
  let checksum: number | undefined;
  let latest: bigint | undefined;
  for (const part of value.filter(isJsonObject)) {
    for (const [key, side] of [
      ['bs', 'bid'],
      ['as', 'ask'],
      ['b', 'bid'],
      ['a', 'ask'],
    ] as const) {
      const levels = part[key];
      if (!Array.isArray(levels)) continue;
      for (const level of levels) {
        if (!Array.isArray(level)) continue;
        const [price, quantity, time] = level.map((item) => cellOf(item, 'text') as string);
        const timeNs = time === undefined ? undefined : secondsToNs(time);
        if (timeNs !== undefined && timeNs > (latest ?? 0n)) latest = timeNs;
        changes.push({
          side,
          event: undefined,
          orderId: undefined,
          price,
          quantity,
          timeNs: undefined,
        });
      }
    }
    if (typeof part['c'] === 'string') checksum = Number(part['c']);
  }
  return { checksum, timeNs: latest, changes };
}

/** `1693415327.935623` */
export function secondsToNs(text: string): bigint | undefined {
  const found = /^(\d+)(?:\.(\d{1,9}))?$/.exec(text);
  if (found === null) return undefined;
  return BigInt(found[1] ?? '0') * 1_000_000_000n + BigInt((found[2] ?? '').padEnd(9, '0'));
}
