/** A message of a futures v1 book, as far as a verifier must know: they carry numbers and no checksum. */
export interface NumberedBook {
  /** As on the wire: `PI_XBTUSD`. */
  readonly product: string;
  /** An update's is one more than that of the message of the product's book before it. */
  readonly seq: number;
}

/** What a message of futures v1 is. */
export interface FuturesKind {
  /** `futures book`, `futures trade`…, or `ack`, `status`, `error`, `heartbeat`. */
  readonly channel: string;
  readonly numbered: NumberedBook | undefined;
  readonly isSnapshot: boolean;
}

/** https://docs.kraken.com/api/docs/futures-api/websocket/book and its neighbours */
const FEEDS = ['book', 'trade', 'ticker', 'ticker_lite', 'account_log', 'balances', 'fills'];
const MORE_FEEDS = ['notifications_auth', 'open_orders', 'open_orders_verbose', 'open_positions'];

/** The channels of futures v1, apart from those of Spot that have the same names. */
export const FUTURES_CHANNELS: readonly string[] = [...FEEDS, ...MORE_FEEDS].map(channelOf);

const EVENTS: ReadonlyMap<string, string> = new Map([
  ['subscribed', 'ack'],
  ['unsubscribed', 'ack'],
  ['challenge', 'ack'],
  ['info', 'status'],
  ['alert', 'error'],
  ['error', 'error'],
  ['subscribed_failed', 'error'],
  ['unsubscribed_failed', 'error'],
]);
const SNAPSHOT = '_snapshot';

/** `undefined` for a message that is none of futures v1. */
export function futuresKindOf(value: Readonly<Record<string, unknown>>): FuturesKind | undefined {
  const { event, feed } = value;
  if (typeof event === 'string') {
    const channel = EVENTS.get(event);
    return channel === undefined ? undefined : other(channel);
  }
  if (typeof feed !== 'string') return undefined;
  if (feed === 'heartbeat') return other('heartbeat');
  const isSnapshot = feed.endsWith(SNAPSHOT);
  const name = isSnapshot ? feed.slice(0, -SNAPSHOT.length) : feed;
  if (name !== 'book') return { ...other(channelOf(name)), isSnapshot };
  const { product_id: product, seq } = value;
  if (typeof product !== 'string' || typeof seq !== 'number' || !Number.isSafeInteger(seq)) {
    return other('malformed');
  }
  return { channel: channelOf('book'), numbered: { product, seq }, isSnapshot };
}

function channelOf(feed: string): string {
  return `futures ${feed}`;
}

function other(channel: string): FuturesKind {
  return { channel, numbered: undefined, isSnapshot: false };
}
