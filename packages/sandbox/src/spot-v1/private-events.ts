import type { Subscriber } from '../market-source.ts';
import { AccountActions } from '../paper/account-actions.ts';
import { errorOf, FieldRefusal } from '../paper/fields.ts';
import type { PaperDesk } from '../paper/paper-desk.ts';
import type { PrivateFeed } from '../paper/private-feeds.ts';
import { WIRE_ERRORS } from '../protocol/errors.ts';
import { eventText, subscriptionErrorText, tradingText } from './answers.ts';
import { OpenOrdersFeed } from './open-orders-feed.ts';
import { OwnTradesFeed } from './own-trades-feed.ts';
import type { Fields, V1Request } from './request.ts';
import type { PrivateName } from './subscription.ts';
import { TRADING_EVENTS } from './trading-events.ts';

/** What to say, and what to do once it was said: a snapshot follows its acknowledgement. */
interface V1Answer {
  readonly texts: readonly string[];
  readonly afterwards?: (() => void) | undefined;
}

type Private = Extract<V1Request, { kind: 'private' }>;
type Trading = Extract<V1Request, { kind: 'trading' }>;

/** Answers `subscribe` and `unsubscribe` of an account's channels. */
export function answerPrivateChannels(
  desk: PaperDesk | undefined,
  request: Private,
  subscriber: Subscriber,
): V1Answer {
  const feeds: PrivateFeed[] = [];
  const texts = request.names.map((name) => {
    try {
      if (request.event === 'unsubscribe') return unsubscribe(desk, name, request, subscriber);
      const { feed, text } = subscribe(desk, name, request, subscriber);
      feeds.push(feed);
      return text;
    } catch (error) {
      const parameters = JSON.stringify({ name });
      return subscriptionErrorText(errorOf(error), { parameters }, request.reqid);
    }
  });
  if (feeds.length === 0) return { texts };
  return {
    texts,
    afterwards: () => {
      for (const feed of feeds) desk?.private.attach(feed);
    },
  };
}

function subscribe(
  desk: PaperDesk | undefined,
  name: PrivateName,
  { subscription, reqid }: Private,
  subscriber: Subscriber,
): { readonly feed: PrivateFeed; readonly text: string } {
  const token = subscription['token'];
  if (typeof token !== 'string') throw new FieldRefusal(WIRE_ERRORS.tokenMissing);
  const account = desk?.accountOf(token);
  if (desk === undefined || account === undefined) throw new FieldRefusal(WIRE_ERRORS.session);
  if (desk.private.has(name, subscriber)) throw new FieldRefusal(WIRE_ERRORS.alreadySubscribed);
  desk.tokens.hold(token, subscriber);
  if (name === 'ownTrades') {
    const snapshot = subscription['snapshot'] !== false;
    const feed = new OwnTradesFeed(account, subscriber, snapshot);
    return { feed, text: statusText(name, 'subscribed', reqid) };
  }
  const counts = subscription['ratecounter'] === true;
  const rateCount = counts
    ? (symbol: string): number => desk.counters.orderCount(account.id, symbol)
    : undefined;
  const more = counts ? { maxratecount: desk.maxRateCount } : {};
  const feed = new OpenOrdersFeed(account, subscriber, rateCount);
  return { feed, text: statusText(name, 'subscribed', reqid, more) };
}

function unsubscribe(
  desk: PaperDesk | undefined,
  name: PrivateName,
  { reqid }: Private,
  subscriber: Subscriber,
): string {
  if (desk?.private.detach(name, subscriber) !== true) {
    throw new FieldRefusal(WIRE_ERRORS.notSubscribed);
  }
  if (desk.private.countOf(subscriber) === 0) desk.tokens.release(subscriber);
  return statusText(name, 'unsubscribed', reqid);
}

function statusText(
  name: PrivateName,
  status: 'subscribed' | 'unsubscribed',
  reqid: string | undefined,
  more: object = {},
): string {
  return eventText({
    channelName: `"${name}"`,
    event: '"subscriptionStatus"',
    reqid,
    status: `"${status}"`,
    subscription: JSON.stringify({ ...more, name }),
  });
}

/** Answers a trading event; several orders in one have an answer each. */
export function answerTrading(
  desk: PaperDesk | undefined,
  { event, fields, reqid }: Trading,
): readonly string[] {
  const say = (said: Readonly<Record<string, unknown>>): string => tradingText(event, said, reqid);
  try {
    const said = act(desk, event, fields);
    return (Array.isArray(said) ? said : [said]).map(say);
  } catch (error) {
    return [say({ errorMessage: errorOf(error) })];
  }
}

function act(desk: PaperDesk | undefined, event: string, fields: Fields) {
  const { token, event: _event, reqid: _reqid, ...params } = fields;
  if (typeof token !== 'string') throw new FieldRefusal(WIRE_ERRORS.tokenMissing);
  const account = desk?.accountOf(token);
  if (desk === undefined || account === undefined) throw new FieldRefusal(WIRE_ERRORS.session);
  const known = TRADING_EVENTS.get(event);
  if (known === undefined) throw new FieldRefusal(WIRE_ERRORS.methodUnsupported);
  if (!desk.may(account.id, ...known.permissions)) {
    throw new FieldRefusal('EGeneral:Permission denied');
  }
  return known.act({ actions: new AccountActions(desk, account), params });
}
