import { CliError } from '../../errors.ts';
import type { Column, CommandResult, Row } from '../../output/result.ts';
import type { Session } from '../../session.ts';
import { nearest } from '../../symbols/nearest.ts';

const textColumns = (...keys: readonly string[]): Column[] => keys.map((key) => ({ key }));
const decimalColumns = (...keys: readonly string[]): Column[] =>
  keys.map((key) => ({ key, align: 'decimal' }));

/** The venue's words in the form that all of `kr`'s have: `markPrice` is `mark_price`. */
const renamed = (body: object): Row =>
  Object.fromEntries(
    Object.entries(body).map(([key, value]: [string, unknown]) => [nameOf(key), value]),
  );

const nameOf = (key: string): string =>
  key
    .replace(/^vol(?=24h)/, 'volume')
    .replace(/(?<=[a-z])24h/, '_24h')
    .replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/**
 * Those that were asked for in their order, whatever case they are typed in; all without names.
 *
 * @throws CliError naming what may have been meant
 */
const named = (bodies: readonly { readonly symbol: string }[], names: readonly string[]): Row[] => {
  if (names.length === 0) return bodies.map(renamed);
  const known = new Map(bodies.map((body) => [body.symbol.toUpperCase(), body]));
  return names.map((name) => {
    const body = known.get(name.toUpperCase());
    if (body === undefined) throw unknownContract(name, known.keys());
    return renamed(body);
  });
};

const unknownContract = (name: string, known: Iterable<string>): CliError => {
  const close = nearest(name, known, 3);
  return new CliError('validation', `There is no contract "${name}".`, {
    code: 'UNKNOWN_PAIR',
    hint:
      close.length === 0
        ? 'kr futures instruments lists them.'
        : `Did you mean ${close.join(' or ')}?`,
  });
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
      ...decimalColumns('tick_size', 'contract_size', 'max_position_size'),
      ...textColumns('base', 'quote', 'last_trading_time'),
    ],
    rows: named(instruments, names),
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
      ...decimalColumns('last', 'mark_price', 'bid', 'ask', 'volume_24h'),
      ...decimalColumns('open_interest', 'funding_rate'),
      ...textColumns('suspended'),
    ],
    rows: named(tickers, names),
  };
};

/** The venue says of a name that it does not know that its market is not available. */
const ofContract = async <T>(
  session: Session,
  symbol: string,
  ask: () => Promise<T>,
): Promise<T> => {
  try {
    return await ask();
  } catch (error) {
    if (!String(error).includes('marketUnavailable')) throw error;
    const client = await session.futures('public');
    const { tickers } = await client.tickers({}, { signal: session.signal });
    named(tickers, [symbol]);
    throw error;
  }
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
  const { orderBook } = await ofContract(session, symbol, () =>
    client.orderBook({ symbol }, { signal: session.signal }),
  );
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
  const { history } = await ofContract(session, symbol, () =>
    client.history(params, { signal: session.signal }),
  );
  return {
    columns: [
      ...textColumns('time', 'side'),
      ...decimalColumns('price', 'size'),
      ...textColumns('type', 'uid'),
    ],
    rows: history.map(renamed),
  };
};
