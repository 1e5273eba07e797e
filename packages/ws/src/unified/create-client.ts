import {
  type BalancesSubscribeParams,
  type BookSubscribeParams,
  type ExecutionsSubscribeParams,
  type InstrumentSubscribeParams,
  type LedgersSubscribeParams,
  type Level3SubscribeParams,
  type MarginSubscribeParams,
  type OhlcSubscribeParams,
  type PositionsSubscribeParams,
  parseUwsMessage,
  type TickerSubscribeParams,
  type TradeSubscribeParams,
  type UwsFrame,
} from '@kr/schemas/uws';
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
import { createRowFilter } from '../client/merge.ts';
import type { DataMessage, Delivery } from '../client/message.ts';
import { type MessageFormat, readBy } from '../client/message-format.ts';
import { type AssetClass, unifiedProtocol } from './protocol.ts';

/** Kraken's hosts of the Unified WebSocket. Which of them has `level3` is documented both ways. */
export const unifiedUrls: ClientUrls = {
  public: 'wss://uws.kraken.com/v2/public',
  private: 'wss://uws.kraken.com/v2/private',
};

export interface UnifiedClientOptions extends Omit<ClientOptions, 'format'> {
  /** Spot is to come in 2027; until then only derivatives answer. @default 'derivatives' */
  readonly assetClass?: AssetClass | undefined;
}

type Known =
  | BalancesSubscribeParams
  | BookSubscribeParams
  | ExecutionsSubscribeParams
  | InstrumentSubscribeParams
  | LedgersSubscribeParams
  | Level3SubscribeParams
  | MarginSubscribeParams
  | OhlcSubscribeParams
  | PositionsSubscribeParams
  | TickerSubscribeParams
  | TradeSubscribeParams;

export type UnifiedChannel = Known['channel'];

/** The token is the provider's, and the class the client's. */
type Taken<T> = {
  readonly [Key in keyof T as Exclude<Key, 'token' | 'asset_class'>]: T[Key] extends string[]
    ? readonly string[]
    : T[Key];
};

/** What is asked for, by channel. Symbols are contracts: `PF_XBTUSD`. */
export type UnifiedParams<Channel extends UnifiedChannel = UnifiedChannel> = Taken<
  Extract<Known, { channel: Channel }>
>;

export type UnifiedMessage<Channel extends UnifiedChannel = UnifiedChannel> = Extract<
  UwsFrame,
  { channel: Channel }
> &
  Delivery;

interface UnifiedStreams {
  /** See `Client.subscribe`. */
  subscribe<Channel extends UnifiedChannel>(
    params: { readonly channel: Channel } & UnifiedParams<Channel>,
    options?: StreamOptions,
  ): Stream<UnifiedMessage<Channel>>;
  /** See `Client.listen`. */
  listen<Channel extends UnifiedChannel>(
    params: { readonly channel: Channel } & UnifiedParams<Channel>,
    listener: Omit<Listener, 'onMessage'> & {
      readonly onMessage?: ((message: UnifiedMessage<Channel>) => void) | undefined;
    },
  ): Listening;
}

/** A client of the Unified WebSocket. `books`, `orders`, `balances` and `trading` take it as they take one of Spot. */
export type UnifiedClient = UnifiedStreams & Client & { readonly protocol: 'unified' };

function unifiedMessages(assetClass: AssetClass): MessageFormat {
  return {
    protocol: unifiedProtocol(assetClass),
    rowFilterOf: createRowFilter,
    parse: readBy((bytes) => {
      const message = parseUwsMessage(bytes);
      if (message.kind === 'data') return message.frame;
      return message.kind === 'unknown' ? (message.value as unknown as DataMessage) : undefined;
    }),
  };
}

/**
 * A client of the Unified WebSocket that opens nothing yet. Its tokens are those of Spot REST, by a key
 * that may open WebSockets; a futures key is of no use here.
 *
 * @throws WsError `INVALID_OPTION`
 */
export function createUnifiedClient(options: UnifiedClientOptions): UnifiedClient {
  const { assetClass = 'derivatives', ...rest } = options;
  return createClient({ ...rest, format: unifiedMessages(assetClass) }) as UnifiedClient;
}
