import { WIRE_ERRORS } from '../protocol/errors.ts';
import { type Request, readHead, readPing, readTargets } from '../protocol/request.ts';
import { UNIFIED_ERRORS } from './errors.ts';

/** Contracts are named as in the futures API: https://docs.kraken.com/exchange/api-reference/unified-ws/trade */
const CONTRACT = /^[A-Za-z0-9_.]+$/;
const ACCOUNT_CHANNELS: ReadonlySet<unknown> = new Set([
  'executions',
  'balances',
  'positions',
  'margin',
  'ledgers',
]);
/** Neither batches nor `edit_order`. */
const UNIFIED_METHODS: ReadonlySet<string> = new Set([
  'add_order',
  'amend_order',
  'cancel_order',
  'cancel_all',
  'cancel_all_orders_after',
]);

type Side = 'public' | 'private';

/** Reads a message to one of the two sockets: each has its channels, and refuses those of the other. */
export function parseUnified(text: string, side: Side): Request {
  const head = readHead(text);
  if (head.kind === 'refused') return head;
  const { method, reqId, message } = head;
  const refuse = (error: string): Request => ({ kind: 'refused', method, reqId, error });
  if (method === 'ping') return readPing(head);
  if (UNIFIED_METHODS.has(method)) {
    return side === 'private'
      ? { kind: 'private', method, reqId }
      : refuse(WIRE_ERRORS.methodUnsupported);
  }
  if (method !== 'subscribe' && method !== 'unsubscribe') {
    return refuse(WIRE_ERRORS.methodUnsupported);
  }
  const params = message['params'] as Readonly<Record<string, unknown>> | null | undefined;
  const channel = params?.['channel'];
  if (ACCOUNT_CHANNELS.has(channel)) {
    return side === 'private'
      ? { kind: 'private', method, reqId }
      : refuse(WIRE_ERRORS.channelInvalid);
  }
  // Orders of the book have no public table of derivatives, and their ids none of the exchange's form here.
  if (side === 'private' || channel === 'level3') {
    return refuse(
      typeof channel === 'string' ? WIRE_ERRORS.channelInvalid : WIRE_ERRORS.channelMissing,
    );
  }
  const targets = readTargets(method, params, CONTRACT);
  if (typeof targets === 'string') return refuse(targets);
  const wrong = classRefusal(params?.['asset_class']) ?? tickRefusal(params?.['tick_type']);
  return wrong === undefined ? { kind: method, reqId, targets } : refuse(wrong);
}

/** Why a request is not about derivatives, which alone are there. */
export function classRefusal(assetClass: unknown): string | undefined {
  if (assetClass === undefined) return UNIFIED_ERRORS.classMissing;
  return assetClass === 'derivatives' ? undefined : UNIFIED_ERRORS.classUnsupported(assetClass);
}

function tickRefusal(tickType: unknown): string | undefined {
  return tickType === undefined || tickType === 'trade' ? undefined : UNIFIED_ERRORS.tickType;
}
