import type { RequestSubject } from '../faults/arm.ts';
import type { RequestVerdict } from '../faults/line-faults.ts';
import { ackText } from '../paper/acks.ts';
import { answerPrivate } from '../paper/private-requests.ts';
import {
  type AckEnvelope,
  errorAck,
  pongAck,
  subscribeAck,
  unsubscribeAck,
} from '../protocol/ack.ts';
import { carriesSymbol, WIRE_ERRORS } from '../protocol/errors.ts';
import { HEARTBEAT, type SystemStatus, statusFrame } from '../protocol/frames.ts';
import { parseRequest, type Request, type Target } from '../protocol/request.ts';
import { readRequestSubject } from '../protocol/request-subject.ts';
import { type Subscription, subscriptionKey } from '../protocol/subscription.ts';
import { formatMicros } from '../protocol/timestamp.ts';
import { WireFrame } from '../protocol/wire-frame.ts';
import type { Session, SessionHost } from './session.ts';

/** An answer on its way: the text, and what a fault makes of it. */
interface Answer {
  readonly text: string;
  readonly verdict: RequestVerdict;
}

/** How the exchange says that it was asked too fast, in no acknowledgement. */
const BARE_RATE = JSON.stringify({ Error: WIRE_ERRORS.messageRate });

/** Spot v2: requests with a `method`, acknowledgements one symbol at a time. */
export class V2Session implements Session {
  readonly heartbeat = HEARTBEAT;
  readonly #host: SessionHost;
  readonly #subscriptions = new Map<string, Subscription>();

  constructor(host: SessionHost) {
    this.#host = host;
  }

  get subscriptionCount(): number {
    return this.#subscriptions.size + (this.#host.desk?.private.countOf(this.#host) ?? 0);
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
      text === undefined ? { kind: 'refused', error: WIRE_ERRORS.malformed } : parseRequest(text);
    this.#answer(request, text ?? '');
  }

  close(): void {
    this.#host.source.detachAll(this.#host);
    this.#host.desk?.leave(this.#host);
    this.#subscriptions.clear();
  }

  #answer(request: Request, text: string): void {
    const { clock, faults, source } = this.#host;
    const timeIn = formatMicros(clock.wallNs());
    const envelope = (method?: string): AckEnvelope => ({
      method,
      reqId: request.reqId,
      timeIn,
      timeOut: formatMicros(clock.wallNs()),
    });
    const subject = faults.isIdle ? undefined : readRequestSubject(text);
    const answers: Answer[] = [];
    const granted: Subscription[] = [];
    let afterwards: (() => void) | undefined;
    /** One request about several orders has an answer for each. */
    const others: string[] = [];
    /** Answers what a fault says, or else what `act` does. */
    const settle = (target: Target | undefined, act: () => string): RequestVerdict => {
      const verdict: RequestVerdict =
        subject === undefined ? {} : faults.judge({ ...subject, symbol: symbolOf(target) });
      if (verdict.ignored === true) return verdict;
      const refused = verdict.error !== undefined;
      const said = refused ? refusal(verdict, envelope(subject?.method), target) : act();
      // Which symbol was one too many is not said, so it is said once.
      if (said === BARE_RATE && answers.some((answer) => answer.text === said)) return verdict;
      answers.push({ verdict, text: said });
      return verdict;
    };
    switch (request.kind) {
      case 'refused':
        settle(undefined, () => errorAck(envelope(request.method), request.error));
        break;
      case 'ping':
        settle(undefined, () => pongAck(envelope()));
        break;
      case 'private': {
        const verdict = settle(undefined, () => {
          const said = answerPrivate(this.#host.desk, text, this.#host);
          afterwards = said.afterwards;
          const [first = '', ...texts] = said.acks.map((ack) =>
            ackText(ack, envelope(request.method)),
          );
          others.push(...texts);
          return first;
        });
        answers.push(...others.map((other) => ({ verdict, text: other })));
        break;
      }
      case 'subscribe':
        for (const target of request.targets) {
          settle(target, () => this.#subscribe(target, granted, envelope(request.kind)));
        }
        break;
      case 'unsubscribe':
        for (const target of request.targets) {
          settle(target, () => this.#unsubscribe(target, envelope(request.kind)));
        }
        break;
    }
    this.#reply(answers, subject);
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
    if ('error' in target) return errorAck(envelope, target.error, target.symbol);
    const { subscription } = target;
    const { source, limits } = this.#host;
    const refused = source.refusal(subscription);
    if (refused !== undefined) return errorAck(envelope, refused, symbolOf(target));
    const key = subscriptionKey(subscription);
    if (this.#subscriptions.has(key)) return errorAck(envelope, WIRE_ERRORS.alreadySubscribed);
    if (this.#hasOtherInterval(subscription)) return errorAck(envelope, WIRE_ERRORS.secondInterval);
    const excess = limits.admit(subscription);
    if (excess === WIRE_ERRORS.messageRate && limits.isBare) return BARE_RATE;
    if (excess !== undefined) return errorAck(envelope, excess);
    this.#subscriptions.set(key, subscription);
    if (subscription.channel === 'level3')
      this.#host.desk?.tokens.hold(subscription.token, this.#host);
    granted.push(subscription);
    return subscribeAck(envelope, subscription);
  }

  /** One interval a symbol is all that a connection can have. */
  #hasOtherInterval(subscription: Subscription): boolean {
    if (subscription.channel !== 'ohlc') return false;
    const { symbol } = subscription;
    for (const active of this.#subscriptions.values()) {
      if (active.channel === 'ohlc' && active.symbol === symbol) return true;
    }
    return false;
  }

  #unsubscribe(target: Target, envelope: AckEnvelope): string {
    if ('error' in target) return errorAck(envelope, target.error, target.symbol);
    const key = subscriptionKey(target.subscription);
    const active = this.#subscriptions.get(key);
    if (active === undefined) {
      return errorAck(envelope, WIRE_ERRORS.notSubscribed, symbolOf(target));
    }
    this.#subscriptions.delete(key);
    this.#host.limits.release(active);
    this.#host.source.detach(active, this.#host);
    return unsubscribeAck(envelope, active);
  }

  #reply(answers: readonly Answer[], subject: RequestSubject | undefined): void {
    const { faults } = this.#host;
    const turned = subject === undefined ? undefined : faults.turnsAround(subject);
    for (const { text, verdict } of turned === undefined ? answers : answers.toReversed()) {
      const frame = new WireFrame(text);
      const note = verdict.note ?? turned;
      if (verdict.lost !== undefined) faults.lose(frame, verdict.lost);
      else if (verdict.delayMs === undefined) this.#host.reply(frame, note);
      else faults.pushLater(frame, verdict.delayMs, note);
    }
  }
}

function symbolOf(target: Target | undefined): string | undefined {
  if (target === undefined) return undefined;
  if ('error' in target) return target.symbol;
  return 'symbol' in target.subscription ? target.subscription.symbol : undefined;
}

/** The answer of a fault that refuses. */
function refusal(
  { error = '', bare }: RequestVerdict,
  ack: AckEnvelope,
  target: Target | undefined,
): string {
  if (bare === true) return JSON.stringify({ Error: error });
  return errorAck(ack, error, carriesSymbol(error) ? symbolOf(target) : undefined);
}
