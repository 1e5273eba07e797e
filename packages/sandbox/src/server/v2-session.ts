import { ackText } from '../paper/acks.ts';
import {
  type AckEnvelope,
  errorAck,
  pongAck,
  subscribeAck,
  unsubscribeAck,
} from '../protocol/ack.ts';
import { carriesSymbol, WIRE_ERRORS } from '../protocol/errors.ts';
import { HEARTBEAT, type SystemStatus, statusFrame } from '../protocol/frames.ts';
import type { Request, Target } from '../protocol/request.ts';
import { readRequestSubject } from '../protocol/request-subject.ts';
import { type Subscription, subscriptionKey } from '../protocol/subscription.ts';
import { formatMicros } from '../protocol/timestamp.ts';
import { WireFrame } from '../protocol/wire-frame.ts';
import { Answers, type Refused } from './answers.ts';
import { type Dialect, spotDialect } from './dialect.ts';
import type { Session, SessionHost } from './session.ts';

/** How the exchange says that it was asked too fast, in no acknowledgement. */
const BARE_RATE = JSON.stringify({ Error: WIRE_ERRORS.messageRate });

/** The words of Spot v2: requests with a `method`, acknowledgements one symbol at a time. */
export class V2Session implements Session {
  readonly #host: SessionHost;
  readonly #dialect: Dialect;
  readonly #subscriptions = new Map<string, Subscription>();

  constructor(host: SessionHost, dialect: Dialect = spotDialect(host)) {
    this.#host = host;
    this.#dialect = dialect;
  }

  get subscriptionCount(): number {
    return this.#subscriptions.size + this.#dialect.countPrivate(this.#host);
  }

  heartbeatFrame(): WireFrame {
    return HEARTBEAT;
  }

  status(system: SystemStatus): WireFrame {
    return statusFrame(this.#host.id, system);
  }

  handle(text: string | undefined): void {
    if (!this.#host.limits.takesMessage()) {
      this.#host.reply(new WireFrame(BARE_RATE));
      return;
    }
    const request: Request =
      text === undefined
        ? { kind: 'refused', error: WIRE_ERRORS.malformed }
        : this.#dialect.parse(text);
    this.#answer(request, text ?? '');
  }

  close(): void {
    this.#dialect.source.detachAll(this.#host);
    this.#dialect.leave(this.#host);
    this.#subscriptions.clear();
  }

  #answer(request: Request, text: string): void {
    const { clock } = this.#host;
    const { source } = this.#dialect;
    const timeIn = formatMicros(clock.wallNs());
    const envelope = (method?: string): AckEnvelope => ({
      method,
      reqId: request.reqId,
      timeIn,
      timeOut: formatMicros(clock.wallNs()),
    });
    const answers = new Answers(this.#host, () => readRequestSubject(text));
    const granted: Subscription[] = [];
    let afterwards: (() => void) | undefined;
    const settle = (target: Target | undefined, act: () => string | readonly string[]): void => {
      answers.settle(symbolOf(target), act, (refused) =>
        refusal(refused, envelope(readRequestSubject(text).method), target),
      );
    };
    switch (request.kind) {
      case 'refused':
        settle(undefined, () => errorAck(envelope(request.method), request.error));
        break;
      case 'ping':
        settle(undefined, () => pongAck(envelope()));
        break;
      case 'private':
        settle(undefined, () => {
          const said = this.#dialect.answerPrivate(text, this.#host);
          afterwards = said.afterwards;
          return said.acks.map((ack) => ackText(ack, envelope(request.method)));
        });
        break;
      case 'subscribe': {
        let isLimited = false;
        for (const target of request.targets) {
          settle(target, () => {
            const said = this.#subscribe(target, granted, envelope(request.kind));
            // Which symbol was one too many is not said, so it is said once.
            const isRepeated = said === BARE_RATE && isLimited;
            isLimited ||= said === BARE_RATE;
            return isRepeated ? [] : said;
          });
        }
        break;
      }
      case 'unsubscribe':
        for (const target of request.targets) {
          settle(target, () => this.#unsubscribe(target, envelope(request.kind)));
        }
        break;
    }
    answers.send();
    if (afterwards !== undefined) {
      this.#host.noteSubscribed();
      afterwards();
    }
    if (granted.length > 0) {
      this.#host.noteSubscribed();
      source.attach(granted, this.#host);
    }
  }

  #subscribe(target: Target, granted: Subscription[], envelope: AckEnvelope): string {
    if ('error' in target) return refusalOf(target.error, envelope, target);
    const { subscription } = target;
    const { limits } = this.#host;
    const refused = this.#dialect.source.refusal(subscription);
    if (refused !== undefined) return refusalOf(refused, envelope, target);
    const key = subscriptionKey(subscription);
    if (this.#subscriptions.has(key)) return errorAck(envelope, WIRE_ERRORS.alreadySubscribed);
    const second = SECONDS[subscription.channel];
    if (second !== undefined && this.#has(subscription)) return errorAck(envelope, second);
    const excess = limits.admit(subscription);
    if (excess === WIRE_ERRORS.messageRate && limits.isBare) return BARE_RATE;
    if (excess !== undefined) return errorAck(envelope, excess);
    this.#subscriptions.set(key, subscription);
    if (subscription.channel === 'level3') this.#dialect.hold(subscription.token, this.#host);
    granted.push(subscription);
    return subscribeAck(envelope, subscription, this.#dialect.hasTriggers);
  }

  /** Whether a symbol's channel is subscribed, be it at another interval or depth. */
  #has(wanted: Subscription): boolean {
    for (const active of this.#subscriptions.values()) {
      if (active.channel === wanted.channel && nameOf(active) === nameOf(wanted)) return true;
    }
    return false;
  }

  #unsubscribe(target: Target, envelope: AckEnvelope): string {
    if ('error' in target) return refusalOf(target.error, envelope, target);
    const key = subscriptionKey(target.subscription);
    const active = this.#subscriptions.get(key);
    if (active === undefined) return refusalOf(WIRE_ERRORS.notSubscribed, envelope, target);
    this.#subscriptions.delete(key);
    this.#host.limits.release(active);
    this.#dialect.source.detach(active, this.#host);
    return unsubscribeAck(envelope, active, this.#dialect.hasTriggers);
  }
}

/** One interval, and of orders one depth, a symbol is all that a connection can have. */
const SECONDS: Readonly<Partial<Record<Subscription['channel'], string>>> = {
  ohlc: WIRE_ERRORS.secondInterval,
  level3: WIRE_ERRORS.secondDepth,
};

function nameOf(subscription: Subscription): string | undefined {
  return 'symbol' in subscription ? subscription.symbol : undefined;
}

function symbolOf(target: Target | undefined): string | undefined {
  if (target === undefined) return undefined;
  if ('error' in target) return target.symbol;
  return nameOf(target.subscription);
}

/** The answer of a fault that refuses. */
function refusal({ error, bare }: Refused, ack: AckEnvelope, target: Target | undefined): string {
  if (bare) return JSON.stringify({ Error: error });
  return refusalOf(error, ack, target);
}

function refusalOf(error: string, ack: AckEnvelope, target: Target | undefined): string {
  return errorAck(ack, error, carriesSymbol(error) ? symbolOf(target) : undefined);
}
