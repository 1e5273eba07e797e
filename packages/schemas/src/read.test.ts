import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { parseJson } from './json/parse-json.ts';
import { stringifyJson } from './json/stringify-json.ts';
import { parseText, parseWith } from './parse-with.ts';
import { decimalSchema } from './primitives/index.ts';
import { readText } from './read.ts';
import { parseWsMessage, routeWsMessage } from './ws/message.ts';

const documented = {
  book: '{"channel":"book","type":"update","data":[{"symbol":"MATIC/USD","bids":[{"price":0.5657,"qty":1098.3947558}],"asks":[],"checksum":2114181697,"timestamp":"2023-10-06T17:35:55.440295Z"}]}',
  ticker:
    '{"channel":"ticker","type":"snapshot","data":[{"symbol":"ALGO/USD","bid":0.10025,"bid_qty":740.0,"ask":0.10036,"ask_qty":1361.44813783,"last":0.10035,"volume":997038.98383185,"vwap":0.10148,"low":0.09979,"high":0.10285,"change":-0.00017,"change_pct":-0.17,"timestamp":"2023-09-25T09:04:31.742648Z"}]}',
  trade:
    '{"channel":"trade","type":"update","data":[{"symbol":"MATIC/USD","side":"sell","price":0.5117,"qty":40.0,"ord_type":"market","trade_id":4665906,"timestamp":"2023-09-25T07:49:37.708706Z"}]}',
} as const;
const texts = Object.entries(documented);

/** What a message is by `JSON.parse`-like parse, route and zod alone, the short way left out. */
function generalOf(text: string): unknown {
  try {
    const value = parseJson(text);
    const route = routeWsMessage(value);
    if (route === undefined) return { kind: 'unknown', value };
    return { kind: route.kind, content: parseWith(route.schema, value) };
  } catch {
    return 'refused';
  }
}

function quickOf(text: string): unknown {
  try {
    const message = parseWsMessage(text);
    if (message.kind === 'unknown') return message;
    const content =
      message.kind === 'data'
        ? message.frame
        : message.kind === 'ack'
          ? message.ack
          : message.error;
    return { kind: message.kind, content };
  } catch {
    return 'refused';
  }
}

/** The text with a field put in before, between or behind others, in any of its objects. */
function withField(text: string, place: number, field: string): string {
  const places = [...text.matchAll(/(?<=\{)|(?<=[\d"}\]])(?=\})|(?<=[\d"}\]],)(?=")/g)];
  const at = places[place % places.length]?.index ?? 0;
  const before = text.slice(0, at);
  return text[at] === '}'
    ? `${before},${field}${text.slice(at)}`
    : `${before}${field},${text.slice(at)}`;
}

describe('readText', () => {
  it.each(texts)('reads a %s frame as parse, route and zod do, one after the other', (_, text) => {
    expect(quickOf(text)).toStrictEqual(generalOf(text));
    expect(readText(routeOf(text), text)).toBeDefined();
  });

  it.each(texts)('takes of a %s frame with any character changed what they take', (_, text) => {
    const characters = String.raw`{}[]",:0123456789.-+eET \ `.split('');
    fc.assert(
      fc.property(
        fc.nat(text.length),
        fc.nat(3),
        fc.constantFrom('', ...characters),
        (at, cut, character) => {
          const mutated = text.slice(0, at) + character + text.slice(at + cut);
          expect([mutated, quickOf(mutated)]).toStrictEqual([mutated, generalOf(mutated)]);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it.each(texts)('passes a new field on wherever in a %s frame it stands', (_, text) => {
    fc.assert(
      fc.property(fc.nat(), fc.jsonValue({ maxDepth: 2 }), (place, value) => {
        const grown = withField(text, place, `"since_2027":${JSON.stringify(value)}`);
        expect(grown.length).toBeGreaterThan(text.length);
        expect(readText(routeOf(text), grown)).toStrictEqual(
          parseWith(routeOf(text), parseJson(grown)),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('takes a known name that stands twice as they do: the last one counts', () => {
    for (const [at, field] of [
      [0, '"channel":"trade"'],
      [1, '"type":"snapshot"'],
      [3, '"symbol":7'],
      [3, '"symbol":"BTC/USD"'],
      [30, '"method":"subscribe"'],
      [0, '"method":"pong"'],
    ] as const) {
      for (const [, text] of texts) {
        const twice = withField(text, at, field);
        expect([twice, quickOf(twice)]).toStrictEqual([twice, generalOf(twice)]);
      }
    }
  });

  it.each([
    '{"channel":"heartbeat"}',
    '{"channel":"heartbeat","type":"update","beat":1}',
    '{"channel":"heartbeat","type":"tick"}',
    '{"channel":"book","type":"tick","data":[]}',
    '{"channel":"news","type":"update","data":[]}',
    '{"channel":"ticker"',
  ])('takes %s for what they take it for', (text) => {
    expect(quickOf(text)).toStrictEqual(generalOf(text));
  });

  it('refuses an object that lacks a field, in order or not', () => {
    const schema = z.looseObject({ a: z.int(), b: z.optional(z.int()), c: z.int() });
    for (const [text, taken] of [
      ['{"a":1,"c":3}', true],
      ['{"c":3,"a":1}', true],
      ['{"c":3,"b":2,"a":1}', true],
      ['{"a":1,"a":1}', false],
      ['{"a":1,"b":2}', false],
      ['{"c":3,"b":2}', false],
      ['{"b":2}', false],
      ['{}', false],
      [' { "a" : 1 , "c" : 3 } ', true],
    ] as const) {
      expect([text, readText(schema, text) !== undefined]).toStrictEqual([text, taken]);
    }
  });

  it('reads a schema that holds itself', () => {
    const node = z.looseObject({
      price: decimalSchema,
      get below() {
        return z.optional(z.array(node));
      },
    });
    const text = '{"price":1.0,"below":[{"price":2.50},{"price":3e5,"below":[]}]}';
    expect(parseText(node, text)).toStrictEqual(parseWith(node, parseJson(text)));
    expect(readText(node, text)).toBeDefined();
  });

  it('comes back to its place from a check that reads a text itself', () => {
    const nested = z.string().check(z.refine((text) => stringifyJson(parseJson(text)) === text));
    const schema = z.looseObject({ a: nested, b: decimalSchema });
    expect(parseText(schema, '{"a":"[1.50,{}]","b":2.50}')).toStrictEqual({
      a: '[1.50,{}]',
      b: '2.50',
    });
  });
});

function routeOf(text: string): z.core.$ZodType {
  const route = routeWsMessage(parseJson(text));
  if (route === undefined) throw new Error(`No route for ${text}`);
  return route.schema;
}
