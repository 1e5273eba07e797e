/**
 * Kraken's refusals of subscriptions, told apart by their text: nothing else distinguishes them.
 * Texts as captured from the wire; matching goes by what they begin with or hold, for they vary.
 */

/** The stream of this very subscription runs already: an acknowledgement of ours came late or got lost. */
export function isAlreadySubscribed(error: string): boolean {
  return error === 'Already subscribed' || /^Already subscribed to \w+ channel/.test(error);
}

/** Nothing is left to unsubscribe. */
export function isNotSubscribed(error: string): boolean {
  return /^Subscription Not Found/i.test(error);
}

/** We ask too fast. Comes as a refusal, or as a message of its own that answers nothing. */
export function isRateLimit(error: string): boolean {
  return /Exceeded msg rate|Rate limit exceeded|Too many requests|^EService:Throttled/i.test(error);
}

/** The token is not taken, or not any more: another one can help. */
export function isSession(error: string): boolean {
  return /^ESession:|^EAPI:Invalid (?:token|session)/i.test(error);
}

/** Asking again later can help: overload and maintenance pass. */
export function isTransient(error: string): boolean {
  return isRateLimit(error) || /^EService:(?:Unavailable|Busy)|Internal error/i.test(error);
}
