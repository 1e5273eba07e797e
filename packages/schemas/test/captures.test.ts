import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { createDriftObserver } from '../src/drift/index.ts';
import { instrumentsResultSchema } from '../src/futures-rest/index.ts';
import {
  subscribeRequestSchema as futuresSubscribeRequestSchema,
  routeFuturesMessage,
} from '../src/futures-ws/index.ts';
import {
  formatText,
  isSchemaError,
  type JsonValue,
  parseJson,
  parseStrictly,
  parseText,
  type Route,
  routeWsMessage,
  strictOf,
  stringifyJson,
  wsRequestSchema,
} from '../src/index.ts';
import {
  assetPairsResultSchema,
  closedOrdersResultSchema,
  envelopeOf,
  envelopeSchema,
  orderAmendsResultSchema,
} from '../src/rest/index.ts';
import { routeSpotV1Message } from '../src/spot-v1/index.ts';

const captures = process.env['KR_CAPTURES'] ?? '';
const skipped = captures === '';
const reason = skipped ? ' (skipped: KR_CAPTURES is not set)' : '';

function read(file: string): string {
  return readFileSync(join(captures, file), 'utf8');
}

function linesOf(file: string): string[] {
  return read(file)
    .split('\n')
    .filter((line) => line.trim() !== '');
}

/** What the text is without its spaces. */
function compact(text: string): string {
  return stringifyJson(parseJson(text));
}

function refusalOf(run: () => unknown): string {
  try {
    run();
    return '';
  } catch (error) {
    if (!isSchemaError(error)) throw error;
    const { issues = [] } = error.context;
    return issues.map(({ path, reason: why }) => `${path}: ${why}`).join('; ');
  }
}

interface Outcome {
  readonly messages: number;
  /** Came back to the byte. */
  readonly same: number;
  /** Were printed with spaces by whoever kept them; came back the same without. */
  readonly sameButSpaces: number;
  readonly refused: readonly string[];
}

/** Parses every line strictly, and prints it again. */
function replay(file: string, route: (value: JsonValue) => Route | undefined): Outcome {
  const lines = linesOf(file);
  const outcome = { messages: lines.length, same: 0, sameButSpaces: 0, refused: [] as string[] };
  for (const line of lines) {
    const refusal = refusalOf(() => parseStrictly(route, line));
    if (refusal !== '') {
      outcome.refused.push(refusal);
      continue;
    }
    const { schema } = route(parseJson(line)) ?? { schema: z.unknown() };
    const printed = formatText(schema, parseText(schema, line));
    if (printed === line) outcome.same += 1;
    else if (printed === compact(line)) outcome.sameButSpaces += 1;
  }
  return outcome;
}

/** The recorder's owner put text where the exchange has a number. */
const REDACTED = ['data[0].connection_id: expected an id, received string'];

describe.skipIf(skipped)(`captured messages, strictly parsed and printed again${reason}`, () => {
  it.each([
    ['spot-v2/book-d10-BTCUSD-20260719.ndjson', routeWsMessage, 1376, 1375, 0, REDACTED],
    ['spot-v2/book-d10-BTCUSD-20260720-with-hole.ndjson', routeWsMessage, 70, 69, 0, REDACTED],
    ['spot-v2/sample-balances.ndjson', routeWsMessage, 3, 2, 1, []],
    ['spot-v2/sample-executions.ndjson', routeWsMessage, 6, 6, 0, []],
    ['spot-v2/sample-heartbeat.ndjson', routeWsMessage, 1, 1, 0, []],
    ['spot-v2/sample-instrument.ndjson', routeWsMessage, 1, 0, 1, []],
    // One of them is what a client sent.
    ['spot-v2/sample-method.ndjson', routeWsMessage, 28, 26, 1, [': unknown message']],
    ['spot-v2/sample-ohlc.ndjson', routeWsMessage, 1, 1, 0, []],
    ['spot-v2/sample-status.ndjson', routeWsMessage, 3, 3, 0, []],
    ['spot-v2/sample-ticker.ndjson', routeWsMessage, 2, 2, 0, []],
    ['spot-v2/sample-trade.ndjson', routeWsMessage, 2, 2, 0, []],
    ['spot-v1/book-d10-XBTUSD-20230830.ndjson', routeSpotV1Message, 1150, 1150, 0, []],
    ['spot-v1/ticker-10pairs-20210417.ndjson', routeSpotV1Message, 60, 60, 0, []],
    ['spot-v1/trade-10pairs-20210417.ndjson', routeSpotV1Message, 49, 49, 0, []],
    ['futures-v1/feed-10products-20210722.ndjson', routeFuturesMessage, 7175, 7175, 0, []],
    ['futures-v1/sample-2022.ndjson', routeFuturesMessage, 10, 10, 0, []],
    ['vectors/l2v2-docs-3310070434.ndjson', routeWsMessage, 1, 1, 0, []],
    ['vectors/l3v2-docs-1063832831.ndjson', routeWsMessage, 1, 1, 0, []],
  ] as const)('%s', (file, route, messages, same, sameButSpaces, refused) => {
    expect(replay(file, route)).toStrictEqual({ messages, same, sameButSpaces, refused });
  });

  it('the whole instrument snapshot, which a tool has printed anew', () => {
    const text = read('spot-v2/instrument-snapshot-2024.json');
    const frame = parseStrictly(routeWsMessage, text);
    expect(frame).toMatchObject({ channel: 'instrument' });
    const { schema } = routeWsMessage(parseJson(text)) ?? { schema: z.unknown() };
    expect(formatText(schema, frame)).toBe(compact(text));
  });

  it('what clients sent', () => {
    const sent = linesOf('spot-v2/sample-method.ndjson').filter((line) => line.includes('params"'));
    for (const line of sent) {
      const request = parseText(strictOf(wsRequestSchema), line);
      expect(formatText(wsRequestSchema, request)).toBe(line);
    }
    const subscriptions = linesOf('futures-v1/subscribe-20210722.ndjson');
    for (const line of subscriptions) {
      const request = parseText(strictOf(futuresSubscribeRequestSchema), line);
      expect(formatText(futuresSubscribeRequestSchema, request)).toBe(line);
    }
    expect([sent.length, subscriptions.length]).toStrictEqual([1, 3]);
  });
});

describe.skipIf(skipped)(`the drift of captured messages${reason}`, () => {
  it.each([
    ['spot-v2/book-d10-BTCUSD-20260719.ndjson', routeWsMessage, 1376, 1],
    ['spot-v1/book-d10-XBTUSD-20230830.ndjson', routeSpotV1Message, 1150, 0],
    ['futures-v1/feed-10products-20210722.ndjson', routeFuturesMessage, 7175, 0],
  ] as const)('%s', (file, route, messages, drifting) => {
    const drift = createDriftObserver();
    for (const line of linesOf(file)) drift.observe(route, line);
    const report = drift.report();
    expect(report).toMatchObject({ messages, drifting });
    // What the recorder's owner took out.
    expect(report.rows.map(({ path }) => path)).toStrictEqual(
      drifting === 0 ? [] : ['data[].connection_id'],
    );
  });
});

describe.skipIf(skipped)(`captured REST bodies${reason}`, () => {
  it.each<[string, z.core.$ZodType]>([
    ['rest/AssetPairs-20210417.json', envelopeOf(assetPairsResultSchema)],
    ['futures-v1/rest-instruments-20210722.json', instrumentsResultSchema],
  ])('%s, strictly parsed and printed again', (file, schema) => {
    const text = read(file);
    expect(formatText(schema, parseText(strictOf(schema), text))).toBe(compact(text));
  });

  it('errors and the amends of an order', () => {
    const bodies = linesOf('rest/sample-bodies.ndjson').filter(
      (line) => !line.includes('"closed"'),
    );
    for (const body of bodies) {
      const schema = body.includes('"amends"')
        ? envelopeOf(orderAmendsResultSchema)
        : envelopeSchema;
      expect(refusalOf(() => parseText(strictOf<z.core.$ZodType>(schema), body))).toBe('');
    }
    expect(bodies).toHaveLength(18);
  });

  it('closed orders are refused for what was taken out of them before they were published', () => {
    const bodies = linesOf('rest/sample-bodies.ndjson').filter((line) => line.includes('"closed"'));
    for (const body of bodies) {
      const refusal = refusalOf(() =>
        parseText(strictOf(envelopeOf(closedOrdersResultSchema)), body),
      );
      const reasons = refusal.split('; ').map((line) => line.replace(/result\.closed\.[^.]+/, '*'));
      // Every field of the description.
      const missing = new Set(reasons.map((line) => line.split(':')[0]));
      expect([...missing].toSorted((a = '', b = '') => a.localeCompare(b))).toStrictEqual([
        '*.descr.close',
        '*.descr.leverage',
        '*.descr.order',
        '*.descr.ordertype',
        '*.descr.pair',
        '*.descr.price',
        '*.descr.price2',
        '*.descr.type',
      ]);
    }
    expect(bodies).toHaveLength(3);
  });
});
