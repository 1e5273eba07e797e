import { parseStrictly, routeWsMessage, strictOf, wsRequestSchema } from '@kr/schemas';
import { parseJson } from '@kr/schemas/json';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestClient } from '../client.ts';
import { ManualTime } from '../manual-time.ts';
import { openPaper, paperAccount } from '../paper.ts';
import { POLYGON } from './polygon.ts';
import { CHANNELS, REFUSED } from './spot-v2-channels.ts';
import { type Answer, ORDERS } from './spot-v2-orders.ts';
import { documentedIn, fillIn, unsaid } from './vocabulary.ts';

type Message = Record<string, unknown>;

const TIME: unknown = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
const READY = 999_999;
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

/** A connection, each message of which is what the schemas have and nothing else. */
class Line implements AsyncDisposable {
  readonly #client: TestClient;
  readonly #read: Message[] = [];
  #requests = 0;

  private constructor(client: TestClient) {
    this.#client = client;
  }

  static async open(): Promise<Line> {
    return new Line(await paper.connect());
  }

  /** The messages that came so far. */
  get received(): readonly Message[] {
    for (const text of this.#client.received.slice(this.#read.length)) {
      this.#read.push(JSON.parse(text) as Message);
      parseStrictly(routeWsMessage, text);
    }
    return this.#read;
  }

  /** All answers to a request, in their order: what was asked after it is answered by then. */
  async ask(method: string, params?: unknown): Promise<readonly Message[]> {
    this.#requests += 1;
    const id = this.#requests;
    this.#client.send({ method, params, req_id: id });
    await this.settle();
    return this.received.filter(({ req_id: own }) => own === id);
  }

  async settle(): Promise<void> {
    const id = READY + this.#requests;
    this.#client.send({ method: 'ping', req_id: id });
    await this.#client.next((text) => text.includes(`"req_id":${id},`));
  }

  /** The frames of a channel. */
  of(channel: string): readonly Message[] {
    return this.received.filter(({ channel: own }) => own === channel);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#client[Symbol.asyncDispose]();
  }
}

/** An acknowledgement to the last field. */
function acknowledgement(method: string, said: Answer & { readonly symbol?: string }): Message {
  return {
    method,
    req_id: expect.any(Number) as unknown,
    success: !('error' in said),
    ...said,
    time_in: TIME,
    time_out: TIME,
  };
}

/** Takes the best offer of both markets, which every channel tells of. */
async function trade(): Promise<void> {
  await using line = await Line.open();
  const order = { order_type: 'market', side: 'buy', token };
  for (const [symbol, quantity] of [
    ['BTC/USD', 0.001],
    ['MATIC/USD', 10],
  ] as const) {
    const said = await line.ask('add_order', { ...order, symbol, order_qty: quantity });
    expect(said).toMatchObject([{ success: true }]);
  }
}

const withToken = <T>(params: T): T => fillIn(params, { '{token}': token });
const shown = (params: object): string => JSON.stringify(params).replace(',"token":"{token}"', '');

describe('the documented subscriptions of Spot v2', () => {
  it.each(CHANNELS.map((row) => [shown(row.params), row] as const))('%s', async (_, row) => {
    await using line = await Line.open();
    const params = withToken(row.params);
    const symbols = (params['symbol'] as string[] | undefined) ?? [undefined];
    const of = (result: object): Message[] =>
      symbols.map((symbol) => ({ ...result, ...(symbol === undefined ? {} : { symbol }) }));
    expect(await line.ask('subscribe', params)).toStrictEqual(
      of(row.result).map((result) => acknowledgement('subscribe', { result })),
    );
    await trade();
    await line.settle();
    const types = line.of(params.channel).map(({ type }) => type);
    expect(types.length === 0 ? [] : [types[0], types.at(-1)]).toStrictEqual(row.tells);
    const ending = Object.fromEntries(
      Object.entries(params).filter(([name]) => TELLS_APART.has(name)),
    );
    expect(await line.ask('unsubscribe', ending)).toStrictEqual(
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
      await using line = await Line.open();
      if (after !== undefined) await line.ask('subscribe', withToken(after));
      const answer = acknowledgement(asks.method, {
        error,
        ...(symbol === undefined ? {} : { symbol }),
      });
      expect(await line.ask(asks.method, withToken(asks.params))).toStrictEqual(
        Array.from({ length: times }, () => answer),
      );
    },
  );
});

describe('the documented orders of Spot v2', () => {
  let line: Line;
  beforeAll(async () => {
    line = await Line.open();
    // Keeps the token alive, as it is advised.
    await line.ask('subscribe', { channel: 'executions', token });
  });
  afterAll(() => line[Symbol.asyncDispose]());

  it.each(ORDERS.map((row) => [row.method, shown(row.params), row] as const))(
    '%s %s',
    async (_method, _params, { method, params, given = [], answers }) => {
      await line.ask('cancel_all', { token });
      const ids: Record<string, string> = {};
      for (const [at, order] of given.entries()) {
        const [said] = await line.ask('add_order', { ...order, token });
        expect(said).toMatchObject({ success: true });
        const { order_id: id } = (said?.['result'] ?? {}) as { order_id?: string };
        ids[`{${at}}`] = id ?? '';
      }
      expect(await line.ask(method, { ...fillIn(params, ids), token })).toStrictEqual(
        answers.map((answer) => acknowledgement(method, fillIn(answer, ids))),
      );
    },
  );
});

describe('ping of Spot v2', () => {
  it('is answered by a pong without a verdict', async () => {
    await using line = await Line.open();
    expect(await line.ask('ping')).toStrictEqual([
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
