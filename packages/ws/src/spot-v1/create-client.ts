import { parseSpotV1Message, type SpotV1Data } from '@kr/schemas/spot-v1';
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
import { spotV1 } from './protocol.ts';

/** Kraken's hosts of Spot v1. */
export const spotV1Urls: ClientUrls = {
  public: 'wss://ws.kraken.com',
  private: 'wss://ws-auth.kraken.com',
};

export type SpotV1Channel = SpotV1Data['channel'];

type Depth = 10 | 25 | 100 | 500 | 1000;
type Interval = 1 | 5 | 15 | 30 | 60 | 240 | 1440 | 10_080 | 21_600;

/** What is asked for, by channel. Symbols are pairs as v1 names them: `XBT/USD`. */
export type SpotV1Params =
  | { readonly channel: 'ticker' | 'trade' | 'spread'; readonly symbol: readonly string[] }
  | {
      readonly channel: 'book';
      readonly symbol: readonly string[];
      /** @default 10 */
      readonly depth?: Depth | undefined;
    }
  | {
      readonly channel: 'ohlc';
      readonly symbol: readonly string[];
      /** Minutes. @default 1 */
      readonly interval?: Interval | undefined;
    }
  | { readonly channel: 'openOrders'; readonly ratecounter?: boolean | undefined }
  | {
      readonly channel: 'ownTrades';
      /** @default true */
      readonly snapshot?: boolean | undefined;
      readonly consolidate_taker?: boolean | undefined;
    };

/** One message of v1: the frame as the exchange lays it out, with the wire's own texts of numbers. */
export type SpotV1Message<Channel extends SpotV1Channel = SpotV1Channel> = Extract<
  SpotV1Data,
  { readonly channel: Channel }
> &
  Delivery;

/** A client of the v1 sockets: streams, gaps, tokens and reconnects as with v2; messages as v1 has them. */
export interface SpotV1Client extends Omit<Client, 'subscribe' | 'listen' | 'read'> {
  /** See `Client.subscribe`. */
  subscribe<Params extends SpotV1Params>(
    params: Params,
    options?: StreamOptions,
  ): Stream<SpotV1Message<Params['channel']>>;
  /** See `Client.listen`. */
  listen<Params extends SpotV1Params>(
    params: Params,
    listener: Omit<Listener, 'onMessage'> & {
      readonly onMessage?: ((message: SpotV1Message<Params['channel']>) => void) | undefined;
    },
  ): Listening;
}

const spotV1Messages: MessageFormat = {
  protocol: spotV1,
  parse: readBy((bytes) => {
    const message = parseSpotV1Message(bytes);
    return message.kind === 'data' ? message : undefined;
  }),
};

/**
 * A client of the v1 sockets that opens nothing yet.
 *
 * @throws WsError `INVALID_OPTION`
 */
export function createSpotV1Client(options: Omit<ClientOptions, 'format'>): SpotV1Client {
  // What differs are the types of the messages, which are those of the format.
  return createClient({ ...options, format: spotV1Messages }) as unknown as SpotV1Client;
}
