import { type Client, type ClientOptions, type ClientUrls, createClient, spotUrls } from '@kr/ws';
import { createFuturesV1Client, futuresV1Urls } from '@kr/ws/futures-v1';
import { createSpotV1Client, spotV1Urls } from '@kr/ws/spot-v1';
import { createUnifiedClient, unifiedUrls } from '@kr/ws/unified';

/** Which of Kraken's sockets a recording is of. */
export type ProtocolName = 'spot-v2' | 'spot-v1' | 'futures-v1' | 'unified';

/** What a recorder must know of a protocol. */
export interface RecordedProtocol {
  /** Kraken's own hosts. */
  readonly urls: ClientUrls;
  /** The channels that are recorded of it. */
  readonly channels: readonly string[];
  /** Those that are recorded when nobody names any. */
  readonly defaults: readonly string[];
  /** Its books are kept while they are recorded, so that one whose checksum fails begins anew. */
  readonly keepsBooks: boolean;
  /** Its symbols are pairs of Spot, which patterns and ranks can choose. */
  readonly hasPairs: boolean;
  createClient(options: Omit<ClientOptions, 'format'>): Client;
}

const MARKET = ['instrument', 'book', 'trade', 'ticker'];

export const PROTOCOLS: Readonly<Record<ProtocolName, RecordedProtocol>> = {
  'spot-v2': {
    urls: spotUrls,
    channels: [...MARKET, 'level3', 'ohlc', 'executions', 'balances'],
    defaults: MARKET,
    keepsBooks: true,
    hasPairs: true,
    createClient,
  },
  'spot-v1': {
    urls: spotV1Urls,
    channels: ['book', 'trade', 'ticker', 'ohlc', 'spread'],
    defaults: ['book', 'trade', 'ticker'],
    keepsBooks: false,
    hasPairs: true,
    // What differs are the types of messages, of which a recorder reads none.
    createClient: (options) => createSpotV1Client(options) as unknown as Client,
  },
  'futures-v1': {
    urls: futuresV1Urls,
    channels: [
      ...['book', 'trade', 'ticker', 'ticker_lite'],
      ...['fills', 'open_orders', 'open_positions', 'balances', 'account_log'],
    ],
    defaults: ['book', 'trade', 'ticker'],
    keepsBooks: false,
    hasPairs: false,
    createClient: (options) => createFuturesV1Client(options) as unknown as Client,
  },
  unified: {
    urls: unifiedUrls,
    channels: [
      ...[...MARKET, 'ohlc'],
      ...['executions', 'balances', 'positions', 'margin', 'ledgers'],
    ],
    defaults: MARKET,
    keepsBooks: true,
    hasPairs: false,
    createClient: (options) => createUnifiedClient(options),
  },
};

export const PROTOCOL_NAMES = Object.keys(PROTOCOLS) as readonly ProtocolName[];
