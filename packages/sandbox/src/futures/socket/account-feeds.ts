import type { Account } from '../../exchange/index.ts';
import type { Subscriber } from '../../market-source.ts';
import type { PrivateFeed } from '../../paper/private-feeds.ts';
import type { FuturesBatch, FuturesDesk } from '../desk.ts';
import { BalancesFeed } from './balances-feed.ts';
import { feedFrame } from './feed-frame.ts';
import { FillsFeed } from './fills-feed.ts';
import { LogFeed } from './log-feed.ts';
import { OpenOrdersFeed } from './open-orders-feed.ts';
import { PositionsFeed } from './positions-feed.ts';
import type { AccountFeed } from './request.ts';

/** A private feed as it was asked for. */
export function createAccountFeed(
  name: AccountFeed,
  desk: FuturesDesk,
  account: Account,
  subscriber: Subscriber,
  products: readonly string[] | undefined,
): PrivateFeed<FuturesBatch> {
  switch (name) {
    case 'fills':
      return new FillsFeed(desk, account, subscriber, products && new Set(products));
    case 'open_orders':
    case 'open_orders_verbose':
      return new OpenOrdersFeed(name, desk, account, subscriber);
    case 'open_positions':
      return new PositionsFeed(desk, account, subscriber);
    case 'balances':
      return new BalancesFeed(desk, account, subscriber);
    case 'account_log':
      return new LogFeed(desk, account, subscriber);
    case 'notifications_auth':
    default:
      // What there is to tell comes from the sandbox's own state: the session tells it.
      return {
        name,
        account,
        subscriber,
        open: () => {
          subscriber.push(
            feedFrame('{"feed":"notifications_auth","notifications":[]}', name, 'snapshot'),
          );
        },
        publish: () => undefined,
      };
  }
}
