import type { FuturesDesk } from '../futures/desk.ts';
import type { PaperDesk } from '../paper/paper-desk.ts';
import type { Dialect } from '../server/dialect.ts';
import { answerUnified } from './private-requests.ts';
import { parseUnified } from './unified-request.ts';

/**
 * The Unified socket (https://docs.kraken.com/exchange/api-reference/unified-websocket): v2's words
 * with an asset class, in two sockets. Only derivatives are there, as at the exchange until Spot joins.
 */
export function unifiedDialect(
  side: 'public' | 'private',
  paper: PaperDesk | undefined,
  futures: FuturesDesk,
): Dialect {
  const { source } = futures;
  return {
    source: {
      refusal: (subscription) => source.refusal(subscription),
      attach: (subscriptions, subscriber) => {
        for (const subscription of subscriptions) {
          if ('symbol' in subscription) futures.now(futures.marketOf(subscription.symbol));
        }
        source.attach(subscriptions, subscriber);
      },
      detach: (subscription, subscriber) => {
        source.detach(subscription, subscriber);
      },
      detachAll: (subscriber) => {
        source.detachAll(subscriber);
      },
    },
    parse: (text) => parseUnified(text, side),
    hasTriggers: false,
    answerPrivate: (text, subscriber) => answerUnified({ paper, futures }, text, subscriber),
    countPrivate: (subscriber) =>
      futures.private.countOf(subscriber) + (paper?.private.countOf(subscriber) ?? 0),
    hold: (token, subscriber) => {
      paper?.tokens.hold(token, subscriber);
    },
    leave: (subscriber) => {
      futures.private.detachAll(subscriber);
      paper?.leave(subscriber);
    },
  };
}
