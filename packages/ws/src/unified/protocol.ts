import { stringifyJson } from '@kr/schemas/json';
import { formatUwsRequest, type UwsRequest } from '@kr/schemas/uws';
import type { Access, Params, Protocol } from '../protocol/protocol.ts';
import { spotV2 } from '../protocol/spot-v2.ts';

export type AssetClass = 'derivatives' | 'spot';

const DEFAULTS: ReadonlyMap<string, Params> = new Map<string, Params>([
  ['book', { depth: 10 }],
  ['level3', { depth: 10 }],
  ['ohlc', { interval: 1, tick_type: 'trade' }],
]);
const ACCESS: ReadonlyMap<string, Access> = new Map<string, Access>([
  ['balances', 'private'],
  ['executions', 'private'],
  ['ledgers', 'private'],
  ['level3', 'level3'],
  ['margin', 'private'],
  ['positions', 'private'],
]);
/** Numbered: `ledgers` through the connection, the others through their subscription. */
const SEQUENCED: ReadonlySet<string> = new Set(['balances', 'executions', 'ledgers']);
/** Of all classes at once: the exchange refuses the word on them. */
const CLASSLESS: ReadonlySet<string> = new Set(['balances', 'ledgers']);
const WITHOUT_SNAPSHOT: ReadonlySet<string> = new Set(['ledgers', 'margin']);
/** What tells a subscription of a symbol from another, and so is repeated to end it. */
const REPEATED: readonly string[] = ['depth', 'interval', 'tick_type'];
const TRADING: ReadonlySet<string> = new Set([
  'add_order',
  'amend_order',
  'cancel_all',
  'cancel_all_orders_after',
  'cancel_order',
]);

/**
 * The Unified WebSocket: the words of Spot v2, with an `asset_class` on what is about a market.
 * https://docs.kraken.com/exchange/api-reference/unified-websocket
 */
export function unifiedProtocol(assetClass: AssetClass): Protocol {
  return {
    ...spotV2,
    name: 'unified',
    venue: assetClass === 'spot' ? 'spot' : 'futures',
    formatRequest: (method, params, id) => {
      if (TRADING.has(method)) {
        const request = { method, params: { asset_class: assetClass, ...params }, req_id: id };
        return formatUwsRequest(request as unknown as UwsRequest);
      }
      const isAboutMarket = params !== undefined && !CLASSLESS.has(String(params['channel']));
      const classed = isAboutMarket ? { ...params, asset_class: assetClass } : params;
      return stringifyJson({ method, params: classed, req_id: id });
    },
    defaultsOf: (channel) => DEFAULTS.get(channel) ?? {},
    unsubscribeParams: (_channel, params) =>
      Object.fromEntries(Object.entries(params).filter(([name]) => REPEATED.includes(name))),
    beginsWithSnapshot: (channel, params) => {
      // Enriched positions are whole in each message, and take no `snapshot`.
      if (WITHOUT_SNAPSHOT.has(channel) || params['with_margin'] === true) return false;
      return channel === 'positions'
        ? params['snapshot'] !== false
        : spotV2.beginsWithSnapshot(channel, params);
    },
    accessOf: (channel) => ACCESS.get(channel) ?? 'public',
    isSequenced: (channel) => SEQUENCED.has(channel),
  };
}
