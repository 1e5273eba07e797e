import { InvalidArgumentError } from 'commander';

/** https://docs.kraken.com/api/docs/rest-api/get-ohlc-data */
const INTERVALS: Readonly<Record<string, number>> = {
  '1m': 1,
  '5m': 5,
  '15m': 15,
  '30m': 30,
  '1h': 60,
  '4h': 240,
  '1d': 1440,
  '1w': 10_080,
  '15d': 21_600,
};

/** Minutes of a candle that the exchange has. */
export const parseInterval = (text: string): number => {
  const minutes = INTERVALS[text] ?? Object.values(INTERVALS).find((known) => `${known}` === text);
  if (minutes === undefined) {
    throw new InvalidArgumentError(`Give one of ${Object.keys(INTERVALS).join(', ')}.`);
  }
  return minutes;
};
