import type { Account } from '../../exchange/index.ts';
import type { SystemStatus } from '../../protocol/frames.ts';
import { WireFrame } from '../../protocol/wire-frame.ts';
import { Answers } from '../../server/answers.ts';
import type { Session, SessionHost } from '../../server/session.ts';
import type { FuturesDesk } from '../desk.ts';
import { uuidOf } from '../uuid.ts';
import { createAccountFeed } from './account-feeds.ts';
import { isSignedChallenge } from './challenge.ts';
import { feedFrame, milliseconds, quote } from './feed-frame.ts';
import { topicOf } from './market-topics.ts';
import {
  type FuturesRequest,
  isAccountFeed,
  isMarketFeed,
  readRequest,
  subjectOf,
} from './request.ts';

const ERRORS = {
  json: 'Json Error',
  feed: 'Invalid feed',
  product: 'Invalid product id',
  /** (pattern) */
  event: 'Invalid event',
  /** (pattern) */
  rate: 'Request limit exceeded',
} as const;
const ALERTS = {
  again: 'Already subscribed to feed, re-requesting',
  auth: 'Failed to subscribe to authenticated feed',
} as const;

/** The v1 socket of Futures: events for requests, feeds for data, no ids. */
export class FuturesSession implements Session {
  readonly countsPings = true;
  readonly #host: SessionHost;
  readonly #desk: FuturesDesk;
  /** Keys of topics, or the names of feeds that have no product. */
  readonly #subscriptions = new Set<string>();
  #challenge: string | undefined;
  #isGreeted = false;
  #notices = 0;

  constructor(host: SessionHost, desk: FuturesDesk) {
    this.#host = host;
    this.#desk = desk;
  }

  get subscriptionCount(): number {
    return this.#subscriptions.size;
  }

  /** Others must say something now and then. */
  get isKeptAlive(): boolean {
    return this.#subscriptions.has('heartbeat');
  }

  heartbeatFrame(): WireFrame {
    const text = `{"feed":"heartbeat","time":${milliseconds(this.#host.clock.wallNs())}}`;
    return feedFrame(text, 'heartbeat', 'update');
  }

  status(system: SystemStatus): WireFrame | undefined {
    if (!this.#isGreeted) {
      this.#isGreeted = true;
      return feedFrame('{"event":"info","version":1}', 'status', 'update');
    }
    if (!this.#subscriptions.has('notifications_auth')) return undefined;
    this.#notices += 1;
    const nowMs = milliseconds(this.#host.clock.wallNs());
    const note = `The trading engine of this sandbox is ${system}`;
    const text = `{"feed":"notifications_auth","notifications":[{"id":${this.#notices},"type":"maintenance","priority":"high","note":"${note}","effective_time":${nowMs}}]}`;
    return feedFrame(text, 'notifications_auth', 'update');
  }

  handle(text: string | undefined): void {
    if (!this.#host.limits.takesMessage()) {
      this.#host.reply(new WireFrame(errorEvent(ERRORS.rate)));
      return;
    }
    const request = text === undefined ? undefined : readRequest(text);
    const answers = new Answers(this.#host, () => subjectOf(request));
    const afterwards: (() => void)[] = [];
    const settle = (symbol: string | undefined, act: () => string | readonly string[]): void => {
      answers.settle(symbol, act, ({ error }) => errorEvent(error));
    };
    if (request === undefined) settle(undefined, () => errorEvent(ERRORS.json));
    else this.#take(request, settle, afterwards);
    answers.send();
    if (afterwards.length > 0) this.#host.noteSubscribed();
    for (const act of afterwards) act();
  }

  close(): void {
    this.#desk.source.detachAll(this.#host);
    this.#desk.private.detachAll(this.#host);
    this.#subscriptions.clear();
  }

  #take(
    request: FuturesRequest,
    settle: (symbol: string | undefined, act: () => string | readonly string[]) => void,
    afterwards: (() => void)[],
  ): void {
    const { event, feed = '', products } = request;
    switch (event) {
      case 'ping':
        settle(undefined, () => '{"event":"pong"}');
        return;
      case 'challenge':
        settle(undefined, () => this.#giveChallenge(request));
        return;
      case 'subscribe':
      case 'unsubscribe': {
        const isOn = event === 'subscribe';
        if (isMarketFeed(feed)) {
          if (products === undefined || products.length === 0) {
            settle(undefined, () => errorEvent(ERRORS.product));
          }
          for (const symbol of products ?? []) {
            settle(symbol, () =>
              isOn ? this.#subscribe(feed, symbol, afterwards) : this.#unsubscribe(feed, symbol),
            );
          }
        } else if (isAccountFeed(feed) || feed === 'heartbeat') {
          settle(undefined, () => this.#takeWhole(request, feed, isOn, afterwards));
        } else settle(undefined, () => errorEvent(ERRORS.feed));
        return;
      }
      default:
        settle(undefined, () => errorEvent(ERRORS.event));
    }
  }

  /** One a connection: the same again when it is asked again. */
  #giveChallenge({ apiKey }: FuturesRequest): string {
    if (apiKey === undefined || this.#desk.accountOf(apiKey) === undefined) {
      return alertEvent(ALERTS.auth);
    }
    this.#challenge ??= uuidOf(`challenge ${this.#host.id}`);
    return `{"event":"challenge","message":"${this.#challenge}"}`;
  }

  #subscribe(
    feed: Parameters<typeof topicOf>[2],
    symbol: string,
    afterwards: (() => void)[],
  ): string | readonly string[] {
    const market = this.#desk.marketOf(symbol);
    if (market === undefined) return errorEvent(ERRORS.product);
    const topic = topicOf(this.#desk, this.#desk.sequences, feed, symbol);
    const { feeds } = this.#desk.source;
    const isAgain = this.#subscriptions.has(topic.key);
    if (!isAgain) {
      const excess = this.#host.limits.admit({ channel: feed });
      if (excess !== undefined) return errorEvent(excess);
      this.#subscriptions.add(topic.key);
    }
    afterwards.push(() => {
      feeds.attach(topic, this.#host, this.#desk.now(market));
    });
    const done = feedEvent('subscribed', feed, [symbol]);
    return isAgain ? [alertEvent(ALERTS.again), done] : done;
  }

  #unsubscribe(feed: Parameters<typeof topicOf>[2], symbol: string): string {
    const { key } = topicOf(this.#desk, this.#desk.sequences, feed, symbol);
    if (!this.#subscriptions.delete(key)) return feedEvent('unsubscribed_failed', feed, [symbol]);
    this.#host.limits.release({ channel: feed });
    this.#desk.source.feeds.detach(key, this.#host);
    return feedEvent('unsubscribed', feed, [symbol]);
  }

  /** A feed that is not of one product. */
  #takeWhole(
    request: FuturesRequest,
    feed: Parameters<typeof createAccountFeed>[0] | 'heartbeat',
    isOn: boolean,
    afterwards: (() => void)[],
  ): string | readonly string[] {
    const { products } = request;
    const account = feed === 'heartbeat' ? undefined : this.#authenticated(request);
    if (feed !== 'heartbeat' && account === undefined) return alertEvent(ALERTS.auth);
    const had = this.#subscriptions.has(feed);
    if (!isOn) {
      if (!had) return feedEvent('unsubscribed_failed', feed, products);
      this.#subscriptions.delete(feed);
      this.#host.limits.release({ channel: feed });
      this.#desk.private.detach(feed, this.#host);
      return feedEvent('unsubscribed', feed, products);
    }
    if (!had) {
      const excess = this.#host.limits.admit({ channel: feed });
      if (excess !== undefined) return errorEvent(excess);
      this.#subscriptions.add(feed);
    }
    afterwards.push(() => {
      if (feed === 'heartbeat' || account === undefined) return;
      this.#desk.private.detach(feed, this.#host);
      this.#desk.private.attach(createAccountFeed(feed, this.#desk, account, this.#host, products));
    });
    const done = feedEvent('subscribed', feed, products);
    return had ? [alertEvent(ALERTS.again), done] : done;
  }

  #authenticated({ apiKey = '', challenge, signed = '' }: FuturesRequest): Account | undefined {
    const secret = this.#desk.secretOf(apiKey);
    if (secret === undefined || challenge === undefined || challenge !== this.#challenge) {
      return undefined;
    }
    return isSignedChallenge(secret, challenge, signed) ? this.#desk.accountOf(apiKey) : undefined;
  }
}

function feedEvent(event: string, feed: string, products: readonly string[] | undefined): string {
  const ids = products === undefined ? '' : `,"product_ids":${JSON.stringify(products)}`;
  return `{"event":"${event}","feed":"${feed}"${ids}}`;
}

function errorEvent(message: string): string {
  return `{"event":"error","message":${quote(message)}}`;
}

function alertEvent(message: string): string {
  return `{"event":"alert","message":${quote(message)}}`;
}
