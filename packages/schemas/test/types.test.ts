import { describe, expectTypeOf, it } from 'vitest';
import type * as z from 'zod/mini';
import type { FuturesFrame, FuturesMessage } from '../src/futures-ws/index.ts';
import type {
  AddOrderRequest,
  BatchAddFailedAck,
  BookFrame,
  FailedAck,
  GapEvent,
  gapEventSchema,
  Open,
  TickerFrame,
  WsAck,
  WsFrame,
  WsMessage,
  WsRequest,
  wsRequestSchema,
} from '../src/index.ts';
import type {
  OhlcResult,
  OhlcRow,
  SpotEndpointName,
  spotEndpoints,
  TradesResult,
} from '../src/rest/index.ts';
import type { SpotV1Event, SpotV1Message } from '../src/spot-v1/index.ts';
import type { UwsAck, UwsFrame } from '../src/uws/index.ts';

function lastPrice(message: WsMessage): string | undefined {
  if (message.kind === 'ack' && message.ack.success === false) {
    expectTypeOf(message.ack).toEqualTypeOf<BatchAddFailedAck | FailedAck>();
    return message.ack.error;
  }
  if (message.kind !== 'data' || message.frame.channel !== 'trade') return undefined;
  expectTypeOf(message.frame.data[0]?.side).toEqualTypeOf<Open<'buy' | 'sell'> | undefined>();
  return message.frame.data[0]?.price;
}

function placedOrder(ack: WsAck): string | undefined {
  if (ack.method !== 'add_order') return undefined;
  if (ack.success) return ack.result.order_id;
  expectTypeOf(ack).toEqualTypeOf<FailedAck>();
  return ack.error;
}

function placedUnifiedOrder(ack: UwsAck): string | undefined {
  if (ack.method !== 'add_order') return undefined;
  return ack.success ? ack.result.order_id : ack.error;
}

// Checked by the compiler: at run time nothing here does anything.
describe('the types', () => {
  it('narrow a frame by its channel, a private one by its type too', () => {
    type Book = Extract<WsFrame, { channel: 'book' }>;
    expectTypeOf<Book>().toEqualTypeOf<BookFrame>();
    expectTypeOf<Book['data'][number]['bids'][number]['price']>().toEqualTypeOf<string>();
    expectTypeOf<Extract<WsFrame, { channel: 'ticker' }>>().toEqualTypeOf<TickerFrame>();
    type Snapshot = Extract<WsFrame, { channel: 'level3'; type: 'snapshot' }>;
    expectTypeOf<Snapshot['data'][number]['bids'][number]['order_qty']>().toEqualTypeOf<string>();
    type Update = Extract<WsFrame, { channel: 'level3'; type: 'update' }>;
    expectTypeOf<Update['data'][number]['bids'][number]['event']>().toEqualTypeOf<
      Open<'add' | 'modify' | 'delete'>
    >();
    type Balances = Extract<WsFrame, { channel: 'balances'; type: 'update' }>;
    expectTypeOf<Balances['data'][number]['ledger_id']>().toEqualTypeOf<string>();
    expectTypeOf<WsFrame['channel']>().toEqualTypeOf<
      | 'balances'
      | 'book'
      | 'executions'
      | 'heartbeat'
      | 'instrument'
      | 'level3'
      | 'ohlc'
      | 'status'
      | 'ticker'
      | 'trade'
    >();
  });

  it('narrow in code as they do on paper', () => {
    expectTypeOf(lastPrice).returns.toEqualTypeOf<string | undefined>();
    expectTypeOf(placedOrder).returns.toEqualTypeOf<string | undefined>();
    expectTypeOf(placedUnifiedOrder).returns.toEqualTypeOf<string | undefined>();
  });

  it('narrow an acknowledgement and a request by the method', () => {
    type Added = Extract<WsAck, { method: 'add_order'; success: true }>;
    expectTypeOf<Added['result']['order_id']>().toEqualTypeOf<string>();
    expectTypeOf<Extract<WsRequest, { method: 'add_order' }>>().toEqualTypeOf<AddOrderRequest>();
    expectTypeOf<z.output<typeof wsRequestSchema>>().toEqualTypeOf<WsRequest>();
  });

  it('refuse a misspelt field, and take an unknown value of an enumeration', () => {
    type Params = AddOrderRequest['params'];
    expectTypeOf<Params>().not.toHaveProperty('limitPrice');
    expectTypeOf<Params>().toHaveProperty('limit_price');
    expectTypeOf<'limit'>().toExtend<Params['order_type']>();
    expectTypeOf<'of-next-year'>().toExtend<Params['order_type']>();
    expectTypeOf<number>().not.toExtend<Params['limit_price']>();
  });

  it('narrow the other sockets', () => {
    type Delta = Extract<FuturesFrame, { feed: 'book' }>;
    expectTypeOf<Delta['seq']>().toEqualTypeOf<number>();
    expectTypeOf<FuturesMessage['kind']>().toEqualTypeOf<'data' | 'event' | 'unknown'>();
    type Ticker = Extract<SpotV1Message, { kind: 'data'; channel: 'ticker' }>;
    expectTypeOf<Ticker['frame'][3]>().toEqualTypeOf<string>();
    type Status = Extract<SpotV1Event, { event: 'systemStatus' }>;
    expectTypeOf<Status['connectionID']>().toEqualTypeOf<string | undefined>();
    type Positions = Extract<UwsFrame, { channel: 'positions' }>;
    expectTypeOf<Positions['data']['futures'][number]['size']>().toEqualTypeOf<string>();
  });

  it('know what an endpoint takes and gives', () => {
    type Result<Name extends SpotEndpointName> = z.output<(typeof spotEndpoints)[Name]['result']>;
    expectTypeOf<Result<'GetWebSocketsToken'>['token']>().toEqualTypeOf<string>();
    expectTypeOf<Result<'OHLC'>>().toEqualTypeOf<OhlcResult>();
    expectTypeOf<OhlcResult['last']>().toEqualTypeOf<number>();
    expectTypeOf<OhlcResult[string]>().toEqualTypeOf<number | OhlcRow[]>();
    expectTypeOf<TradesResult['last']>().toEqualTypeOf<string>();
  });

  it('agree with the shapes that need no zod', () => {
    expectTypeOf<z.output<typeof gapEventSchema>>().toExtend<GapEvent>();
    expectTypeOf<GapEvent['reason']>().toEqualTypeOf<z.output<typeof gapEventSchema>['reason']>();
  });
});
