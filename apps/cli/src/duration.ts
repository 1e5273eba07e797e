import { InvalidArgumentError } from 'commander';

const units: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** What a book can be had with: https://docs.kraken.com/api/docs/websocket-v2/book */
const depths = [10, 25, 100, 500, 1000];

/** Levels a side that the exchange offers. */
export const parseDepth = (text: string): number => parseDepthOf(depths, text);

/** Of orders one by one: https://docs.kraken.com/api/docs/websocket-v2/level3 */
export const parseLevel3Depth = (text: string): number => parseDepthOf([10, 100, 1000], text);

const parseDepthOf = (offered: readonly number[], text: string): number => {
  const depth = offered.find((known) => `${known}` === text);
  if (depth === undefined) throw new InvalidArgumentError(`Give one of ${offered.join(', ')}.`);
  return depth;
};

/** Milliseconds of `500ms`, `10s`, `5m`, `6h`, `30d`. */
export const parseDuration = (text: string): number => {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text);
  const ms = match === null ? 0 : Number(match[1]) * (units[match[2] ?? ''] ?? 0);
  if (ms <= 0) throw new InvalidArgumentError('Give a number with a unit, such as 10s, 5m or 6h.');
  return ms;
};

/** A whole number from `least` to `most`. */
export const parseWhole =
  (least: number, most: number) =>
  (text: string): number => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= least && value <= most)) {
      throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`);
    }
    return value;
  };
