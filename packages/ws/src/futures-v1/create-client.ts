import { type FuturesFrame, parseFuturesMessage } from '@kr/schemas/futures-ws';
import type { ChallengeSigner, Frame } from '@kr/schemas/shared';
import type {
  Client,
  ClientOptions,
  ClientUrls,
  Listener,
  Listening,
  Stream,
  StreamOptions,
} from '../client/client.ts';
import { createClient } from '../client/create-client.ts';
import type { Delivery } from '../client/message.ts';
import { type MessageFormat, readBy } from '../client/message-format.ts';
import { futuresV1 } from './protocol.ts';

/** Kraken's host of the futures v1 socket, until 1 March 2027. */
export const futuresV1Urls: ClientUrls = { public: 'wss://futures.kraken.com/ws/v1' };

export interface FuturesV1ClientOptions
  extends Omit<ClientOptions, 'format' | 'tokens' | 'symbolsPerRequest'> {
  /** Answers the challenge that account feeds need: `createFuturesSigner` of `@kr/auth` is one. */
  readonly challenge?: ChallengeSigner | undefined;
}

type MarketFeed = 'book' | 'ticker' | 'ticker_lite' | 'trade';
type AccountFeed =
  | 'account_log'
  | 'balances'
  | 'fills'
  | 'notifications_auth'
  | 'open_orders'
  | 'open_orders_verbose'
  | 'open_positions';
export type FuturesV1Channel = MarketFeed | AccountFeed;

/** What is asked for: `channel` is the feed, symbols are products: `PF_XBTUSD`. */
export type FuturesV1Params =
  | { readonly channel: MarketFeed; readonly symbol: readonly string[] }
  | { readonly channel: AccountFeed };

/** One message, under the names of the wire; `feed` tells a snapshot (`book_snapshot`) from an update. */
export type FuturesV1Message<Channel extends FuturesV1Channel = FuturesV1Channel> = Extract<
  FuturesFrame,
  { readonly feed: Channel | `${Channel}_snapshot` }
> & { readonly channel: Channel } & Delivery;

/** A client of the futures v1 socket: streams, gaps and reconnects as with v2; books by their numbers. */
export interface FuturesV1Client
  extends Omit<Client, 'protocol' | 'subscribe' | 'listen' | 'read' | 'request'> {
  readonly protocol: 'futures-v1';
  /** See `Client.read`. */
  read(frame: Frame): FuturesV1Message | undefined;
  /** See `Client.subscribe`. */
  subscribe<Params extends FuturesV1Params>(
    params: Params,
    options?: StreamOptions,
  ): Stream<FuturesV1Message<Params['channel']>>;
  /** See `Client.listen`. */
  listen<Params extends FuturesV1Params>(
    params: Params,
    listener: Omit<Listener, 'onMessage'> & {
      readonly onMessage?: ((message: FuturesV1Message<Params['channel']>) => void) | undefined;
    },
  ): Listening;
}

const futuresV1Messages: MessageFormat = {
  protocol: futuresV1,
  parse: readBy((bytes) => {
    const message = parseFuturesMessage(bytes);
    if (message.kind !== 'data') return undefined;
    const { frame } = message;
    return { channel: frame.feed.replace(/_snapshot$/, ''), ...frame };
  }),
};

/**
 * A client of the futures v1 socket that opens nothing yet. Kraken ends that socket on 1 March 2027:
 * for what is to last, `createUnifiedClient`.
 *
 * @throws WsError `INVALID_OPTION`
 */
export function createFuturesV1Client(options: FuturesV1ClientOptions): FuturesV1Client {
  // An error names no product, so each is asked for alone.
  const own = { ...options, symbolsPerRequest: 1, format: futuresV1Messages };
  return createClient(own) as unknown as FuturesV1Client;
}
