/**
 * The texts of refusals. Those marked (seen) stand in frames that were captured from the exchange
 * or asserted by tests that connect to it; (pattern) follows the form of a seen one
 * (`Token(s) not found`, `Limit_price field must be a number_float`) where no frame is known.
 */
export const WIRE_ERRORS = {
  /** (seen, v1) */
  malformed: 'Malformed request',
  /** (seen) a v1-style request on v2 */
  methodMissing: 'Method(s) not found',
  /** (pattern) */
  methodType: 'Method field must be a string',
  /** (seen) */
  methodUnsupported: 'Unsupported event',
  /** (seen) */
  pingParams: "Unsupported field: 'params' for the given msg type: ping",
  /** (pattern) */
  reqIdType: 'Req_id field must be a number_integer',
  /** (pattern) */
  paramsMissing: 'Params(s) not found',
  /** (pattern) */
  paramsType: 'Params field must be an object',
  /** (pattern) */
  channelMissing: 'Channel(s) not found',
  /** (pattern) */
  channelType: 'Channel field must be a string',
  /** (seen) */
  channelInvalid: 'Subscription name invalid',
  /** (seen) also what an explicit subscription to `status` is told */
  symbolMissing: 'Symbol(s) not found',
  /** (pattern) */
  symbolType: 'Symbol field must be an array',
  /** (seen) too many messages or subscriptions a second; also more symbols in one request than the sandbox answers one by one */
  messageRate: 'Exceeded msg rate',
  /** (pattern) */
  level3Count: 'Exceeded level3 symbols limit',
  /** (pattern) */
  subscriptionCount: 'Exceeded subscriptions limit',
  /** (seen, v1) */
  depthType: 'Subscription book depth must be an integer',
  /** (seen, v1) */
  depthUnsupported: 'Subscription depth not supported',
  /** (seen, v1) */
  intervalType: 'Subscription ohlc interval must be an integer',
  /** (seen, v1) */
  intervalUnsupported: 'Subscription ohlc interval not supported',
  /** (seen) */
  secondInterval: 'Already subscribed to one ohlc interval on this symbol',
  /** (pattern) one depth a symbol is documented of level3; of `book` it is not known */
  secondDepth: 'Already subscribed to one level3 depth on this symbol',
  /** (seen) */
  tokenMissing: 'Token(s) not found',
  /** (pattern) */
  tokenType: 'Token field must be a string',
  /** (seen) a token that is unknown, or was not used in time */
  session: 'ESession:Invalid session',
  /** (pattern) */
  triggerUnsupported: 'Subscription event_trigger not supported',
  /** (pattern) */
  snapshotType: 'Snapshot field must be a boolean',
  /** (pattern) as the one that is seen of `ping` and of orders */
  subscribeField: (name: string, method: string): string =>
    `Unsupported field: '${name}' for the given msg type: ${method}`,
  /** (seen) carries no symbol */
  alreadySubscribed: 'Already subscribed',
  /** (seen) */
  notSubscribed: 'Subscription Not Found',
  /** (seen) */
  pairUnsupported: (symbol: string): string => `Currency pair not supported ${symbol}`,
  /** (seen) */
  pairMalformed: (symbol: string): string => `Currency pair not in ISO 4217-A3 format ${symbol}`,
} as const;

/** Whether the acknowledgement of a refusal names the symbol: those about a pair and "Subscription Not Found" do. */
export function carriesSymbol(error: string): boolean {
  return error.startsWith('Currency pair ') || error === WIRE_ERRORS.notSubscribed;
}
