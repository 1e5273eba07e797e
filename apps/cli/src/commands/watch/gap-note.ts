import type { GapEvent } from '@kr/schemas/shared';

/** A hole, in words. */
export const gapNote = ({ reason, from, to, channel, symbols, detail }: GapEvent): string => {
  const what = [symbols.join(', '), channel].filter((part) => part !== undefined && part !== '');
  const name = what.length === 0 ? 'everything' : what.join(' ');
  if (to !== undefined) return `gap of ${name} ended at ${to} (${reason} since ${from ?? '?'})`;
  return `gap of ${name} since ${from ?? 'the beginning'}: ${reason}${detail === undefined ? '' : `: ${detail}`}`;
};
