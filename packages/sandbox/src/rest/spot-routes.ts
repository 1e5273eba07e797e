import type { Clock } from '@kr/schemas/shared';
import type { NonceState } from './key-ring.ts';
import { textOf, type WireParams } from './request-params.ts';
import type { RestCounters } from './rest-counters.ts';
import type { SandboxOrder, SandboxRow, SpotAccount } from './spot-account.ts';
import { describeOrder, orderBody } from './spot-order-body.ts';
import { pairBody } from './spot-public.ts';
import { SpotRefusal } from './spot-refusal.ts';

/** What a handler works with. */
interface SpotContext {
  readonly account: SpotAccount;
  readonly params: WireParams;
  readonly key: string;
  readonly counters: RestCounters;
  readonly clock: Clock;
  readonly nonces: NonceState;
}

type Handler = (context: SpotContext) => unknown;

const PAGE = 50;

/** The private endpoints that this sandbox answers, by name. */
export const spotRoutes: Readonly<Record<string, Handler>> = {
  Balance: () => ({ ZUSD: '100000.0000', XXBT: '10.0000000000' }),
  GetWebSocketsToken: () => ({ token: 'sandbox-token-0123456789', expires: 900 }),
  GetApiKeyInfo: ({ key, nonces }) => ({
    apiKeyName: 'sandbox',
    apiKey: key,
    nonce: String(nonces.highest),
    nonceWindow: nonces.window,
    permissions: ['query-funds', 'query-open-trades', 'query-closed-trades', 'modify-trades'],
    iban: 'AA00 N84G WKOX 4NDA',
    validUntil: '0',
    queryFrom: '0',
    queryTo: '0',
    createdTime: '1700000000',
    modifiedTime: '1700000000',
    ipAllowlist: [],
    lastUsed: null,
  }),
  OpenOrders: ({ account, params }) => ({
    open: byId(account, params, ({ status }) => status === 'open'),
  }),
  ClosedOrders: ({ account, params }) => {
    const rows = Object.entries(
      byId(account, params, ({ status }) => status !== 'open'),
    ).toReversed();
    const offset = Number(params['ofs'] ?? 0);
    return { closed: Object.fromEntries(rows.slice(offset, offset + PAGE)), count: rows.length };
  },
  QueryOrders: ({ account, params }) =>
    Object.fromEntries(
      idsOf(params['txid']).flatMap((id) => {
        const order = account.orders.get(id);
        return order === undefined ? [] : [[id, orderBody(order)]];
      }),
    ),
  TradesHistory: ({ account, params }) => page('trades', account.trades, params),
  Ledgers: ({ account, params }) => page('ledger', account.ledger, params),
  AddOrder: ({ account, params, counters, key }) => {
    const refusal = refuseOrder(params);
    const pair = textOf(params['pair']) ?? '';
    const limited = counters.chargeOrder(key, pair, 'AddOrder', 1);
    if (limited !== undefined) return new SpotRefusal(limited);
    if (refusal !== undefined) return new SpotRefusal(refusal);
    if (String(params['validate']) === 'true') return { descr: { order: 'validated' } };
    const order = account.place(params);
    return { descr: { order: describeOrder(order) }, txid: [order.txid] };
  },
  AddOrderBatch: ({ account, params, counters, key }) => {
    const pair = textOf(params['pair']) ?? '';
    const rows = params['orders'] as readonly WireParams[];
    const limited = counters.chargeOrder(key, pair, 'AddOrderBatch', rows.length);
    if (limited !== undefined) return new SpotRefusal(limited);
    return {
      orders: rows.map((row) => {
        const refusal = refuseOrder({ ...row, pair });
        if (refusal !== undefined) return { descr: { order: '' }, error: refusal };
        const order = account.place({ ...row, pair });
        return { descr: { order: describeOrder(order) }, txid: order.txid };
      }),
    };
  },
  AmendOrder: (context) =>
    withOrder(context, 'AmendOrder', (order) => {
      order.volume = textOf(context.params['order_qty']) ?? order.volume;
      order.changedNs = context.clock.monotonicNs();
      return { amend_id: 'TTW6PD-RC36L-ZZSWNU' };
    }),
  CancelOrder: (context) =>
    withOrder(context, 'CancelOrder', (order) => {
      context.account.cancel(order);
      return { count: 1 };
    }),
  CancelAll: ({ account }) => {
    const open = [...account.orders.values()].filter(({ status }) => status === 'open');
    for (const order of open) account.cancel(order);
    return { count: open.length };
  },
  CancelAllOrdersAfter: ({ account, params, clock }) => {
    const seconds = Number(params['timeout']);
    if (!(seconds >= 0 && seconds < 86_400)) return new SpotRefusal('EGeneral:Invalid arguments');
    account.switchAtNs =
      seconds === 0 ? undefined : clock.monotonicNs() + BigInt(seconds) * 1_000_000_000n;
    const now = account.nowSeconds();
    return { currentTime: iso(now), triggerTime: seconds === 0 ? '0' : iso(now + seconds) };
  },
};

/** What the trading engine charges by itself. */
export const tradingRoutes = new Set([
  'AddOrder',
  'AddOrderBatch',
  'AmendOrder',
  'CancelOrder',
  'CancelAll',
  'CancelAllOrdersAfter',
]);

function withOrder(
  { account, params, counters, key, clock }: SpotContext,
  name: string,
  apply: (order: SandboxOrder) => unknown,
): unknown {
  const order = account.find(textOf(params['txid'] ?? params['cl_ord_id']) ?? '');
  if (order === undefined || order.status !== 'open')
    return new SpotRefusal('EOrder:Unknown order');
  const ageNs = clock.monotonicNs() - order.changedNs;
  const limited = counters.chargeOrder(key, order.pair, name, 1, ageNs);
  return limited === undefined ? apply(order) : new SpotRefusal(limited);
}

function refuseOrder(params: WireParams): string | undefined {
  const pair = pairBody(textOf(params['pair']) ?? '');
  if (pair === undefined) return 'EQuery:Unknown asset pair';
  const volume = Number(params['volume']);
  if (!Number.isFinite(volume)) return 'EGeneral:Invalid arguments:volume';
  if (volume < Number(pair.ordermin)) return 'EOrder:Order minimum not met';
  return undefined;
}

function byId(
  account: SpotAccount,
  params: WireParams,
  keep: (order: SandboxOrder) => boolean,
): Record<string, unknown> {
  const wanted = textOf(params['cl_ord_id']);
  const orders = [...account.orders.values()].filter(
    (order) => keep(order) && (wanted === undefined || order.clientOrderId === wanted),
  );
  return Object.fromEntries(orders.map((order) => [order.txid, orderBody(order)]));
}

/** Newest first, 50 from `ofs` on, of those between `start` (exclusive) and `end` (inclusive). */
function page(name: string, rows: readonly SandboxRow[], params: WireParams): unknown {
  const start = Number(params['start'] ?? Number.NEGATIVE_INFINITY);
  const end = Number(params['end'] ?? Number.POSITIVE_INFINITY);
  const offset = Number(params['ofs'] ?? 0);
  const within = rows.filter(({ time }) => time > start && time <= end).toReversed();
  const shown = within.slice(offset, offset + PAGE).map(({ id, body }) => [id, body]);
  return { [name]: Object.fromEntries(shown), count: within.length };
}

function idsOf(value: unknown): string[] {
  return (textOf(value) ?? '').split(',');
}

function iso(time: number): string {
  return new Date(time * 1000).toISOString();
}
