import type { TickerFrame } from '@kr/schemas/futures-ws';
import type { Ticker as UnifiedTicker } from '@kr/schemas/uws';
import type { Stream, StreamOptions } from '../client/client.ts';
import type { Delivery } from '../client/message.ts';
import type { FuturesV1Message } from '../futures-v1/create-client.ts';
import type { UnifiedMessage } from '../unified/create-client.ts';
import type { DerivativesClient } from './create-client.ts';
import { MappedStream } from './mapped-stream.ts';

/**
 * What both sockets say of a contract. What only one has (futures v1: mark price, funding, open interest)
 * is in `wire`. Numbers are the wire's digits.
 */
export interface MarketTicker extends Delivery {
  readonly symbol: string;
  readonly bid: string | undefined;
  readonly bidQuantity: string | undefined;
  readonly ask: string | undefined;
  readonly askQuantity: string | undefined;
  /** The price of the last trade. */
  readonly last: string | undefined;
  /** Of 24 hours, in base units. */
  readonly volume: string | undefined;
  /** As the exchange told it, under the names of its socket. */
  readonly wire: TickerFrame | UnifiedTicker;
}

function ofV1(message: FuturesV1Message<'ticker'>): MarketTicker {
  const { receivedAt, connectionId, frameSequence, channel: _, ...wire } = message;
  return {
    symbol: wire.product_id,
    bid: wire.bid,
    bidQuantity: wire.bid_size,
    ask: wire.ask,
    askQuantity: wire.ask_size,
    last: wire.last,
    volume: wire.volume,
    wire,
    receivedAt,
    connectionId,
    frameSequence,
  };
}

function ofUnified(message: UnifiedMessage<'ticker'>): MarketTicker | undefined {
  const { data, receivedAt, connectionId, frameSequence } = message;
  const wire = data.at(-1);
  return (
    wire && {
      symbol: wire.symbol,
      bid: wire.bid,
      bidQuantity: wire.bid_qty,
      ask: wire.ask,
      askQuantity: wire.ask_qty,
      last: wire.last,
      volume: wire.volume,
      wire,
      receivedAt,
      connectionId,
      frameSequence,
    }
  );
}

/**
 * Tickers of these contracts, of whichever socket the client speaks.
 *
 * @throws WsError see `Client.subscribe`
 */
export function tickers(
  client: DerivativesClient,
  { symbol }: { readonly symbol: readonly string[] },
  options: StreamOptions = {},
): Stream<MarketTicker> {
  const request = { channel: 'ticker', symbol } as const;
  return client.protocol === 'futures-v1'
    ? new MappedStream(client.subscribe(request, options), ofV1)
    : new MappedStream(client.subscribe(request, options), ofUnified);
}
