import { L2Book } from '@kr/orderbook';
import { parseStrictly } from '@kr/schemas';
import { parseUwsMessage, routeUwsMessage } from '@kr/schemas/uws';
import { afterEach, describe, expect, it } from 'vitest';
import { TestClient } from '../../test/client.ts';
import { futuresAccount } from '../../test/futures-client.ts';
import { ManualTime } from '../../test/manual-time.ts';
import { openPaper, paperAccount } from '../../test/paper.ts';
import { ReferenceBook } from '../../test/reference-book.ts';
import type { Sandbox } from '../sandbox-types.ts';

const opened: Sandbox[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((sandbox) => sandbox.close()));
});

/** Their fields have no public table: read openly. */
const UNTABLED = /"channel":"(?:margin|ledgers)","type"/;

function check(text: string): string {
  if (UNTABLED.test(text)) parseUwsMessage(text);
  else parseStrictly(routeUwsMessage, text);
  return text;
}

type Ask = (method: string, params?: object) => Promise<Record<string, unknown>>;

const asker =
  (client: TestClient, more: object): Ask =>
  async (method, params = {}) => {
    client.send({ method, params: { ...more, ...params }, req_id: 7 });
    return JSON.parse(check(await client.nextAnswer())) as Record<string, unknown>;
  };

async function open(): Promise<{
  readonly time: ManualTime;
  readonly sandbox: Sandbox;
  readonly publicClient: TestClient;
  readonly privateClient: TestClient;
  readonly token: string;
  readonly askPublic: Ask;
  readonly ask: Ask;
  /** All messages of a private channel until now. */
  readonly told: (channel: string) => Promise<Record<string, unknown>[]>;
}> {
  const time = new ManualTime();
  const account = { ...paperAccount('alice'), futures: futuresAccount('alice') };
  const { sandbox, rest, url } = await openPaper(
    [account, paperAccount('bob')],
    { idleTimeoutMs: 1e9 },
    time,
  );
  opened.push(sandbox);
  const token = (await rest[0]?.token()) ?? '';
  const base = url.replace('http', 'ws');
  const publicClient = await TestClient.connect(`${base}/v2/public`);
  const privateClient = await TestClient.connect(`${base}/v2/private`);
  return {
    time,
    sandbox,
    publicClient,
    privateClient,
    token,
    askPublic: asker(publicClient, { asset_class: 'derivatives' }),
    ask: asker(privateClient, { asset_class: 'derivatives', token }),
    told: async (channel) => {
      privateClient.send({ method: 'ping', req_id: 99 });
      await privateClient.next((text) => text.includes('"req_id":99'));
      return privateClient.received
        .map((text) => JSON.parse(check(text)) as Record<string, unknown>)
        .filter((frame) => frame['channel'] === channel);
    },
  };
}

const BUY = {
  order_type: 'market',
  side: 'buy',
  symbol: 'PF_XBTUSD',
  order_qty: 0.01,
} as const;
const LIMIT = { ...BUY, order_type: 'limit', limit_price: 50_000 } as const;
const idOf = (ack: Record<string, unknown>): string =>
  (ack['result'] as { order_id: string }).order_id;
const UUID = /^[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

describe('the public Unified socket', () => {
  it('tells books of contracts whose checksums are right, for the engine and for an independent one', async () => {
    const { publicClient, askPublic, time } = await open();
    const symbols = ['PF_XBTUSD', 'PF_ETHUSD', 'PI_XBTUSD'];
    const books = new Map<string, { engine: L2Book; reference: ReferenceBook }>();
    for (const [at, symbol] of symbols.entries()) {
      const depth = [10, 25, 100][at] ?? 10;
      const params = { channel: 'book', symbol: [symbol], depth };
      expect(await askPublic('subscribe', params)).toMatchObject({
        success: true,
        result: { channel: 'book', depth, symbol },
      });
      books.set(symbol, {
        engine: new L2Book({ symbol, depth }),
        reference: new ReferenceBook(depth),
      });
    }
    time.advance(20_000);
    publicClient.send({ method: 'ping', req_id: 99 });
    await publicClient.next((text) => text.includes('"req_id":99'));
    let verified = 0;
    for (const text of publicClient.received) {
      const [, symbol = ''] = /^\{"channel":"book".*"symbol":"(\w+)"/.exec(check(text)) ?? [];
      const book = books.get(symbol);
      if (book === undefined) continue;
      expect(book.engine.apply(text)).toBe('verified');
      expect(book.reference.apply(text)).toBe(true);
      verified += 1;
    }
    expect(verified).toBeGreaterThan(200);
  });

  it('tells tickers, trades, candles and contracts with their tick sizes', async () => {
    const { publicClient, askPublic, time } = await open();
    const symbol = ['PI_XBTUSD'];
    for (const channel of ['ticker', 'trade', 'ohlc']) {
      expect(await askPublic('subscribe', { channel, symbol })).toMatchObject({ success: true });
    }
    expect(await askPublic('subscribe', { channel: 'instrument' })).toMatchObject({
      success: true,
    });
    const { data } = JSON.parse(check(await publicClient.nextOf('instrument'))) as {
      data: { assets: { id: string }[]; pairs: Record<string, unknown>[] };
    };
    expect(data.assets.map(({ id }) => id)).toEqual(['XBT', 'USD', 'ETH', 'SOL']);
    expect(data.pairs.find((pair) => pair['symbol'] === 'PI_XBTUSD')).toMatchObject({
      price_increment: 0.5,
      qty_increment: 1,
      qty_min: 1,
    });
    time.advance(60_000);
    for (const channel of ['ticker', 'trade', 'ohlc']) {
      const frame = await publicClient.next((text) =>
        text.startsWith(`{"channel":"${channel}","type":"update"`),
      );
      check(frame);
    }
  });

  it('refuses other classes, unknown contracts and what is private', async () => {
    const { askPublic, publicClient } = await open();
    const book = { channel: 'book', symbol: ['PF_XBTUSD'] };
    const errorOf = async (params: object, method = 'subscribe'): Promise<unknown> =>
      (await askPublic(method, params))['error'];
    expect(await errorOf({ ...book, asset_class: 'spot' })).toBe('Asset class not supported spot');
    expect(await errorOf({ ...book, asset_class: undefined })).toBe('Asset_class(s) not found');
    expect(await errorOf({ ...book, symbol: ['BTC/USD'] })).toContain('BTC/USD');
    expect(await errorOf({ ...book, symbol: ['PF_NOPE'] })).toBe(
      'Currency pair not supported PF_NOPE',
    );
    expect(await errorOf({ channel: 'ohlc', symbol: ['PF_XBTUSD'], tick_type: 'mark' })).toBe(
      'Subscription ohlc tick_type not supported',
    );
    expect(await errorOf({ channel: 'executions', token: 'x' })).toBe('Subscription name invalid');
    expect(await errorOf({ channel: 'level3', symbol: ['PF_XBTUSD'], token: 'x' })).toBe(
      'Subscription name invalid',
    );
    expect(await errorOf(LIMIT, 'add_order')).toBe('Unsupported event');
    publicClient.send('{"method":');
    expect(JSON.parse(await publicClient.nextAnswer())).toMatchObject({
      error: 'Malformed request',
    });
  });
});

describe('the private Unified socket', () => {
  it('places, amends and cancels orders whose ids are UUIDs', async () => {
    const { ask, told } = await open();
    await ask('subscribe', { channel: 'executions' });
    const id = idOf(await ask('add_order', { ...LIMIT, cl_ord_id: 'mine' }));
    expect(id).toMatch(UUID);
    expect(await ask('amend_order', { cl_ord_id: 'mine', limit_price: 50_100 })).toMatchObject({
      success: true,
      result: { amend_id: '', cl_ord_id: 'mine' },
    });
    expect(await ask('cancel_order', { order_id: [id], cl_ord_id: ['mine'] })).toMatchObject({
      success: false,
    });
    expect(await ask('cancel_order', { order_id: [id] })).toMatchObject({ success: true });
    await ask('add_order', LIMIT);
    expect(await ask('cancel_all')).toMatchObject({ success: true, result: { count: 1 } });
    expect(await ask('cancel_all_orders_after', { timeout: 60 })).toMatchObject({ success: true });
    const [snapshot, placed, amended, canceled] = await told('executions');
    expect(snapshot).toMatchObject({ type: 'snapshot', data: [], sequence: 1 });
    expect(placed).toMatchObject({
      data: [{ exec_type: 'new', order_status: 'new', order_id: id, limit_price: 50_000 }],
      sequence: 2,
    });
    expect(amended).toMatchObject({ data: [{ exec_type: 'amended', limit_price: 50_100 }] });
    expect(canceled).toMatchObject({ data: [{ exec_type: 'canceled', cl_ord_id: 'mine' }] });
  });

  it('tells a fill in every channel: executions, positions, margin and ledgers', async () => {
    const { ask, told } = await open();
    for (const channel of ['executions', 'positions', 'margin']) {
      expect(await ask('subscribe', { channel })).toMatchObject({ success: true });
    }
    for (const channel of ['ledgers', 'balances']) {
      const params = { channel, asset_class: undefined };
      expect(await ask('subscribe', params)).toMatchObject({ success: true });
    }
    await ask('add_order', { ...BUY, order_qty: 0.001 });
    const [flat, held] = await told('positions');
    expect(flat).toMatchObject({ type: 'snapshot', data: { futures: [], options: [] } });
    expect(held).toMatchObject({ data: { futures: [{ symbol: 'PF_XBTUSD', size: 0.001 }] } });
    const margins = await told('margin');
    expect(margins.slice(0, 2).map(({ type }) => type)).toEqual([
      'multi_collateral',
      'single_collateral',
    ]);
    const before = margins[0]?.['data'] as Record<string, number>;
    const after = margins.at(-1)?.['data'] as Record<string, number>;
    expect(after['initial_margin']).toBeGreaterThan(before['initial_margin'] ?? 0);
    const [ledger] = await told('ledgers');
    expect(ledger).toMatchObject({
      type: 'update',
      sequence: 1,
      data: [
        { asset_class: 'derivatives', asset: 'pf_xbtusd', new_balance: 0.001 },
        { asset_class: 'derivatives', asset: 'usd', info: 'futures trade' },
      ],
    });
    expect(await told('balances')).toHaveLength(1);
  });

  it('closes a position: its size is 0, and no sequence has a hole', async () => {
    const { ask, told } = await open();
    await ask('subscribe', { channel: 'executions' });
    await ask('subscribe', { channel: 'positions' });
    await ask('subscribe', { channel: 'ledgers', asset_class: undefined });
    await ask('add_order', BUY);
    await ask('add_order', { ...BUY, side: 'sell', reduce_only: true });
    expect((await told('positions')).at(-1)?.['data']).toMatchObject({
      futures: [{ symbol: 'PF_XBTUSD', size: 0, entry_price: 0 }],
    });
    for (const channel of ['executions', 'ledgers']) {
      const sequences = (await told(channel)).map((frame) => frame['sequence']);
      expect(sequences.length).toBeGreaterThan(1);
      expect(sequences).toEqual(sequences.map((_, at) => at + 1));
    }
    const types = (await told('executions')).flatMap(({ data }) =>
      (data as { exec_type: string }[]).map(({ exec_type: type }) => type),
    );
    expect(new Set(types)).toEqual(new Set(['new', 'trade', 'filled']));
  });

  it('refuses what its pages say it refuses', async () => {
    const { ask, sandbox } = await open();
    const errorOf = async (params: object, method = 'subscribe'): Promise<unknown> =>
      (await ask(method, params))['error'];
    expect(await errorOf({ channel: 'margin', snapshot: true })).toBe(
      "'params.snapshot' is not valid for the margin channel",
    );
    expect(await errorOf({ channel: 'ledgers' })).toBe(
      "'params.asset_class' is not valid for the ledgers channel",
    );
    await ask('subscribe', { channel: 'positions' });
    expect(await errorOf({ channel: 'positions' })).toBe('Already subscribed to positions channel');
    expect(await errorOf({ channel: 'ticker', symbol: ['PF_XBTUSD'] })).toBe(
      'Subscription name invalid',
    );
    expect(await errorOf({ channel: 'executions', token: 'no' })).toBe('ESession:Invalid session');
    expect(
      await errorOf({ ...LIMIT, order_type: 'iceberg', display_qty: 1 }, 'add_order'),
    ).toContain('display_qty');
    expect(await errorOf({ ...LIMIT, order_type: 'settle-position' }, 'add_order')).toContain(
      'order_type',
    );
    expect(await errorOf({ ...LIMIT, asset_class: 'spot' }, 'add_order')).toBe(
      'Asset class not supported spot',
    );
    expect(await errorOf({ ...LIMIT, order_qty: 1_000 }, 'add_order')).toBe(
      'EOrder:Insufficient funds',
    );
    expect(await errorOf({ ...LIMIT, limit_price: 50_000.5 }, 'add_order')).toBe(
      'EOrder:Tick size check failed',
    );
    expect(await errorOf({}, 'batch_add')).toBe('Unsupported event');
    expect(sandbox.stats.subscriptions).toBe(1);
  });

  it('has nothing for an account without a futures side', async () => {
    const time = new ManualTime();
    const { sandbox, rest, url } = await openPaper([paperAccount('bob')], {}, time);
    opened.push(sandbox);
    const token = await rest[0]?.token();
    const client = await TestClient.connect(`${url.replace('http', 'ws')}/v2/private`);
    const params = { channel: 'positions', asset_class: 'derivatives', token };
    client.send({ method: 'subscribe', params });
    expect(JSON.parse(await client.nextAnswer())).toMatchObject({
      error: 'EGeneral:Permission denied',
    });
  });
});

describe('faults on the Unified sockets', () => {
  it('corrupt a checksum, and refuse a token', async () => {
    const { sandbox, publicClient, askPublic, ask, time } = await open();
    sandbox.faults.inject({ kind: 'corruptChecksum', symbol: 'PF_XBTUSD', after: { frames: 3 } });
    await askPublic('subscribe', { channel: 'book', symbol: ['PF_XBTUSD'] });
    time.advance(3_000);
    publicClient.send({ method: 'ping', req_id: 99 });
    await publicClient.next((text) => text.includes('"req_id":99'));
    const book = new L2Book({ symbol: 'PF_XBTUSD', depth: 10 });
    const verdicts = publicClient.received
      .filter((text) => text.startsWith('{"channel":"book"'))
      .map((text) => book.apply(text));
    expect(verdicts.slice(0, 4)).toEqual(['verified', 'verified', 'verified', 'mismatch']);
    sandbox.faults.inject({ kind: 'expiredToken' });
    expect(await ask('subscribe', { channel: 'positions' })).toMatchObject({
      success: false,
      error: 'EAPI:Invalid token',
    });
    expect(await ask('subscribe', { channel: 'positions' })).toMatchObject({ success: true });
    expect(sandbox.stats.faults).toBe(2);
  });

  it('lose an order’s answer: its executions tell', async () => {
    const { sandbox, ask, told, privateClient, token } = await open();
    await ask('subscribe', { channel: 'executions' });
    sandbox.faults.inject({ kind: 'loseAck', method: 'add_order' });
    const params = { ...LIMIT, asset_class: 'derivatives', token, cl_ord_id: 'mine' };
    privateClient.send({ method: 'add_order', params, req_id: 11 });
    expect((await told('executions')).at(-1)).toMatchObject({
      data: [{ exec_type: 'new', cl_ord_id: 'mine' }],
    });
    expect(privateClient.received.some((text) => text.includes('"req_id":11,'))).toBe(false);
  });
});
