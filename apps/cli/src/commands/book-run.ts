import { L2Book, type Level } from '@kr/orderbook';
import { createConnection } from '@kr/ws';
import { CliError } from '../errors.ts';
import type { Io } from '../io.ts';
import { formatLadder } from '../output/ladder.ts';
import type { CommandResult } from '../output/result.ts';
import type { BookOptions } from './book.ts';
import { type Market, openMarket } from './market.ts';

/** A market, or an address of which nobody knows what stands behind it. */
type BookMarket = Omit<Market, 'source'> & { readonly source: Market['source'] | 'address' };

/** A market where nothing is said for this long has no book to show. */
const PATIENCE_MS = 10_000;

/** Subscribes and waits for the first book that verifies. */
export const readBook = async (
  symbol: string,
  options: BookOptions,
  io: Io,
): Promise<CommandResult> => {
  if (options.once !== true) {
    throw new CliError('validation', 'kr book prints one ladder so far.', { hint: 'Add --once.' });
  }
  if (options.live === true && options.url !== undefined) {
    throw new CliError('validation', '--live and --url exclude each other.', {
      hint: 'Leave one out.',
    });
  }
  const market = await marketOf(symbol, options, io);
  const { url } = market;
  const patience = new AbortController();
  const timer = io.timers.setTimeout(() => patience.abort(), PATIENCE_MS);
  const signal = AbortSignal.any([io.interrupted, patience.signal]);
  const { clock, timers, random } = io;
  const connection = createConnection({ url, clock, timers, random });
  try {
    const frames = connection.frames({ signal });
    await connection.open({ signal });
    const params = { channel: 'book', symbol: [symbol], depth: options.depth } as const;
    const [result] = await connection.subscribe(params, { signal });
    if (result !== undefined && !result.success) {
      throw new CliError(
        'validation',
        `${url} has no book of ${symbol} with ${options.depth} levels: ${result.error}`,
        {
          hint:
            market.source === 'sandbox'
              ? `The sandbox has ${market.symbols.join(', ')}, with 10, 25, 100, 500 or 1000 levels. For Kraken's own, add --live.`
              : 'Check the symbol (BTC/USD, not XBTUSD) and the depth (10, 25, 100, 500 or 1000).',
        },
      );
    }
    const book = new L2Book({ symbol, depth: options.depth });
    for await (const frame of frames) {
      book.apply(frame.bytes);
      if (!book.verified) continue;
      return resultOf(book, market.source === 'sandbox');
    }
    throw new CliError('websocket', `${url} ended the connection before a book came.`);
  } catch (error) {
    if (!patience.signal.aborted) throw error;
    throw new CliError(
      'websocket',
      `${url} sent no book of ${symbol} that verifies within ${PATIENCE_MS / 1000} s.`,
      { hint: 'Try again, or look at status.kraken.com.', cause: error },
    );
  } finally {
    io.timers.clearTimeout(timer);
    await connection.close();
    await market.close();
  }
};

const rowsOf = (side: 'bid' | 'ask', levels: readonly Level[]) =>
  levels.map(({ price, quantity }) => ({ side, price, quantity }));

/** A level a row; the price and the quantity with the digits of the wire. */
const resultOf = (book: L2Book, simulated: boolean): CommandResult => {
  const bids = book.bids();
  const asks = book.asks();
  return {
    columns: [{ key: 'side' }, { key: 'price' }, { key: 'quantity' }],
    rows: [...rowsOf('ask', asks.toReversed()), ...rowsOf('bid', bids)],
    document: {
      symbol: book.symbol,
      depth: book.depth,
      verified: book.verified,
      checksum: book.checksum(),
      bids: bids.map(({ price, quantity }) => ({ price, quantity })),
      asks: asks.map(({ price, quantity }) => ({ price, quantity })),
    },
    text: () => formatLadder(book),
    simulated,
  };
};

/** A sandbox of its own, unless an address or Kraken was asked for. */
const marketOf = async (
  symbol: string,
  { url, live }: BookOptions,
  io: Io,
): Promise<BookMarket> => {
  if (url !== undefined) {
    return { url, source: 'address', symbols: [], close: () => Promise.resolve() };
  }
  const kraken = live === true ? { live: [symbol] } : {};
  return openMarket({ seed: 1, rate: 50, port: 0, ...kraken }, io);
};
