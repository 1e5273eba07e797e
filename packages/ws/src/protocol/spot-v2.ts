import { formatWsRequest, type WsRequest } from '@kr/schemas';
import { stringifyJson } from '@kr/schemas/json';
import { DataRouter } from './data-router.ts';
import { mentionsMethod, parseIncoming, startsAsData, systemStatus } from './incoming.ts';
import type { Access, Params, Protocol } from './protocol.ts';
import * as refusals from './refusal.ts';
import { sequenceOf } from './tail-number.ts';

const DEFAULTS: ReadonlyMap<string, Params> = new Map<string, Params>([
  ['book', { depth: 10 }],
  ['level3', { depth: 10 }],
  ['ohlc', { interval: 1 }],
  ['ticker', { event_trigger: 'trades' }],
]);

/**
 * Units that the subscribe counter takes for one symbol of `level3`, documented by depth, against a
 * limit of 200 a second (500 for pro accounts): https://docs.kraken.com/api/docs/websocket-v2/level3.
 * For other channels nothing is documented, and they count as 1.
 */
const LEVEL3_COSTS: ReadonlyMap<unknown, number> = new Map<unknown, number>([
  [undefined, 5],
  [10, 5],
  [100, 25],
  [1000, 100],
]);

/** What tells a subscription of a symbol from another, and so is repeated to end it. */
const REPEATED: readonly string[] = ['depth', 'interval', 'event_trigger'];
/** Channels that begin without a snapshot unless one is asked for. */
const SNAPSHOT_ON_DEMAND: ReadonlySet<string> = new Set(['trade']);
/** Channels whose parameters are known. They all have snapshots; of another nothing is expected. */
const NAMED: ReadonlySet<string> = new Set([
  'balances',
  'book',
  'executions',
  'instrument',
  'level3',
  'ohlc',
  'ticker',
  'trade',
]);

const TRADING: ReadonlySet<string> = new Set([
  'add_order',
  'amend_order',
  'batch_add',
  'batch_cancel',
  'cancel_all',
  'cancel_all_orders_after',
  'cancel_order',
  'edit_order',
]);
const ACCESS: ReadonlyMap<string, Access> = new Map<string, Access>([
  ['balances', 'private'],
  ['executions', 'private'],
  ['level3', 'level3'],
]);
/** Numbered from 1 for each subscription, one up a message. */
const SEQUENCED: ReadonlySet<string> = new Set(['balances', 'executions']);

/** The v2 sockets of Spot, and Level 3: https://docs.kraken.com/api/docs/guides/spot-ws-intro */
export const spotV2: Protocol = {
  name: 'spot-v2',
  venue: 'spot',
  formatRequest: (method, params, id) => {
    const request = { method, params, req_id: id };
    // Prices and quantities are numbers on the wire, with the digits of the texts they are here.
    return TRADING.has(method)
      ? formatWsRequest(request as unknown as WsRequest)
      : stringifyJson(request);
  },
  isData: (bytes, awaitsAnswer) => startsAsData(bytes) && !(awaitsAnswer && mentionsMethod(bytes)),
  parse: parseIncoming,
  systemStatus,
  createRouter: () => new DataRouter(),
  defaultsOf: (channel) => DEFAULTS.get(channel) ?? {},
  costOf: (channel, { depth }) => (channel === 'level3' ? (LEVEL3_COSTS.get(depth) ?? 100) : 1),
  unsubscribeParams: (channel, params) =>
    Object.fromEntries(
      Object.entries(params).filter(([name]) => !NAMED.has(channel) || REPEATED.includes(name)),
    ),
  beginsWithSnapshot: (channel, params) => {
    if (!NAMED.has(channel)) return false;
    if (channel === 'executions') return executionsBeginWithSnapshot(params);
    const { snapshot } = params;
    return typeof snapshot === 'boolean' ? snapshot : !SNAPSHOT_ON_DEMAND.has(channel);
  },
  accessOf: (channel) => ACCESS.get(channel) ?? 'public',
  isSequenced: (channel) => SEQUENCED.has(channel),
  sequenceOf,
  refusals,
};

/** Open orders are in it unless told otherwise, fills when told; for all users of a master account there is none. */
function executionsBeginWithSnapshot(params: Params): boolean {
  if (params['users'] !== undefined) return false;
  const orders = params['snap_orders'] ?? params['snapshot'] ?? true;
  return orders === true || params['snap_trades'] === true || params['snapshot_trades'] === true;
}
