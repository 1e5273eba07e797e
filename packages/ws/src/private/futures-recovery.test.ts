import { afterEach, describe, expect, it } from 'vitest';
import { AccountHarness } from '../../test/account-harness.ts';
import {
  DerivativesDesk,
  type DerivativesProtocol,
  MARKET,
  PROTOCOLS,
  RESTING,
} from '../../test/derivatives-desk.ts';
import { createUnifiedClient } from '../unified/index.ts';
import { type FuturesOrderReader, type OrderFeed, orders } from './index.ts';

const opened: AsyncDisposable[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).toReversed()) await one[Symbol.asyncDispose]();
});

type ReaderOf = (desk: DerivativesDesk) => FuturesOrderReader;

/** REST itself, as the program of the README passes it. */
const plain: ReaderOf = ({ harness }) => harness.futures;
/** What ended more than a few seconds ago has left orders/status: only the histories know it. */
const pastOnly: ReaderOf = ({ harness: { futures } }) => ({
  ordersStatus: () => Promise.resolve({ orders: [] }),
  orderHistory: (...args) => futures.orderHistory(...args),
  triggerHistory: (...args) => futures.triggerHistory(...args),
  executionHistory: (...args) => futures.executionHistory(...args),
});

async function open(
  protocol: DerivativesProtocol,
  readerOf: ReaderOf,
): Promise<{ readonly desk: DerivativesDesk; readonly own: OrderFeed }> {
  const desk = await DerivativesDesk.open(protocol);
  opened.push(desk);
  const own = await desk.follow({ reader: readerOf(desk) });
  return { desk, own };
}

/** The client's connection is gone while this happens, and back afterwards. The trader's stays. */
async function whileDown(
  desk: DerivativesDesk,
  own: OrderFeed,
  act: () => Promise<unknown>,
): Promise<void> {
  const { harness } = desk;
  harness.sandbox.faults.inject({ kind: 'refuseUpgrade', status: 503, times: 2 });
  const connection = harness.sandbox.stats.connections.total;
  harness.sandbox.faults.inject({ kind: 'cut', connection });
  if (!(await harness.run(5000, () => own.status === 'broken', 1))) throw new Error('not cut');
  await act();
  await harness.wait(own.live());
}

const STOP = {
  ...MARKET,
  order_type: 'stop-loss',
  side: 'sell',
  triggers: { reference: 'last', price: '20000', price_type: 'static' },
} as const;

// The first of them loads everything: generous, for machines that are shared.
describe.each(PROTOCOLS)(
  'an order that ended while %s was down',
  { timeout: 120_000 },
  (protocol) => {
    it.each([
      ['just now, as orders/status says', plain],
      ['earlier, as the histories say', pastOnly],
    ])('is known to be canceled: %s', async (_, readerOf) => {
      const { desk, own } = await open(protocol, readerOf);
      const canceled = await desk.accepted(RESTING);
      const kept = await desk.accepted(RESTING);
      const stop = await desk.accepted(STOP);
      expect(await desk.harness.run(5000, () => own.open.length === 3)).toBe(true);
      await whileDown(desk, own, async () => {
        for (const order_id of [canceled, stop]) {
          expect(await desk.harness.wait(desk.trader.cancel({ order_id }))).toMatchObject({
            status: 'accepted',
          });
        }
      });
      for (const id of [canceled, stop]) {
        expect(own.get(id)).toMatchObject({
          status: 'canceled',
          isOpen: false,
          symbol: 'PF_XBTUSD',
        });
      }
      expect(own.open.map(({ orderId }) => orderId)).toStrictEqual([kept]);
      expect(own.unknown).toStrictEqual([]);
      expect(desk.statuses).toStrictEqual(['live', 'broken', 'reconciling', 'live']);
    });

    it('is known to be filled, when it came and went in between', async () => {
      const { desk, own } = await open(protocol, pastOnly);
      let taken = '';
      await whileDown(desk, own, async () => {
        taken = await desk.accepted(MARKET);
      });
      expect(own.get(taken)).toMatchObject({
        status: 'filled',
        isOpen: false,
        symbol: 'PF_XBTUSD',
        side: 'buy',
        orderType: 'market',
      });
      expect(Number(own.get(taken)?.filledQuantity)).toBe(0.02);
      expect(desk.filled).toBe('0.0200');
    });

    it('keeps the fills that it had, canceled with a part of it filled', async () => {
      const { desk, own } = await open(protocol, pastOnly);
      const { orderBook } = await desk.harness.wait(
        desk.harness.futures.orderBook({ symbol: 'PF_XBTUSD' }),
      );
      // More than stands at the best price: it takes that, and rests with what is left.
      const [price, size] = orderBook.asks[0] ?? [];
      const order_qty = (Number(size) + 0.5).toFixed(4);
      let id = '';
      await whileDown(desk, own, async () => {
        id = await desk.accepted({ ...RESTING, limit_price: String(price), order_qty });
        await desk.harness.wait(desk.trader.cancel({ order_id: id }));
      });
      expect(Number(desk.filled)).toBeGreaterThan(0);
      expect(own.get(id)).toMatchObject({ status: 'canceled', isOpen: false });
      expect(Number(own.get(id)?.filledQuantity).toFixed(4)).toBe(desk.filled);
    });

    it('tells each fill once, of more than a snapshot has', async () => {
      const { desk, own } = await open(protocol, plain);
      const small = { ...MARKET, order_qty: '0.0010' };
      let placed: string[] = [];
      await whileDown(desk, own, async () => {
        const adding = Array.from({ length: 120 }, () => desk.accepted(small));
        placed = await Promise.all(adding);
      });
      expect(desk.filled).toBe('0.1200');
      expect(new Set(desk.fills.map(({ executionId }) => executionId)).size).toBe(
        desk.fills.length,
      );
      expect(new Set(desk.fills.map(({ orderId }) => orderId))).toStrictEqual(new Set(placed));
      for (const fill of desk.fills) {
        expect(fill).toMatchObject({
          symbol: 'PF_XBTUSD',
          side: 'buy',
          liquidity: 'taker',
          isRecovered: true,
          fees: [{ asset: 'USD' }],
          clientOrderId: expect.stringMatching(/^kr-/),
        });
      }
    });

    it('is asked about again where the histories are late, and is unknown while nobody says', async () => {
      let pages = 0;
      let knownFrom = 3;
      const late: ReaderOf = (desk) => ({
        ...pastOnly(desk),
        orderHistory: async (params, options) => {
          pages += 1;
          if (pages < knownFrom) return { elements: [] };
          return desk.harness.futures.orderHistory(params, options);
        },
      });
      const { desk, own } = await open(protocol, late);
      const first = await desk.accepted(RESTING);
      expect(await desk.harness.run(5000, () => own.open.length === 1)).toBe(true);
      await whileDown(desk, own, () => desk.harness.wait(desk.trader.cancel({ order_id: first })));
      expect(own.get(first)?.status).toBe('canceled');
      expect(pages).toBe(3);

      knownFrom = Number.POSITIVE_INFINITY;
      const second = await desk.accepted(RESTING);
      expect(await desk.harness.run(5000, () => own.open.length === 1)).toBe(true);
      await whileDown(desk, own, () => desk.harness.wait(desk.trader.cancel({ order_id: second })));
      expect(own.unknown.map(({ orderId }) => orderId)).toStrictEqual([second]);
      // Long after: the next break looks as far back as this one.
      await desk.harness.run(120_000, () => false, 1000);
      knownFrom = 0;
      await whileDown(desk, own, () => Promise.resolve());
      expect(own.get(second)?.status).toBe('canceled');
      expect(own.unknown).toStrictEqual([]);
    });
  },
);

describe('trading() of derivatives', () => {
  it('finds an order whose outcome nobody said', async () => {
    const { desk } = await open('unified', plain);
    const { harness, trader } = desk;
    harness.sandbox.faults.inject({ kind: 'loseAck', method: 'add_order' });
    harness.sandbox.faults.inject({ kind: 'drop', channel: 'executions', times: 'always' });
    const outcome = await harness.wait(trader.add(RESTING));
    expect(outcome.status).toBe('unknown');
    const found = await harness.wait(trader.reconcile(outcome));
    expect(found).toMatchObject({
      status: 'found',
      order: { clientOrderId: outcome.clientOrderId, status: 'new', isOpen: true },
    });
    const none = await harness.wait(trader.reconcile({ clientOrderId: 'never' }, { attempts: 1 }));
    expect(none).toStrictEqual({ status: 'notFound', clientOrderId: 'never' });
  });
});

describe('a reader of the wrong REST', () => {
  it('is refused at once, and told which one knows', async () => {
    const harness = await AccountHarness.open();
    opened.push(harness);
    const { time, provider: tokens, unified: url } = harness;
    const client = createUnifiedClient({ url, clock: time, timers: time, tokens });
    opened.push({ [Symbol.asyncDispose]: () => harness.wait(client.close()) });
    expect(() => orders(client, { reader: harness.spot })).toThrow(
      "orders: the reader is of spot, and the client's orders are of futures. Give it one that createFuturesClient of @kr/rest makes.",
    );
    expect(() => orders(harness.client, { reader: harness.futures })).toThrow('createSpotClient');
  });
});
