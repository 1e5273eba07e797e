import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type * as z from 'zod/mini';
import { arbitraryOf } from '../../test/arbitrary.ts';
import { stringifyJson } from '../json/stringify-json.ts';
import { parseText } from '../parse-with.ts';
import { bookFrameSchema } from './book.ts';
import { readDocumented } from './read-documented.ts';
import { tickerFrameSchema } from './ticker.ts';
import { tradeFrameSchema } from './trade.ts';

const cases: readonly (readonly [string, z.core.$ZodType, string])[] = [
  [
    'book',
    bookFrameSchema,
    '{"channel":"book","type":"update","data":[{"symbol":"MATIC/USD","bids":[{"price":0.5657,"qty":1098.3947558}],"asks":[],"checksum":2114181697,"timestamp":"2023-10-06T17:35:55.440295Z"}]}',
  ],
  [
    'ticker',
    tickerFrameSchema,
    '{"channel":"ticker","type":"snapshot","data":[{"symbol":"ALGO/USD","bid":0.10025,"bid_qty":740.0,"ask":0.10036,"ask_qty":1361.44813783,"last":0.10035,"volume":997038.98383185,"vwap":0.10148,"low":0.09979,"high":0.10285,"change":-0.00017,"change_pct":-0.17,"timestamp":"2023-09-25T09:04:31.742648Z"}]}',
  ],
  [
    'trade',
    tradeFrameSchema,
    '{"channel":"trade","type":"update","data":[{"symbol":"MATIC/USD","side":"sell","price":0.5117,"qty":40.0,"ord_type":"market","trade_id":4665906,"timestamp":"2023-09-25T07:49:37.708706Z"}]}',
  ],
];

/** Tried again and again, until the channel is no more left out after a miss. */
function readAnew(documented: string, text: string): unknown {
  for (let attempt = 0; readDocumented(documented) === undefined; attempt += 1) {
    if (attempt > 100) throw new Error('never tried again');
  }
  return readDocumented(text);
}

describe('readDocumented', () => {
  it.each(cases)('reads a %s frame as the general parse does', (_, schema, documented) => {
    let read = 0;
    fc.assert(
      fc.property(arbitraryOf(schema), (wire) => {
        const text = stringifyJson(wire);
        const frame = readAnew(documented, text);
        if (frame === undefined) return;
        read += 1;
        expect(frame).toStrictEqual(parseText(schema, text));
      }),
      { numRuns: 300 },
    );
    // The others have their fields in another order, or an exponent where none is expected.
    expect(read).toBeGreaterThan(20);
  });

  it.each(cases)('reads no broken %s frame that the general parse refuses', (_, schema, text) => {
    const characters = String.raw`{}[]",:0123456789.-+eET \ `.split('');
    fc.assert(
      fc.property(
        fc.nat(text.length),
        fc.nat(3),
        fc.constantFrom('', ...characters),
        (at, cut, character) => {
          const mutated = text.slice(0, at) + character + text.slice(at + cut);
          const frame = readAnew(text, mutated);
          if (frame === undefined) return;
          expect(frame).toStrictEqual(parseText(schema, mutated));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it.each(cases)('leaves a %s channel alone for a while after a miss', (_, _schema, text) => {
    expect(readAnew(text, text.replace('"symbol"', '"new":1,"symbol"'))).toBeUndefined();
    const tries = Array.from({ length: 101 }, () => readDocumented(text) !== undefined);
    expect(tries.filter(Boolean)).toHaveLength(1);
    expect(tries.at(-1)).toBe(true);
  });
});
