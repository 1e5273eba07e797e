import { createCredentials, createFuturesSigner } from '@kr/auth';
import {
  challengeRequestSchema,
  pingRequestSchema,
  privateFeeds,
  publicFeeds,
  routeFuturesMessage,
  subscribeRequestSchema,
  unsubscribeRequestSchema,
} from '@kr/schemas/futures-ws';
import { routeUwsMessage } from '@kr/schemas/uws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { futuresAccount } from '../futures-client.ts';
import { ManualTime } from '../manual-time.ts';
import { openPaper, paperAccount } from '../paper.ts';
import { Line, type Message } from './line.ts';
import { documentedIn, unsaid } from './vocabulary.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A feed, and the feeds of what comes when the account trades; a product's own is its snapshot. */
interface FeedRow {
  readonly feed: string;
  readonly products?: readonly string[];
  /** The first and the last frame. */
  readonly tells: readonly string[];
}

const PRODUCT = ['PF_XBTUSD'];
const snapshotOf = (feed: string): readonly string[] => [`${feed}_snapshot`, feed];

/** https://docs.kraken.com/api/docs/futures-api/websocket/ticker and its neighbours. */
const FEEDS: readonly FeedRow[] = [
  { feed: 'heartbeat', tells: ['heartbeat', 'heartbeat'] },
  { feed: 'ticker', products: PRODUCT, tells: ['ticker', 'ticker'] },
  { feed: 'ticker_lite', products: PRODUCT, tells: ['ticker_lite', 'ticker_lite'] },
  { feed: 'trade', products: PRODUCT, tells: snapshotOf('trade') },
  { feed: 'book', products: PRODUCT, tells: snapshotOf('book') },
  { feed: 'fills', tells: snapshotOf('fills') },
  { feed: 'fills', products: PRODUCT, tells: snapshotOf('fills') },
  { feed: 'open_orders', tells: snapshotOf('open_orders') },
  { feed: 'open_orders_verbose', tells: snapshotOf('open_orders_verbose') },
  { feed: 'open_positions', tells: ['open_positions', 'open_positions'] },
  { feed: 'balances', tells: snapshotOf('balances') },
  { feed: 'account_log', tells: snapshotOf('account_log') },
  { feed: 'notifications_auth', tells: ['notifications_auth', 'notifications_auth'] },
];
const isPrivate = (feed: string): boolean => (privateFeeds as readonly string[]).includes(feed);

interface RefusedRow {
  readonly asks: unknown;
  readonly answer: Fields;
}

const AUTH = 'Failed to subscribe to authenticated feed';
const error = (message: string): Fields => ({ event: 'error', message });
const alert = (message: string): Fields => ({ event: 'alert', message });
const subscribe = (fields: Fields): Fields => ({ event: 'subscribe', ...fields });

const REFUSED: readonly RefusedRow[] = [
  { asks: '{"event":', answer: error('Json Error') },
  { asks: subscribe({ feed: 'weather', product_ids: PRODUCT }), answer: error('Invalid feed') },
  {
    asks: subscribe({ feed: 'book', product_ids: ['PF_NOPE'] }),
    answer: error('Invalid product id'),
  },
  { asks: subscribe({ feed: 'book' }), answer: error('Invalid product id') },
  { asks: subscribe({ feed: 'fills' }), answer: alert(AUTH) },
  {
    asks: subscribe({
      ...{ feed: 'fills', api_key: 'none', original_challenge: 'x' },
      signed_challenge: 'y',
    }),
    answer: alert(AUTH),
  },
  { asks: { event: 'challenge', api_key: 'none' }, answer: alert(AUTH) },
  {
    asks: { event: 'unsubscribe', feed: 'book', product_ids: PRODUCT },
    answer: { event: 'unsubscribed_failed', feed: 'book', product_ids: PRODUCT },
  },
];

const time = new ManualTime();
const account = futuresAccount('alice');
let paper: Awaited<ReturnType<typeof openPaper>>;
let trader: Line;
let token: string;

beforeAll(async () => {
  const owner = { ...paperAccount('alice'), futures: account };
  paper = await openPaper([owner], { idleTimeoutMs: 1e9 }, time);
  token = (await paper.rest[0]?.token()) ?? '';
  // The v1 socket takes no orders: the Unified one does.
  trader = await Line.open(`${paper.url.replace('http', 'ws')}/v2/private`, {
    route: routeUwsMessage,
    id: 'req_id',
  });
  const executions = { channel: 'executions', asset_class: 'derivatives', token };
  await trader.ask({ method: 'subscribe', params: executions });
});
afterAll(async () => {
  await trader[Symbol.asyncDispose]();
  await paper.sandbox.close();
});

async function open(): Promise<Line> {
  const url = `${paper.url.replace('http', 'ws')}/ws/v1`;
  const line = await Line.open(url, { route: routeFuturesMessage });
  await line.settle();
  return line;
}

/** What private feeds carry, signed for this connection. */
async function credentialsFor(line: Line): Promise<Fields> {
  const { key, secret } = account;
  const [said] = await line.tell({ event: 'challenge', api_key: key });
  const challenge = String(said?.['message']);
  const credentials = createCredentials({ key, secret, venue: 'futures', environment: 'sandbox' });
  return {
    api_key: key,
    original_challenge: challenge,
    signed_challenge: await createFuturesSigner({ credentials }).signChallenge(challenge),
  };
}

/** Buys at once, leaves an order open, and lets two seconds pass: tickers are throttled. */
async function trade(): Promise<void> {
  const own = { side: 'buy', symbol: 'PF_XBTUSD', asset_class: 'derivatives', token };
  for (const order of [
    { order_type: 'market', order_qty: 0.0001 },
    { order_type: 'limit', order_qty: 0.0001, limit_price: 50_000 },
  ]) {
    const said = await trader.ask({ method: 'add_order', params: { ...own, ...order } });
    expect(said).toMatchObject([{ success: true }]);
  }
  time.advance(2_000);
  paper.sandbox.setStatus('online');
}

const framesOf = (line: Line, feed: string): readonly unknown[] =>
  line.received.flatMap((message: Message) => {
    const own = String(message['feed']);
    return 'event' in message || own.replace(/_snapshot$/, '') !== feed ? [] : [own];
  });

describe('the documented feeds of the futures v1 socket', () => {
  it.each(FEEDS.map((row) => [`${row.feed} ${(row.products ?? []).join()}`, row] as const))(
    '%s',
    async (_, { feed, products, tells }) => {
      await using line = await open();
      const auth = isPrivate(feed) ? await credentialsFor(line) : {};
      const own = products === undefined ? { feed } : { feed, product_ids: products };
      const [said] = await line.tell({ event: 'subscribe', ...own, ...auth });
      expect(said).toStrictEqual({ event: 'subscribed', ...own });
      await trade();
      await line.settle();
      const frames = framesOf(line, feed);
      expect([frames[0], frames.at(-1)]).toStrictEqual(tells);
      const again = await line.tell({ event: 'subscribe', ...own, ...auth });
      expect(again.slice(0, 2)).toStrictEqual([
        alert('Already subscribed to feed, re-requesting'),
        { event: 'subscribed', ...own },
      ]);
      expect(await line.tell({ event: 'unsubscribe', ...own, ...auth })).toStrictEqual([
        { event: 'unsubscribed', ...own },
      ]);
      const count = framesOf(line, feed).length;
      await trade();
      await line.settle();
      expect(framesOf(line, feed)).toHaveLength(count);
    },
  );
});

describe('the documented refusals of the futures v1 socket', () => {
  it.each(REFUSED.map((row) => [JSON.stringify(row.asks), row] as const))(
    '%s',
    async (_, { asks, answer }) => {
      await using line = await open();
      expect(await line.tell(asks)).toStrictEqual([answer]);
    },
  );
});

it('the futures v1 socket says its version first, and gives a challenge', async () => {
  await using line = await open();
  expect(line.received[0]).toStrictEqual({ event: 'info', version: 1 });
  expect(await line.tell({ event: 'challenge', api_key: account.key })).toStrictEqual([
    {
      event: 'challenge',
      message: expect.stringMatching(/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/) as unknown,
    },
  ]);
});

it('the tables have every event, feed and parameter of the futures v1 socket', () => {
  const auth = { api_key: '', original_challenge: '', signed_challenge: '' };
  const requests = [
    { event: 'ping' },
    { event: 'challenge', api_key: '' },
    ...FEEDS.flatMap(({ feed, products }) =>
      ['subscribe', 'unsubscribe'].map((event) => ({
        ...{ event, feed, ...(isPrivate(feed) ? auth : {}) },
        ...(products === undefined ? {} : { product_ids: products }),
      })),
    ),
  ];
  const schemas = [
    pingRequestSchema,
    challengeRequestSchema,
    subscribeRequestSchema,
    unsubscribeRequestSchema,
  ];
  const documented = schemas.flatMap((schema) => [...documentedIn(schema)]);
  expect(unsaid(documented, requests)).toStrictEqual([]);
  expect(FEEDS.map(({ feed }) => feed)).toEqual(
    expect.arrayContaining([...publicFeeds, ...privateFeeds]),
  );
});
