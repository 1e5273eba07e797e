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

const frames: readonly (readonly [string, z.core.$ZodType])[] = [
  ['book', bookFrameSchema],
  ['ticker', tickerFrameSchema],
  ['trade', tradeFrameSchema],
];

const documented = [
  '{"channel":"book","type":"update","data":[{"symbol":"MATIC/USD","bids":[{"price":0.5657,"qty":1098.3947558}],"asks":[],"checksum":2114181697,"timestamp":"2023-10-06T17:35:55.440295Z"}]}',
  '{"channel":"ticker","type":"snapshot","data":[{"symbol":"ALGO/USD","bid":0.10025,"bid_qty":740.0,"ask":0.10036,"ask_qty":1361.44813783,"last":0.10035,"volume":997038.98383185,"vwap":0.10148,"low":0.09979,"high":0.10285,"change":-0.00017,"change_pct":-0.17,"timestamp":"2023-09-25T09:04:31.742648Z"}]}',
  '{"channel":"trade","type":"update","data":[{"symbol":"MATIC/USD","side":"sell","price":0.5117,"qty":40.0,"ord_type":"market","trade_id":4665906,"timestamp":"2023-09-25T07:49:37.708706Z"}]}',
];

function generalOf(schema: z.core.$ZodType, text: string): unknown {
  try {
    return parseText(schema, text);
  } catch {
    return 'refused';
  }
}

describe('readDocumented', () => {
  it.each(frames)('reads a %s frame as the general parse does', (channel, schema) => {
    let read = 0;
    fc.assert(
      fc.property(arbitraryOf(schema), (wire) => {
        const text = stringifyJson(wire);
        const frame = readDocumented(text);
        if (frame === undefined) return;
        read += 1;
        expect(frame).toStrictEqual(parseText(schema, text));
      }),
      { numRuns: 300 },
    );
    // The others have their fields in another order, or an exponent where none is expected.
    expect([channel, read > 20]).toStrictEqual([channel, true]);
  });

  it.each(documented)(
    'reads %s, and of its mutations none that the general parse refuses',
    (text) => {
      const [, channel = ''] = /"channel":"(\w+)"/.exec(text) ?? [];
      const [, schema = bookFrameSchema] = frames.find(([name]) => name === channel) ?? [];
      expect(readDocumented(text)).toStrictEqual(parseText(schema, text));
      const characters = String.raw`{}[]",:0123456789.-+eET \ `.split('');
      const places = fc.nat(text.length);
      fc.assert(
        fc.property(places, fc.nat(3), fc.constantFrom('', ...characters), (at, cut, character) => {
          const mutated = text.slice(0, at) + character + text.slice(at + cut);
          const frame = readDocumented(mutated);
          expect(frame ?? generalOf(schema, mutated)).toStrictEqual(generalOf(schema, mutated));
        }),
        { numRuns: 3000 },
      );
    },
  );

  it('leaves to the general parse what is not in the documented layout', () => {
    const [text = ''] = documented;
    for (const other of [
      text.replace('"data"', ' "data"'),
      text.replace('"timestamp"', '"sequence":1,"timestamp"'),
      text.replace('2114181697', '9007199254740992'),
      text.replace('MATIC/USD', String.raw`MATIC\/USD`),
      text.replace('{"channel":"book","type":"update"', '{"type":"update","channel":"book"'),
      `${text} `,
      '{"channel":"heartbeat"}',
      text.replace('MATIC/USD', 'M'.repeat(5000)),
    ]) {
      expect(readDocumented(other)).toBeUndefined();
    }
  });
});
