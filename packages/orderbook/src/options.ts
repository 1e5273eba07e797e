import { OrderBookError } from './errors.ts';

export const MAX_DEPTH = 10_000;

/** The value, or INVALID_OPTION. */
export function wholeNumber(option: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new OrderBookError(
    'INVALID_OPTION',
    `${option} is ${String(value)}: give a whole number from ${least} to ${most}.`,
    { option, value },
  );
}
