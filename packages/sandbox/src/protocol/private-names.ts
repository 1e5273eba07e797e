/** The channels of an account. */
const PRIVATE_CHANNELS: ReadonlySet<string> = new Set(['executions', 'balances']);

/** The methods that trade. */
export const TRADING_METHOD_NAMES: ReadonlySet<string> = new Set([
  'add_order',
  'amend_order',
  'edit_order',
  'cancel_order',
  'cancel_all',
  'cancel_all_orders_after',
  'batch_add',
  'batch_cancel',
]);

/** Whether a request is for an account: its method trades, or its channel is private. */
export function isPrivate(method: string, params: unknown): boolean {
  if (TRADING_METHOD_NAMES.has(method)) return true;
  if (method !== 'subscribe' && method !== 'unsubscribe') return false;
  const channel = (params as { readonly channel?: unknown } | null | undefined)?.channel;
  return typeof channel === 'string' && PRIVATE_CHANNELS.has(channel);
}
