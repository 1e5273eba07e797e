import { strictOf } from '@kr/schemas';
import { parseJson } from '@kr/schemas/json';
import * as spotV1 from '@kr/schemas/spot-v1';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ManualTime } from '../manual-time.ts';
import { openPaper, paperAccount } from '../paper.ts';
import { Line, type Message } from './line.ts';
import { POLYGON } from './polygon.ts';
import { EVENTS, REFUSED, SUBSCRIPTIONS } from './spot-v1-rows.ts';
import { documentedIn, fillIn, unsaid } from './vocabulary.ts';

const REQUESTS = [
  spotV1.pingRequestSchema,
  spotV1.subscribeRequestSchema,
  spotV1.unsubscribeRequestSchema,
  spotV1.addOrderRequestSchema,
  spotV1.amendOrderRequestSchema,
  spotV1.editOrderRequestSchema,
  spotV1.cancelOrderRequestSchema,
  spotV1.cancelAllRequestSchema,
  spotV1.cancelAllOrdersAfterRequestSchema,
];

let paper: Awaited<ReturnType<typeof openPaper>>;
let token: string;

beforeAll(async () => {
  paper = await openPaper(
    [paperAccount('alice', { USD: '1000000', BTC: '10', MATIC: '10000' })],
    { source: { kind: 'synthetic', seed: 1, symbols: ['BTC/USD', POLYGON] }, idleTimeoutMs: 1e9 },
    new ManualTime(),
  );
  token = (await paper.rest[0]?.token()) ?? '';
});
afterAll(() => paper.sandbox.close());

/** A refused subscription is repeated as it was asked for, wrong values too; compared to the last field. */
const REPEATS_WRONG = /"event":"subscriptionStatus".*"status":"error"/;
const open = (): Promise<Line> =>
  Line.open(`${paper.url.replace('http', 'ws')}/`, {
    route: spotV1.routeSpotV1Message,
    id: 'reqid',
    isOpen: (text) => REPEATS_WRONG.test(text),
  });
const withToken = <T>(request: T): T => fillIn(request, { '{token}': token });
const shown = (request: object): string =>
  JSON.stringify(request).replace(',"token":"{token}"', '');

/** Arrays end with their channel and their pair, or their sequence. */
const ofChannel = (line: Line, name: string): readonly Message[] =>
  line.received.filter((message) => Array.isArray(message) && message.at(-2) === name);

/** Takes the best offer, which every channel tells of. */
async function trade(line: Line): Promise<void> {
  const order = { ordertype: 'market', type: 'buy', pair: 'XBT/USD', volume: '0.001' };
  expect(await line.ask({ event: 'addOrder', token, ...order })).toMatchObject([{ status: 'ok' }]);
}

describe('the documented subscriptions of Spot v1', () => {
  it.each(SUBSCRIPTIONS.map((row) => [shown(row.asks), row] as const))(
    '%s',
    async (_, { asks, answers, frames }) => {
      await using line = await open();
      await using other = await open();
      const request = withToken(asks);
      const wanted = (status: string): object[] =>
        answers.map((answer) => ({
          event: 'subscriptionStatus',
          reqid: expect.any(Number) as unknown,
          status,
          ...answer,
        }));
      expect(await line.ask({ event: 'subscribe', ...request })).toStrictEqual(
        wanted('subscribed'),
      );
      await trade(other);
      await line.settle();
      const names = [...new Set(answers.map(({ channelName }) => channelName))];
      expect(names.map((name) => ofChannel(line, name).length)).toStrictEqual(
        names.map((name) => frames[name] ?? 0),
      );
      const [first] = await line.ask({ event: 'unsubscribe', ...request });
      expect(first).toMatchObject({ status: 'unsubscribed', channelName: names[0] });
      await trade(other);
      await line.settle();
      expect(names.map((name) => ofChannel(line, name).length)).toStrictEqual(
        names.map((name) => frames[name] ?? 0),
      );
    },
  );
});

describe('the documented refusals of Spot v1, with the fields that they lack', () => {
  it.each(REFUSED.map((row) => [row.answer['errorMessage'], shown(row.asks), row] as const))(
    '%s: %s',
    async (_error, _asks, { asks, answer }) => {
      await using line = await open();
      expect(await line.ask(withToken(asks))).toStrictEqual([
        { reqid: expect.any(Number) as unknown, ...answer },
      ]);
    },
  );
});

describe('the documented trading events of Spot v1', () => {
  let line: Line;
  beforeAll(async () => {
    line = await open();
    await line.ask(withToken({ event: 'subscribe', subscription: { name: 'openOrders', token } }));
    await line.ask(withToken({ event: 'subscribe', subscription: { name: 'ownTrades', token } }));
  });
  afterAll(() => line[Symbol.asyncDispose]());

  it.each(EVENTS.map((row) => [shown(row.asks), row] as const))(
    '%s',
    async (_, { asks, given = [], answers }) => {
      await line.ask({ event: 'cancelAll', token });
      const ids: Record<string, string> = { '{token}': token };
      for (const [at, order] of given.entries()) {
        const [said] = await line.ask({ event: 'addOrder', token, ...order });
        expect(said).toMatchObject({ status: 'ok' });
        ids[`{${at}}`] = String(said?.['txid']);
      }
      const { event } = asks;
      expect(await line.ask(fillIn(asks, ids))).toStrictEqual(
        answers.map((answer) => ({
          event: `${String(event)}Status`,
          reqid: expect.any(Number) as unknown,
          status: 'errorMessage' in answer ? 'error' : 'ok',
          ...fillIn(answer, ids),
        })),
      );
    },
  );
});

it('ping of Spot v1 is answered by a pong', async () => {
  await using line = await open();
  expect(await line.ask({ event: 'ping' })).toStrictEqual([{ event: 'pong', reqid: 1 }]);
});

const requests = [
  { event: 'ping', reqid: 1 },
  ...SUBSCRIPTIONS.flatMap(({ asks }) => [
    { event: 'subscribe', reqid: 1, ...asks },
    { event: 'unsubscribe', reqid: 1, ...asks },
  ]),
  ...EVENTS.map(({ asks }) => ({ reqid: 1, ...asks })),
];

it('the tables have every event, parameter and listed value of Spot v1', () => {
  const documented = REQUESTS.flatMap((schema) => [...documentedIn(schema)]);
  expect(unsaid(documented, requests)).toStrictEqual([]);
});

it('the accepted requests of the tables are documented ones, to the last field', () => {
  const accepted = [
    ...SUBSCRIPTIONS.map(({ asks }) => ({ event: 'subscribe', ...asks })),
    ...EVENTS.flatMap(({ asks, answers }) =>
      answers.some((answer) => 'errorMessage' in answer) ? [] : [asks],
    ),
  ];
  const schemas: Readonly<Record<string, (typeof REQUESTS)[number] | undefined>> = spotV1 as never;
  const wrong = accepted.filter((request) => {
    const schema = schemas[`${String(request['event'])}RequestSchema`];
    return (
      schema === undefined ||
      !strictOf(schema).safeParse(parseJson(JSON.stringify(request))).success
    );
  });
  expect(wrong).toStrictEqual([]);
});
