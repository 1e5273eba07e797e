import type { MarketSource, Subscriber } from '../market-source.ts';
import { answerPrivate, type PrivateAnswer } from '../paper/private-requests.ts';
import { parseRequest, type Request } from '../protocol/request.ts';
import type { SessionHost } from './session.ts';

/** What differs between the sockets that use v2's words: Spot's own, and the Unified. */
export interface Dialect {
  readonly source: Pick<MarketSource, 'refusal' | 'attach' | 'detach' | 'detachAll'>;
  readonly parse: (text: string) => Request;
  /** Whether a ticker can be asked for by what triggers it; acknowledgements say so then. */
  readonly hasTriggers: boolean;
  /** Answers a request for an account. Never throws for what a client can send. */
  readonly answerPrivate: (text: string, subscriber: Subscriber) => PrivateAnswer;
  /** How many private subscriptions a connection has. */
  readonly countPrivate: (subscriber: Subscriber) => number;
  /** A connection uses a token for something public. */
  readonly hold: (token: string, subscriber: Subscriber) => void;
  /** A connection is gone. */
  readonly leave: (subscriber: Subscriber) => void;
}

export function spotDialect({ source, desk }: Pick<SessionHost, 'source' | 'desk'>): Dialect {
  return {
    source,
    parse: parseRequest,
    hasTriggers: true,
    answerPrivate: (text, subscriber) => answerPrivate(desk, text, subscriber),
    countPrivate: (subscriber) => desk?.private.countOf(subscriber) ?? 0,
    hold: (token, subscriber) => {
      desk?.tokens.hold(token, subscriber);
    },
    leave: (subscriber) => {
      desk?.leave(subscriber);
    },
  };
}
