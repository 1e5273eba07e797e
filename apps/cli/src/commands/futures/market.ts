import type { Column, CommandResult, Row } from '../../output/result.ts';
import type { Session } from '../../session.ts';

const textColumns = (...keys: readonly string[]): Column[] => keys.map((key) => ({ key }));
const decimalColumns = (...keys: readonly string[]): Column[] =>
  keys.map((key) => ({ key, align: 'decimal' }));

/** Symbols are as the venue prints them, whatever case they are typed in. */
const oneOf = (names: readonly string[]): ((row: { readonly symbol: string }) => boolean) => {
  const wanted = new Set(names.map((name) => name.toUpperCase()));
  return ({ symbol }) => wanted.size === 0 || wanted.has(symbol.toUpperCase());
};

export const readInstruments = async (
  session: Session,
  _options: object,
  names: readonly string[],
): Promise<CommandResult> => {
  const client = await session.futures('public');
  const { instruments } = await client.instruments({}, { signal: session.signal });
  return {
    columns: [
      ...textColumns('symbol', 'type', 'tradeable'),
      ...decimalColumns('tickSize', 'contractSize', 'maxPositionSize'),
      ...textColumns('base', 'quote', 'lastTradingTime'),
    ],
    rows: instruments.filter(oneOf(names)),
  };
};

export const readTickers = async (
  session: Session,
  _options: object,
  names: readonly string[],
): Promise<CommandResult> => {
  const client = await session.futures('public');
  const { tickers } = await client.tickers({}, { signal: session.signal });
  return {
    columns: [
      ...textColumns('symbol'),
      ...decimalColumns('last', 'markPrice', 'bid', 'ask', 'vol24h', 'openInterest', 'fundingRate'),
      ...textColumns('suspended'),
    ],
    rows: tickers.filter(oneOf(names)),
  };
};

const rowOf =
  (side: string) =>
  ([price, quantity]: readonly [string, string, ...unknown[]]): Row => ({ side, price, quantity });

export const readOrderBook = async (
  session: Session,
  _options: object,
  name: string,
): Promise<CommandResult> => {
  const symbol = name.toUpperCase();
  const client = await session.futures('public');
  const { orderBook } = await client.orderBook({ symbol }, { signal: session.signal });
  return {
    columns: [...textColumns('side'), ...decimalColumns('price', 'quantity')],
    rows: [...orderBook.asks.map(rowOf('ask')).toReversed(), ...orderBook.bids.map(rowOf('bid'))],
    document: { symbol, ...orderBook },
  };
};

export const readHistory = async (
  session: Session,
  { before }: { readonly before?: string },
  name: string,
): Promise<CommandResult> => {
  const client = await session.futures('public');
  const symbol = name.toUpperCase();
  const params = before === undefined ? { symbol } : { symbol, lastTime: before };
  const { history } = await client.history(params, { signal: session.signal });
  return {
    columns: [
      ...textColumns('time', 'side'),
      ...decimalColumns('price', 'size'),
      ...textColumns('type', 'uid'),
    ],
    rows: history,
  };
};
