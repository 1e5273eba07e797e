import { type JsonValue, parseJson } from '@kr/schemas/json';
import type { FrameTimes } from './book-sampler.ts';
import { futuresRows } from './futures-rows.ts';
import type { Cell, DerivedRow, TableName } from './tables.ts';
import { tickerV1, tradeV1 } from './v1-rows.ts';
import { cellOf, createItemReader, isJsonObject } from './wire-rows.ts';

type Reader = ReturnType<typeof createItemReader>;

const ITEM_READERS: Readonly<Partial<Record<string, readonly [TableName, Reader]>>> = {
  ticker: ['ticker', createItemReader('ticker')],
  trade: ['trade', createItemReader('trade', { quantity: 'qty' })],
  ohlc: ['ohlc', createItemReader('ohlc')],
  executions: ['executions', createItemReader('executions')],
  balances: [
    'balances',
    createItemReader('balances', {
      symbol: 'asset',
      ledger_type: 'type',
    }),
  ],
  status: ['status', createItemReader('status')],
};
const readPair = createItemReader('instrument');
const readAsset = createItemReader('asset', { symbol: 'id' });
const decoder = new TextDecoder();

/**
 * The rows of a message that is no book message of Spot, v2, v1 or futures v1; `undefined` for one that gives none: a heartbeat,
 * an acknowledgement, a channel that is not known.
 */
export function itemRows(
  message: Uint8Array,
  channel: string,
  times: FrameTimes,
): DerivedRow[] | undefined {
  const isFutures = channel.startsWith('futures ');
  if (!(channel in ITEM_READERS) && channel !== 'instrument' && !isFutures) return undefined;
  const value = tryParse(message);
  const frame = frameCells(times);
  if (Array.isArray(value)) return v1Rows(value, channel, frame);
  if (!isJsonObject(value)) return undefined;
  if (isFutures) return futuresRows(value, frame);
  const given = { ...frame, type: cellOf(value['type'], 'text') };
  const data = value['data'];
  if (channel === 'instrument') {
    if (!isJsonObject(data)) return undefined;
    return [
      ...readItems('instrument', readPair, data['pairs'], given),
      ...readItems('asset', readAsset, data['assets'], given),
    ];
  }
  const [table, read] = ITEM_READERS[channel] ?? [];
  if (table === undefined || read === undefined) return undefined;
  return readItems(table, read, data, given);
}

/** Verify tells what is no JSON; here it gives no row. */
function tryParse(message: Uint8Array): JsonValue | undefined {
  try {
    return parseJson(decoder.decode(message));
  } catch {
    return undefined;
  }
}

function readItems(
  table: TableName,
  read: Reader,
  items: JsonValue | undefined,
  given: Readonly<Record<string, Cell>>,
): DerivedRow[] {
  if (!Array.isArray(items)) return [];
  return items.filter(isJsonObject).map((item) => {
    const exchange_time = cellOf(item['timestamp'], 'timestamp');
    return { table, row: read(item, { ...given, exchange_time }) } as unknown as DerivedRow;
  });
}

/** `[1,{"a":[…],…},"ticker","XBT/USD"]` and `[1,[["5541.2","0.1","1534614057.321597","s","l",""]],"trade","XBT/USD"]` */
function v1Rows(
  value: readonly JsonValue[],
  channel: string,
  frame: Readonly<Record<string, Cell>>,
): DerivedRow[] | undefined {
  const body = value[1];
  const symbol = cellOf(value.at(-1), 'text');
  if (channel === 'ticker' && isJsonObject(body)) {
    return [{ table: 'ticker_v1', row: tickerV1(frame, body, symbol) }];
  }
  if (channel !== 'trade' || !Array.isArray(body)) return undefined;
  return body
    .filter((trade) => Array.isArray(trade))
    .map((trade) => ({ table: 'trade', row: tradeV1(frame, trade, symbol) }));
}

function frameCells(times: FrameTimes): Record<string, Cell> {
  return {
    received_at: times.receivedNs,
    exchange_time: undefined,
    connection_id: times.connectionId,
    sequence: times.sequence,
    monotonic_ns: times.monotonicNs,
  };
}
