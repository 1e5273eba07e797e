import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type * as z from 'zod/mini';
import * as futuresWs from '../src/futures-ws/index.ts';
import {
  formatText,
  type JsonValue,
  parseJson,
  parseText,
  type Route,
  routeWsMessage,
  strictOf,
  wsRequestSchema,
} from '../src/index.ts';
import { isJsonObject } from '../src/routes.ts';
import * as spotV1 from '../src/spot-v1/index.ts';
import { routeUwsMessage, uwsRequestSchema } from '../src/uws/index.ts';

interface Surface {
  readonly route: (value: JsonValue) => Route | undefined;
  /** Of what a client sends. */
  readonly request: (value: JsonValue) => z.core.$ZodType | undefined;
}

const surfaces: Readonly<Record<string, Surface>> = {
  'spot-v2': { route: routeWsMessage, request: () => wsRequestSchema },
  uws: { route: routeUwsMessage, request: () => uwsRequestSchema },
  'spot-v1': { route: spotV1.routeSpotV1Message, request: requestOf(spotV1) },
  'futures-v1': { route: futuresWs.routeFuturesMessage, request: requestOf(futuresWs) },
};

function requestOf(module: object): Surface['request'] {
  const schemas = module as Readonly<Record<string, z.core.$ZodType>>;
  return (value) => {
    const event = isJsonObject(value) ? value['event'] : undefined;
    return typeof event === 'string' ? schemas[`${event}RequestSchema`] : undefined;
  };
}

/** The samples of Kraken's pages, each after the name of its socket. */
const samples = readFileSync(join(import.meta.dirname, 'documented/samples.txt'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => {
    const at = line.indexOf(' ');
    return [line.slice(0, at), line.slice(at + 1)] as const;
  });

describe('documented messages: strictly parsed, and printed back to the letter', () => {
  it.each(samples)('%s %s', (name, text) => {
    const { route, request } = surfaces[name] ?? {};
    const value = parseJson(text);
    const schema = route?.(value)?.schema ?? request?.(value);
    if (schema === undefined) throw new Error('No schema takes it.');
    expect(formatText(schema, parseText(strictOf(schema), text))).toBe(text);
  });
});
