import type { KrakenError } from '@kr/schemas';

/** About whatever was sent, changes something, and got no verdict. */
export const LOOK_FIRST = 'It may have been done: look before repeating it.';

/**
 * What to do about an error of Kraken's, the first that matches.
 * https://docs.kraken.com/api/docs/guides/spot-errors
 */
const ADVICE: readonly (readonly [RegExp, string])[] = [
  [
    /^EGeneral:Temporary lockout/,
    'Send nothing with this key for 15 minutes, and mend the key first.',
  ],
  [
    /Invalid nonce|^nonce/,
    'Another program may use the same key, or the key has seen a higher nonce: give each program a key of its own, or a shared nonce store.',
  ],
  [
    /Invalid key/,
    'Check the API key: Spot and Futures have keys of their own. Too many of these lock the key out.',
  ],
  [
    /Invalid signature|^authenticationError/,
    'Check the secret, and that nothing changed the body after it was signed.',
  ],
  [
    /[Pp]ermission|^insufficientPrivileges/,
    "Give the key the endpoint's permission in Kraken's settings: {permission}.",
  ],
  [
    /^EOrder:Rate limit/,
    "The pair's trading counter is full: wait until it has decayed, and cancel young orders less.",
  ],
  [
    /^EOrder:Domain rate limit/,
    "The account's trading counter is full: wait until it has decayed.",
  ],
  [
    /[Rr]ate limit|^EGeneral:Too many requests|^apiLimitExceeded/,
    'Wait until the counter has decayed; a governor keeps below it.',
  ],
  [/Throttled/, 'Wait until the time that Kraken gave, and keep fewer requests in flight.'],
  [/Insufficient funds|^insufficient/, 'Lower the quantity, or add funds.'],
  [/Order minimum not met/, 'Raise the volume to the ordermin of the pair.'],
  [/Cost minimum not met/, 'Raise price times volume to the costmin of the pair.'],
  [/Tick size check failed/, 'Quantize the price to the tick size of the pair.'],
  [/Orders limit exceeded/, 'Cancel some open orders of this pair first.'],
  [/Unknown asset pair|Unknown asset/, 'Look the name up in AssetPairs or Assets.'],
  [
    /^EGeneral:Invalid arguments|^invalidArgument|^requiredArgumentMissing/,
    "Check the parameters against the endpoint's page.",
  ],
  [/cancel_only|post_only/, 'Look at SystemStatus: the market takes no such order now.'],
  [
    /Deadline elapsed/,
    'It was not done; send it anew with a later deadline if it is still wanted.',
  ],
  [/^EGeneral:Internal error|^EDatabase/, 'Something broke at Kraken: try later.'],
  [
    /^EService|^Unavailable|^marketUnavailable|^Server Error/,
    'Kraken is busy or down: look at SystemStatus and try later.',
  ],
];

/** `permission`: what the endpoint asks of a key. */
export function adviceFor(error: KrakenError, permission: string): string {
  const advice =
    ADVICE.find(([pattern]) => pattern.test(error.raw.trim()))?.[1] ??
    "Look the text up in Kraken's error list; repeating the request unchanged will not help.";
  return advice.replace('{permission}', permission);
}
