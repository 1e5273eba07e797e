import { textOf, type WireParams } from '../../rest/request-params.ts';

/** A request that is refused as a whole, in the words of the futures API. */
export class FuturesError extends Error {
  override readonly name = 'FuturesError';
}

/** The text of a parameter that must be there. */
export function required(params: WireParams, name: string): string {
  const text = textOf(params[name]);
  if (text === undefined || text === '') throw new FuturesError('requiredArgumentMissing');
  return text;
}
