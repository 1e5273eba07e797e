import { routeWsMessage, strictOf, wsRequestSchema } from '@kr/schemas';
import { parseJson } from '@kr/schemas/json';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ManualTime } from '../manual-time.ts';
import { openPaper, paperAccount } from '../paper.ts';
import { acknowledgement, TIME } from './acknowledgement.ts';
import { Line, type Message } from './line.ts';
import { POLYGON } from './polygon.ts';
import { CHANNELS, REFUSED } from './spot-v2-channels.ts';
import { ORDERS } from './spot-v2-orders.ts';
import { documentedIn, fillIn, unsaid } from './vocabulary.ts';

/** What of a subscription is repeated to end it. */
const TELLS_APART: ReadonlySet<string> = new Set([
  ...['channel', 'symbol', 'depth', 'interval', 'event_trigger', 'token'],
]);

let paper: Awaited<ReturnType<typeof openPaper>>;
let token: string;

beforeAll(async () => {
  const balances = { USD: '1000000', BTC: '10', MATIC: '10000' };
  paper = await openPaper(
    [paperAccount('alice', balances)],
    { source: { kind: 'synthetic', seed: 1, symbols: ['BTC/USD', POLYGON] }, idleTimeoutMs: 1e9 },
    new ManualTime(),
  );
  token = (await paper.rest[0]?.token()) ?? '';
});
afterAll(() => paper.sandbox.close());

const open = (): Promise<Line> =>
  Line.open(paper.url.replace('http', 'ws').concat('/v2'), { route: routeWsMessage, id: 'req_id' });

/** Takes the best offer of both markets, which every channel tells of. */
async function trade(): Promise<void> {
  await using line = await open();
  const order = { order_type: 'market', side: 'buy', token };
  for (const [symbol, quantity] of [
    ['BTC/USD', 0.001],
    ['MATIC/USD', 10],
  ] as const) {
    const said = await line.ask({
      method: 'add_order',
      params: { ...order, symbol, order_qty: quantity },
    });
    expect(said).toMatchObject([{ success: true }]);
  }
}

const withToken = <T>(params: T): T => fillIn(params, { '{token}': token });
const shown = (params: object): string => JSON.stringify(params).replace(',"token":"{token}"', '');

describe('the documented subscriptions of Spot v2', () => {
  it.each(CHANNELS.map((row) => [shown(row.params), row] as const))('%s', async (_, row) => {
    await using line = await open();
    const params = withToken(row.params);
    const symbols = (params['symbol'] as string[] | undefined) ?? [undefined];
    const of = (result: object): Message[] =>
      symbols.map((symbol) => ({ ...result, ...(symbol === undefined ? {} : { symbol }) }));
    expect(await line.ask({ method: 'subscribe', params: params })).toStrictEqual(
      of(row.result).map((result) => acknowledgement('subscribe', { result })),
    );
    await trade();
    await line.settle();
    const types = line.of(params.channel).map(({ type }) => type);
    expect(types.length === 0 ? [] : [types[0], types.at(-1)]).toStrictEqual(row.tells);
    const ending = Object.fromEntries(
      Object.entries(params).filter(([name]) => TELLS_APART.has(name)),
    );
    expect(await line.ask({ method: 'unsubscribe', params: ending })).toStrictEqual(
      of(row.ended).map((result) => acknowledgement('unsubscribe', { result })),
    );
    const count = line.of(params.channel).length;
    await trade();
    await line.settle();
    expect(line.of(params.channel)).toHaveLength(count);
  });
});

describe('the documented refusals of Spot v2, with the fields that they lack', () => {
  it.each(REFUSED.map((row) => [row.error, shown(row.asks), row] as const))(
    '%s: %s',
    async (_error, _asks, { asks, error, symbol, times = 1, after }) => {
      await using line = await open();
      if (after !== undefined) await line.ask({ method: 'subscribe', params: withToken(after) });
      const answer = acknowledgement(asks.method, {
        error,
        ...(symbol === undefined ? {} : { symbol }),
      });
      expect(await line.ask(withToken(asks))).toStrictEqual(
        Array.from({ length: times }, () => answer),
      );
    },
  );
});

describe('the documented orders of Spot v2', () => {
  let line: Line;
  beforeAll(async () => {
    line = await open();
    // Keeps the token alive, as it is advised.
    await line.ask({ method: 'subscribe', params: { channel: 'executions', token } });
  });
  afterAll(() => line[Symbol.asyncDispose]());

  it.each(ORDERS.map((row) => [row.method, shown(row.params), row] as const))(
    '%s %s',
    async (_method, _params, { method, params, given = [], answers }) => {
      await line.ask({ method: 'cancel_all', params: { token } });
      const ids: Record<string, string> = {};
      for (const [at, order] of given.entries()) {
        const [said] = await line.ask({ method: 'add_order', params: { ...order, token } });
        expect(said).toMatchObject({ success: true });
        const { order_id: id } = (said?.['result'] ?? {}) as { order_id?: string };
        ids[`{${at}}`] = id ?? '';
      }
      expect(await line.ask({ method, params: { ...fillIn(params, ids), token } })).toStrictEqual(
        answers.map((answer) => acknowledgement(method, fillIn(answer, ids))),
      );
    },
  );
});

describe('ping of Spot v2', () => {
  it('is answered by a pong without a verdict', async () => {
    await using line = await open();
    expect(await line.ask({ method: 'ping' })).toStrictEqual([
      { method: 'pong', req_id: 1, time_in: TIME, time_out: TIME },
    ]);
  });
});

it('the tables have every method, channel, parameter and listed value of Spot v2', () => {
  const requests = [
    { method: 'ping', req_id: 1 },
    ...CHANNELS.flatMap(({ params }) => [
      { method: 'subscribe', params, req_id: 1 },
      { method: 'unsubscribe', params, req_id: 1 },
    ]),
    ...ORDERS.map(({ method, params }) => ({
      method,
      params: { ...params, token: '' },
      req_id: 1,
    })),
  ];
  expect(unsaid(documentedIn(wsRequestSchema), requests)).toStrictEqual([]);
});

it('the accepted requests of the tables are documented ones, to the last field', () => {
  const accepted = ORDERS.filter(({ answers }) => answers.every((answer) => !('error' in answer)));
  const wrong = accepted.flatMap(({ method, params }) => {
    const value = parseJson(JSON.stringify({ method, params: { ...params, token: '' } }));
    const { error } = strictOf(wsRequestSchema).safeParse(value);
    return error === undefined ? [] : [[method, params, error.message]];
  });
  expect(wrong).toStrictEqual([]);
});
