import { routeUwsMessage, uwsRequestSchema } from '@kr/schemas/uws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { futuresAccount } from '../futures-client.ts';
import { ManualTime } from '../manual-time.ts';
import { openPaper, paperAccount } from '../paper.ts';
import { acknowledgement } from './acknowledgement.ts';
import { Line } from './line.ts';
import { CHANNELS, NOT_SPOKEN, ORDERS, REFUSED } from './unified-rows.ts';
import { documentedIn, fillIn, unsaid } from './vocabulary.ts';

const CLASS = { asset_class: 'derivatives' };
/** Their fields have no public table. */
const UNTABLED = /"channel":"(?:margin|ledgers)","type"/;

let paper: Awaited<ReturnType<typeof openPaper>>;
let token: string;

beforeAll(async () => {
  const account = { ...paperAccount('alice'), futures: futuresAccount('alice') };
  paper = await openPaper([account], { idleTimeoutMs: 1e9 }, new ManualTime());
  token = (await paper.rest[0]?.token()) ?? '';
});
afterAll(() => paper.sandbox.close());

const open = (side: 'private' | 'public'): Promise<Line> =>
  Line.open(`${paper.url.replace('http', 'ws')}/v2/${side}`, {
    route: routeUwsMessage,
    id: 'req_id',
    isOpen: (text) => UNTABLED.test(text),
  });
const withToken = <T>(request: T): T => fillIn(request, { '{token}': token });
const shown = (request: object): string =>
  JSON.stringify(request).replace(',"token":"{token}"', '');

/** Buys the least, which every channel of the contract and of the account tells of. */
async function trade(): Promise<void> {
  await using line = await open('private');
  const order = { order_type: 'market', side: 'buy', symbol: 'PF_XBTUSD', order_qty: 0.0001 };
  const said = await line.ask({ method: 'add_order', params: { ...CLASS, ...order, token } });
  expect(said).toMatchObject([{ success: true }]);
}

describe('the documented subscriptions of the Unified sockets', () => {
  it.each(CHANNELS.map((row) => [`${row.side} ${shown(row.params)}`, row] as const))(
    '%s',
    async (_, { side, params, result, tells }) => {
      await using line = await open(side);
      const own = withToken(params);
      expect(await line.ask({ method: 'subscribe', params: own })).toStrictEqual([
        acknowledgement('subscribe', { result }),
      ]);
      await trade();
      await line.settle();
      const types = line.of(params.channel).map(({ type }) => type);
      expect(types.length === 0 ? [] : [types[0], types.at(-1)]).toStrictEqual(tells);
      const [ended] = await line.ask({ method: 'unsubscribe', params: own });
      expect(ended).toMatchObject({ success: true, result: { channel: params.channel } });
      await trade();
      await line.settle();
      expect(line.of(params.channel)).toHaveLength(types.length);
    },
  );
});

describe('the documented refusals of the Unified sockets, with the fields that they lack', () => {
  const rows = [...REFUSED, ...NOT_SPOKEN];
  it.each(rows.map((row) => [row.error, `${row.side} ${shown(row.asks)}`, row] as const))(
    '%s: %s',
    async (_error, _asks, { side, asks, error, symbol, after }) => {
      await using line = await open(side);
      if (after !== undefined) await line.ask(withToken(after));
      const more = symbol === undefined ? {} : { symbol };
      expect(await line.ask(withToken(asks))).toStrictEqual([
        acknowledgement(asks['method'], { error, ...more }),
      ]);
    },
  );
});

describe('the documented orders of the Unified sockets', () => {
  let line: Line;
  beforeAll(async () => {
    line = await open('private');
    await line.ask({ method: 'subscribe', params: { channel: 'executions', ...CLASS, token } });
  });
  afterAll(() => line[Symbol.asyncDispose]());

  it.each(ORDERS.map((row) => [row.method, shown(row.params), row] as const))(
    '%s %s',
    async (_method, _params, { method, params, given = [], answers }) => {
      await line.ask({ method: 'cancel_all', params: { ...CLASS, token } });
      const ids: Record<string, string> = {};
      for (const [at, order] of given.entries()) {
        const [said] = await line.ask({
          method: 'add_order',
          params: { ...CLASS, ...order, token },
        });
        expect(said).toMatchObject({ success: true });
        const { order_id: id } = (said?.['result'] ?? {}) as { order_id?: string };
        ids[`{${at}}`] = id ?? '';
      }
      const request = { method, params: { ...CLASS, ...fillIn(params, ids), token } };
      expect(await line.ask(request)).toStrictEqual(
        answers.map((answer) => acknowledgement(method, fillIn(answer, ids))),
      );
    },
  );
});

it('the tables have every method, channel, parameter and listed value of the Unified sockets', () => {
  const requests = [
    { method: 'ping', req_id: 1 },
    ...CHANNELS.flatMap(({ params }) => [
      { method: 'subscribe', params, req_id: 1 },
      { method: 'unsubscribe', params, req_id: 1 },
    ]),
    ...NOT_SPOKEN.flatMap(({ asks }) => [asks, { ...asks, method: 'unsubscribe' }]),
    ...ORDERS.map(({ method, params }) => ({
      method,
      params: { ...CLASS, ...params, token: '' },
      req_id: 1,
    })),
  ];
  expect(unsaid(documentedIn(uwsRequestSchema), requests)).toStrictEqual([]);
});
