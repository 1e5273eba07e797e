/** Channels of an account: they need a key, and are about no symbol. */
const OF_ACCOUNT: ReadonlySet<string> = new Set([
  ...['executions', 'balances'],
  // Of the Unified sockets: https://docs.kraken.com/exchange/api-reference/unified-websocket
  ...['positions', 'margin', 'ledgers'],
  // Of futures v1: https://docs.kraken.com/api/docs/futures-api/websocket/fills and its neighbours
  ...['fills', 'open_orders', 'open_positions', 'account_log'],
]);

export const isOfAccount = (channel: string): boolean => OF_ACCOUNT.has(channel);

/** Whether a feed of it names symbols. */
export const hasSymbols = (channel: string): boolean =>
  channel !== 'instrument' && !isOfAccount(channel);
