import { WIRE_ERRORS } from '../protocol/errors.ts';
import type { SystemStatus } from '../protocol/frames.ts';
import { WireFrame } from '../protocol/wire-frame.ts';
import { Answers } from '../server/answers.ts';
import type { Session, SessionHost } from '../server/session.ts';
import {
  errorText,
  pongText,
  subscriptionErrorText,
  subscriptionText,
  V1_HEARTBEAT,
  v1StatusFrame,
} from './answers.ts';
import { answerPrivateChannels, answerTrading } from './private-events.ts';
import { parseV1Request, type V1Request, type V1Target } from './request.ts';
import { aboutOf, refusalText, subjectOf, symbolIn } from './subjects.ts';
import { channelIdOf, type V1Subscription, v1Key } from './subscription.ts';
import { v1Topic } from './topics.ts';

/** Spot v1: requests with an `event`, messages as arrays, one `subscriptionStatus` a pair. */
export class V1Session implements Session {
  readonly #host: SessionHost;
  readonly #subscriptions = new Map<string, V1Subscription>();

  constructor(host: SessionHost) {
    this.#host = host;
  }

  get subscriptionCount(): number {
    return this.#subscriptions.size + (this.#host.desk?.private.countOf(this.#host) ?? 0);
  }

  heartbeatFrame(): WireFrame {
    return V1_HEARTBEAT;
  }

  status(system: SystemStatus): WireFrame {
    return v1StatusFrame(this.#host.id, system);
  }

  handle(text: string | undefined): void {
    if (!this.#host.limits.takesMessage()) {
      this.#host.reply(new WireFrame(errorText(WIRE_ERRORS.messageRate, undefined)));
      return;
    }
    const request: V1Request =
      text === undefined ? { kind: 'refused', error: WIRE_ERRORS.malformed } : parseV1Request(text);
    this.#answer(request);
  }

  close(): void {
    const { desk } = this.#host;
    desk?.feeds.detachAll(this.#host);
    desk?.leave(this.#host);
    this.#subscriptions.clear();
  }

  #answer(request: V1Request): void {
    const { desk } = this.#host;
    const { reqid } = request;
    const answers = new Answers(this.#host, () => subjectOf(request));
    const granted: V1Subscription[] = [];
    let afterwards: (() => void) | undefined;
    const settle = (target: V1Target | undefined, act: () => string | readonly string[]): void => {
      answers.settle(symbolIn(target), act, (refused) => refusalText(refused, request, target));
    };
    switch (request.kind) {
      case 'refused':
        settle(undefined, () => errorText(request.error, reqid));
        break;
      case 'ping':
        settle(undefined, () => pongText(reqid));
        break;
      case 'private':
        settle(undefined, () => {
          const said = answerPrivateChannels(desk, request, this.#host);
          ({ afterwards } = said);
          return said.texts;
        });
        break;
      case 'trading':
        settle(undefined, () => answerTrading(desk, request));
        break;
      case 'subscribe':
        for (const target of request.targets) {
          settle(target, () => this.#subscribe(target, granted, reqid));
        }
        break;
      case 'unsubscribe':
        for (const target of request.targets) {
          settle(target, () => this.#unsubscribe(target, reqid));
        }
        break;
      case 'unsubscribeId':
        settle(undefined, () => this.#unsubscribeId(request.id, reqid));
        break;
    }
    answers.send();
    if (afterwards === undefined && granted.length === 0) return;
    this.#host.noteSubscribed();
    afterwards?.();
    for (const subscription of granted) this.#attach(subscription);
  }

  #subscribe(target: V1Target, granted: V1Subscription[], reqid: string | undefined): string {
    if ('error' in target) return subscriptionErrorText(target.error, target, reqid);
    const { subscription } = target;
    const about = aboutOf(subscription);
    const market = this.#marketIndex(subscription.symbol);
    if (market === undefined) {
      return subscriptionErrorText(WIRE_ERRORS.pairUnsupported(about.pair), about, reqid);
    }
    const key = v1Key(subscription);
    if (this.#subscriptions.has(key)) {
      return subscriptionErrorText(WIRE_ERRORS.alreadySubscribed, about, reqid);
    }
    const excess = this.#host.limits.admit({ channel: subscription.name });
    if (excess !== undefined) return subscriptionErrorText(excess, about, reqid);
    this.#subscriptions.set(key, subscription);
    granted.push(subscription);
    return subscriptionText('subscribed', subscription, channelIdOf(market, subscription), reqid);
  }

  #attach(subscription: V1Subscription): void {
    const { desk } = this.#host;
    const market = this.#marketIndex(subscription.symbol);
    if (desk === undefined || market === undefined) return;
    const nowNs = desk.now(subscription.symbol);
    desk.feeds.attach(v1Topic(subscription, channelIdOf(market, subscription)), this.#host, nowNs);
  }

  #unsubscribe(target: V1Target, reqid: string | undefined): string {
    if ('error' in target) return subscriptionErrorText(target.error, target, reqid);
    const { subscription } = target;
    const key = v1Key(subscription);
    if (!this.#subscriptions.delete(key)) {
      return subscriptionErrorText(WIRE_ERRORS.notSubscribed, aboutOf(subscription), reqid);
    }
    this.#host.limits.release({ channel: subscription.name });
    this.#host.desk?.feeds.detach(key, this.#host);
    const market = this.#marketIndex(subscription.symbol) ?? 0;
    return subscriptionText('unsubscribed', subscription, channelIdOf(market, subscription), reqid);
  }

  #unsubscribeId(id: number, reqid: string | undefined): string {
    for (const subscription of this.#subscriptions.values()) {
      const market = this.#marketIndex(subscription.symbol) ?? 0;
      if (channelIdOf(market, subscription) === id) {
        return this.#unsubscribe({ subscription }, reqid);
      }
    }
    return subscriptionErrorText(WIRE_ERRORS.notSubscribed, {}, reqid);
  }

  /** Its place among the markets, `undefined` where there is no such market. */
  #marketIndex(symbol: string): number | undefined {
    const { desk } = this.#host;
    return desk?.exchange.markets.get(symbol)?.index;
  }
}
