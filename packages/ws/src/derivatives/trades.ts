import type { TradeFrame } from '@kr/schemas/futures-ws';
import { formatTimestamp } from '@kr/schemas/shared';
import type { Trade as UnifiedTrade } from '@kr/schemas/uws';
import type { Stream, StreamOptions } from '../client/client.ts';
import type { Delivery } from '../client/message.ts';
import type { FuturesV1Message } from '../futures-v1/create-client.ts';
import type { UnifiedMessage } from '../unified/create-client.ts';
import type { DerivativesClient } from './create-client.ts';
import { MappedStream } from './mapped-stream.ts';

/** A trade of a derivative. Numbers are the wire's digits. */
export interface MarketTrade {
  readonly symbol: string;
  /** Of the taker. */
  readonly side: 'buy' | 'sell' | (string & {});
  readonly price: string;
  readonly quantity: string;
  /** The exchange's time, RFC 3339. Futures v1 has milliseconds. */
  readonly time: string;
  /** A UUID on futures v1. Whether Unified has one is not documented. */
  readonly id: string | undefined;
  /** As the exchange told it, under the names of its socket. */
  readonly wire: TradeFrame | UnifiedTrade;
}

/** Trades of one message, the oldest first. */
export interface TradesMessage extends Delivery {
  /** `snapshot`: trades from before the subscription. */
  readonly type: 'snapshot' | 'update';
  readonly data: readonly MarketTrade[];
}

function ofV1(message: FuturesV1Message<'trade'>): TradesMessage {
  const { receivedAt, connectionId, frameSequence } = message;
  const delivery = { receivedAt, connectionId, frameSequence };
  if (message.feed === 'trade_snapshot') {
    // The wire has the newest first.
    return { type: 'snapshot', data: message.trades.toReversed().map(tradeOfV1), ...delivery };
  }
  const { channel: _, receivedAt: _at, connectionId: _id, frameSequence: _seq, ...wire } = message;
  return { type: 'update', data: [tradeOfV1(wire)], ...delivery };
}

function tradeOfV1(wire: TradeFrame): MarketTrade {
  return {
    symbol: wire.product_id,
    side: wire.side,
    price: wire.price,
    quantity: wire.qty,
    time: formatTimestamp(BigInt(wire.time) * 1_000_000n),
    id: wire.uid,
    wire,
  };
}

function ofUnified(message: UnifiedMessage<'trade'>): TradesMessage {
  const { type, data, receivedAt, connectionId, frameSequence } = message;
  return {
    type,
    data: data.map((wire) => ({
      symbol: wire.symbol,
      side: wire.side,
      price: wire.price,
      quantity: wire.qty,
      time: wire.timestamp,
      id: wire.trade_id,
      wire,
    })),
    receivedAt,
    connectionId,
    frameSequence,
  };
}

/**
 * Trades of these contracts, of whichever socket the client speaks: those of a moment ago first, then each
 * as it happens.
 *
 * @throws WsError see `Client.subscribe`
 */
export function trades(
  client: DerivativesClient,
  { symbol }: { readonly symbol: readonly string[] },
  options: StreamOptions = {},
): Stream<TradesMessage> {
  const request = { channel: 'trade', symbol } as const;
  return client.protocol === 'futures-v1'
    ? new MappedStream(client.subscribe(request, options), ofV1)
    : new MappedStream(client.subscribe({ ...request, snapshot: true }, options), ofUnified);
}
