import { RestError } from './errors.ts';

/** The error for a call of a key that Kraken has locked out. */
export function lockedOut(name: string, waitMs: number): RestError<'LOCKED_OUT'> {
  return new RestError(
    'LOCKED_OUT',
    `${name}: Kraken has locked this key out; nothing is sent for ${Math.ceil(waitMs / 1000)} s.`,
    {
      endpoint: name,
      category: 'auth',
      retryable: false,
      effect: 'none',
      advice: 'Mend the key first; each further try makes it longer.',
    },
    { waitMs },
  );
}

/** The error for a call that would have to wait longer than it may. */
export function tooLong(
  name: string,
  scope: string,
  waitMs: number,
): RestError<'RATE_LIMIT_AHEAD'> {
  return new RestError(
    'RATE_LIMIT_AHEAD',
    `${name}: the limit "${scope}" has no room for ${waitMs} ms.`,
    {
      endpoint: name,
      category: 'rateLimit',
      retryable: true,
      effect: 'none',
      advice: 'Nothing was sent. Call later, or raise maxWaitMs.',
    },
    { scope, waitMs },
  );
}
