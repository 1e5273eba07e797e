import { SandboxError } from '../errors.ts';
import type { ExchangeInstrument } from '../exchange/index.ts';
import { PAIR } from '../protocol/request.ts';
import {
  DEFAULT_ASSETS,
  DEFAULT_INSTRUMENTS,
  type SyntheticAsset,
  type SyntheticInstrument,
} from './instruments.ts';
import { firstInstruments, MAX_INSTRUMENTS, NAMED_INSTRUMENTS } from './more-instruments.ts';

/** The instruments of an option: how many, names, or whole ones. Throws `UNKNOWN_SYMBOL` or `INVALID_OPTION`. */
export function resolveInstruments(
  wanted: number | readonly (string | SyntheticInstrument)[] = DEFAULT_INSTRUMENTS,
): readonly SyntheticInstrument[] {
  if (typeof wanted === 'number') {
    if (Number.isInteger(wanted) && wanted > 0 && wanted <= MAX_INSTRUMENTS) {
      return firstInstruments(wanted);
    }
    throw invalid(`symbols is ${wanted}: give a whole number from 1 to ${MAX_INSTRUMENTS}`);
  }
  const instruments = wanted.map((each) => (typeof each === 'string' ? find(each) : check(each)));
  const symbols = instruments.map(({ symbol }) => symbol);
  const twice = symbols.find((symbol, at) => symbols.indexOf(symbol) < at);
  if (twice !== undefined) throw invalid(`symbols names ${twice} twice: name it once`);
  if (symbols.length === 0) throw invalid('symbols is empty: name one, or leave it out for all');
  return instruments;
}

/** The assets of instruments; those that a caller brought are given the precision of most. */
export function assetsOf(instruments: readonly ExchangeInstrument[]): readonly SyntheticAsset[] {
  const fiat = new Set(['GBP', 'CAD', 'JPY', 'AUD', 'CHF']);
  const ids = new Set(instruments.flatMap(({ base, quote }) => [base, quote]));
  return [...ids].map(
    (id) =>
      DEFAULT_ASSETS.find((asset) => asset.id === id) ?? {
        id,
        precision: fiat.has(id) ? 4 : 10,
        precisionDisplay: fiat.has(id) ? 2 : 5,
        collateralValue: '0.00',
      },
  );
}

function find(symbol: string): SyntheticInstrument {
  const known = NAMED_INSTRUMENTS.find((instrument) => instrument.symbol === symbol);
  if (known !== undefined) return known;
  const names = NAMED_INSTRUMENTS.map((instrument) => instrument.symbol).join(', ');
  throw new SandboxError(
    'UNKNOWN_SYMBOL',
    `the synthetic market has no ${symbol}: choose of ${names}, or pass an instrument of your own`,
    { symbol },
  );
}

/** What the agents count on: without it a book could empty, cross or stand still. */
function check(instrument: SyntheticInstrument): SyntheticInstrument {
  const { symbol, minLevels, levels, minLots, maxLots, activity } = instrument;
  if (!PAIR.test(symbol)) throw invalid(`symbol "${symbol}" is no pair: name it as BTC/USD`);
  const whole = ['startTicks', 'levels', 'minLevels', 'minLots', 'maxLots', 'minimumLots'] as const;
  for (const field of whole) {
    const value = instrument[field];
    if (!Number.isInteger(value) || value < 1) {
      throw invalid(`${field} of ${symbol} is ${value}: give a whole number from 1`);
    }
  }
  for (const field of ['pricePrecision', 'quantityPrecision', 'costPrecision'] as const) {
    const value = instrument[field];
    if (!Number.isInteger(value) || value < 0) {
      throw invalid(`${field} of ${symbol} is ${value}: give a whole number from 0`);
    }
  }
  const { incrementTicks = 1 } = instrument;
  if (!Number.isInteger(incrementTicks) || incrementTicks < 1) {
    throw invalid(`incrementTicks of ${symbol} is ${incrementTicks}: give a whole number from 1`);
  }
  if (minLevels > levels) throw invalid(`minLevels of ${symbol} is above its levels`);
  if (minLots > maxLots) throw invalid(`minLots of ${symbol} is above its maxLots`);
  if (!(activity > 0 && Number.isFinite(activity))) {
    throw invalid(`activity of ${symbol} is ${activity}: give a number above 0`);
  }
  return instrument;
}

function invalid(message: string): SandboxError {
  return new SandboxError('INVALID_OPTION', message);
}
