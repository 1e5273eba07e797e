import { L2Book, L3Book } from '@kr/orderbook';
import { toScaled } from '@kr/orderbook/decimal';
import { type JsonObject, parseJson } from '@kr/schemas/json';
import { SandboxError } from '../errors.ts';
import type { ExchangeInstrument } from '../exchange/index.ts';
import { readCapture } from '../replay/capture.ts';
import { NAMED_INSTRUMENTS } from '../synthetic/more-instruments.ts';
import { lexemeOf } from './lexeme-of.ts';

/**
 * The instruments of a snapshot of the `instrument` channel, of these symbols or of all: what a live
 * source is opened with. Throws `INVALID_OPTION`.
 */
export function readInstruments(
  frame: string | Uint8Array,
  symbols?: readonly string[],
): readonly ExchangeInstrument[] {
  const { channel, data } = parseJson(frame) as { channel?: unknown; data?: { pairs?: unknown } };
  if (channel !== 'instrument' || !Array.isArray(data?.pairs)) {
    throw new SandboxError(
      'INVALID_OPTION',
      'this is no message of the instrument channel: give its snapshot as it was received',
    );
  }
  return (data.pairs as readonly JsonObject[])
    .filter(({ symbol }) => symbols === undefined || symbols.includes(lexemeOf(symbol)))
    .map(instrumentOf);
}

function instrumentOf(pair: JsonObject): ExchangeInstrument {
  const text = (name: string): string => lexemeOf(pair[name]);
  const pricePrecision = Number(pair['price_precision']);
  const quantityPrecision = Number(pair['qty_precision']);
  const margin = {
    initial: text('margin_initial'),
    limitLong: Number(pair['position_limit_long']),
    limitShort: Number(pair['position_limit_short']),
  };
  return {
    symbol: text('symbol'),
    base: text('base'),
    quote: text('quote'),
    pricePrecision,
    quantityPrecision,
    costPrecision: Number(pair['cost_precision']),
    incrementTicks: Number(toScaled(text('price_increment'), pricePrecision)),
    minimumLots: Number(toScaled(text('qty_min'), quantityPrecision)),
    minimumCost: text('cost_min'),
    ...(pair['marginable'] === true && pair['margin_initial'] !== undefined ? { margin } : {}),
  };
}

/**
 * The instruments of a capture: as its `instrument` channel has them, and else with the decimals of its
 * books and the minimums that the sandbox knows for that name, or none.
 */
export async function recordedInstruments(path: string): Promise<readonly ExchangeInstrument[]> {
  const told = new Map<string, ExchangeInstrument>();
  const seen = new Map<string, ExchangeInstrument>();
  for await (const { channel, type, bytes, symbols } of readCapture(path)) {
    if (channel === 'instrument') {
      for (const each of readInstruments(bytes)) told.set(each.symbol, each);
    }
    const [symbol] = symbols;
    if (type !== 'snapshot' || symbol === undefined || seen.has(symbol)) continue;
    if (channel === 'book')
      seen.set(symbol, guess(symbol, new L2Book({ symbol, depth: 1_000 }), bytes));
    if (channel === 'level3')
      seen.set(symbol, guess(symbol, new L3Book({ symbol, depth: 1_000 }), bytes));
  }
  return [...seen].map(([symbol, guessed]) => told.get(symbol) ?? guessed);
}

function guess(symbol: string, book: L2Book | L3Book, snapshot: Uint8Array): ExchangeInstrument {
  book.apply(snapshot);
  const { pricePrecision = 8, quantityPrecision = 8 } = book;
  const known = NAMED_INSTRUMENTS.find((each) => each.symbol === symbol);
  if (known?.pricePrecision === pricePrecision && known.quantityPrecision === quantityPrecision) {
    return known;
  }
  const [base = '', quote = ''] = symbol.split('/');
  return {
    symbol,
    base,
    quote,
    pricePrecision,
    quantityPrecision,
    costPrecision: 8,
    minimumLots: 1,
    minimumCost: '0',
  };
}
