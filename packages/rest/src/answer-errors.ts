import type { KrakenError } from '@kr/schemas';
import { adviceFor, LOOK_FIRST } from './advice.ts';
import { RestError } from './errors.ts';

export interface AnswerSource {
  readonly endpoint: string;
  readonly mutates: boolean;
  readonly status: number;
  readonly contentType: string;
  /** What the endpoint asks of a key. */
  readonly permission: string;
}

/** Kraken's own refusal. With several, the first decides. */
export function rejected(
  source: AnswerSource,
  errors: readonly [KrakenError, ...KrakenError[]],
): RestError<'REJECTED'> {
  const [first] = errors;
  const texts = errors.map(({ raw }) => raw).join(', ');
  const isUnknown = source.mutates && errors.some(({ ambiguous }) => ambiguous);
  const advice = adviceFor(first, source.permission);
  return new RestError(
    'REJECTED',
    `${source.endpoint}: Kraken answered ${texts}.`,
    {
      endpoint: source.endpoint,
      category: first.kind,
      retryable: errors.every(({ retryable }) => retryable),
      effect: isUnknown ? 'unknown' : 'none',
      advice: isUnknown ? `${LOOK_FIRST} ${advice}` : advice,
    },
    { errors },
  );
}

/** A status, or a text, that does not come from the API itself. */
export function notFromApi(
  source: AnswerSource,
  body: Uint8Array,
): RestError<'HTTP_STATUS' | 'NOT_JSON'> {
  const { endpoint, status } = source;
  const html = /html/i.test(source.contentType) || body[0] === 0x3c;
  const page = html ? ', an HTML page' : '';
  if (status >= 200 && status < 300) {
    return new RestError(
      'NOT_JSON',
      `${endpoint}: the answer is no JSON${page}.`,
      {
        endpoint,
        category: 'protocol',
        retryable: true,
        effect: source.mutates ? 'unknown' : 'none',
        advice: source.mutates
          ? `${LOOK_FIRST} Something between here and Kraken answered: check the proxy.`
          : 'Something between here and Kraken answered: try later, and check the proxy.',
      },
      { status, html },
    );
  }
  return new RestError(
    'HTTP_STATUS',
    `${endpoint}: HTTP status ${status}${page}.`,
    { endpoint, ...meaningOf(status, source.mutates) },
    { status, html },
  );
}

/** 408, 425, 429 and 5xx pass; a gateway's 5xx says nothing about what was done behind it. */
function meaningOf(status: number, mutates: boolean) {
  if (status === 429) {
    return {
      category: 'rateLimit' as const,
      retryable: true,
      effect: 'none' as const,
      advice: 'Send less, and later.',
    };
  }
  if (status >= 500 || status === 408 || status === 425) {
    return {
      category: 'unavailable' as const,
      retryable: true,
      effect: mutates ? ('unknown' as const) : ('none' as const),
      advice: mutates
        ? 'The gateway cannot say what was done behind it: look before repeating it.'
        : 'Try later.',
    };
  }
  return {
    category: status === 401 || status === 403 ? ('auth' as const) : ('protocol' as const),
    retryable: false,
    effect: 'none' as const,
    advice:
      status === 403
        ? 'A firewall refused it: check the address it comes from and the User-Agent.'
        : 'Check the path and the base URL.',
  };
}

/** JSON that is not what the endpoint documents. */
export function unexpectedAnswer(
  source: AnswerSource,
  reason: string,
  cause?: unknown,
): RestError<'UNEXPECTED_ANSWER'> {
  return new RestError(
    'UNEXPECTED_ANSWER',
    `${source.endpoint}: the answer has not the documented shape: ${reason}`,
    {
      endpoint: source.endpoint,
      category: 'protocol',
      retryable: false,
      effect: source.mutates ? 'unknown' : 'none',
      advice: source.mutates ? LOOK_FIRST : "Look into the endpoint's changelog.",
    },
    { reason },
    { cause },
  );
}
