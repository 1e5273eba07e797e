import { DEFAULT_INSTRUMENTS, type SyntheticInstrument } from './instruments.ts';
import { createRandom } from './random.ts';

/** The most markets there can be: about as many as the exchange has. */
export const MAX_INSTRUMENTS = 1_500;

/** Symbol, decimals of a price, decimals of a quantity, opening price in ticks, levels, ticks a step. */
type Row = readonly [string, number, number, number, number, number?];

/** Precisions are close to the exchange's; prices are of no particular day. */
const ROWS: readonly Row[] = [
  ['BTC/EUR', 1, 8, 594_300, 400],
  ['ETH/EUR', 2, 8, 165_310, 300],
  ['ETH/BTC', 5, 8, 2_785, 120],
  ['SOL/EUR', 2, 8, 10_860, 120],
  ['XRP/USD', 5, 8, 218_345, 200],
  ['XRP/BTC', 8, 8, 3_384, 60],
  ['DOGE/USD', 7, 8, 1_543_210, 150],
  ['ADA/USD', 6, 8, 512_345, 100],
  ['LTC/USD', 2, 8, 8_412, 80],
  ['DOT/USD', 4, 8, 28_450, 60],
  ['LINK/USD', 5, 8, 1_312_345, 80],
  ['AVAX/USD', 2, 8, 1_534, 40],
  ['XLM/USD', 6, 8, 245_310, 60],
  ['XMR/USD', 2, 8, 31_255, 40],
  ['ATOM/USD', 4, 8, 31_240, 40],
  ['UNI/USD', 3, 8, 5_432, 40],
  ['AAVE/USD', 2, 8, 17_233, 40],
  ['SHIB/USD', 8, 5, 912, 60],
  ['BONK/USD', 8, 5, 1_234, 60],
  ['TRX/USD', 6, 8, 287_654, 60],
  ['USDT/USD', 5, 8, 99_985, 40],
  ['USDC/USD', 4, 8, 10_000, 30],
  ['EUR/USD', 5, 8, 108_455, 60],
  ['USD/JPY', 3, 8, 151_234, 30, 5],
  ['PAXG/USD', 2, 8, 412_310, 30],
  ['ZEC/USD', 2, 8, 5_231, 20],
  ['ETC/USD', 3, 8, 15_230, 20],
  ['XTZ/USD', 4, 8, 5_820, 20],
  ['WIF/USD', 3, 5, 432, 20],
  ['TRUMP/USD', 2, 5, 612, 20],
];

const ACTIVITY = 2;
/** What a market's orders cost at the least, typically at the least and typically at the most. */
const MINIMUM_COST = 1;
const SMALL_COST = 5;
const LARGE_COST = 200_000;

function instrumentOf([
  symbol,
  pricePrecision,
  quantityPrecision,
  startTicks,
  levels,
  incrementTicks,
]: Row): SyntheticInstrument {
  const [base = '', quote = ''] = symbol.split('/');
  const inQuote = quote === 'BTC' ? 1 / 60_000 : quote === 'JPY' ? 150 : 1;
  const price = startTicks / 10 ** pricePrecision;
  const lotsOf = (cost: number): number =>
    Math.max(1, Math.round(((cost * inQuote) / price) * 10 ** quantityPrecision));
  return {
    symbol,
    base,
    quote,
    pricePrecision,
    quantityPrecision,
    costPrecision: quote === 'BTC' ? 10 : 5,
    incrementTicks,
    startTicks,
    levels,
    minLevels: Math.min(12, Math.ceil(levels / 4)),
    minLots: lotsOf(SMALL_COST),
    maxLots: lotsOf(LARGE_COST),
    activity: ACTIVITY,
    minimumLots: lotsOf(MINIMUM_COST),
    minimumCost: quote === 'BTC' ? '0.00002' : '0.5',
  };
}

/** All markets that have a name here: those of `DEFAULT_INSTRUMENTS`, then the others. */
export const NAMED_INSTRUMENTS: readonly SyntheticInstrument[] = [
  ...DEFAULT_INSTRUMENTS,
  ...ROWS.map(instrumentOf),
];

/** The first so many markets: those with a name, then invented ones, the same each time. */
export function firstInstruments(count: number): readonly SyntheticInstrument[] {
  const random = createRandom('instruments');
  const instruments = NAMED_INSTRUMENTS.slice(0, count);
  while (instruments.length < count) {
    const number = instruments.length - NAMED_INSTRUMENTS.length;
    const pricePrecision = 2 + random.below(7);
    const startTicks = 100 + random.spread(1_000_000);
    let quantityPrecision = 8;
    // What trades for little trades in large lots: quantities stay exact in a number.
    for (
      let lots = (LARGE_COST / startTicks) * 10 ** (pricePrecision + 8);
      lots > 1e15;
      lots /= 10
    ) {
      quantityPrecision -= 1;
    }
    const name = `K${String(number).padStart(4, '0')}`;
    instruments.push(
      instrumentOf([`${name}/USD`, pricePrecision, quantityPrecision, startTicks, 12]),
    );
  }
  return instruments;
}
