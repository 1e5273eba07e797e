import type { Frame, GapEvent } from '@kr/schemas/shared';
import type { Authorizer } from '../authorization/authorizer.ts';
import { ChallengeKeeper } from '../authorization/challenge-keeper.ts';
import { TokenKeeper } from '../authorization/token-keeper.ts';
import { FrameFanout } from '../frames/frame-fanout.ts';
import { GapTracker } from '../gaps/gap-tracker.ts';
import { isRecord } from '../protocol/incoming.ts';
import { spotV2 } from '../protocol/spot-v2.ts';
import { RequestTable } from '../requests/request-table.ts';
import type { EntryListener } from '../subscriptions/coverage.ts';
import { Pacer } from '../subscriptions/pacer.ts';
import { Subscriber } from '../subscriptions/subscriber.ts';
import type { SubscriptionEvent } from '../subscriptions/subscription.ts';
import { sharedBudget } from './attempt-budget.ts';
import { Attempts } from './attempts.ts';
import {
  type ConnectionLimits,
  type ConnectionOptions,
  type ProblemEvent,
  resolveCadence,
} from './connection-options.ts';
import { Liveness } from './liveness.ts';
import { createRandom } from './random.ts';
import { Receiver } from './receiver.ts';

/** How long more acknowledgements are waited for after a refusal that may have been the only one. */
const SETTLE_MS = 1000;

/** What a client that owns several connections puts in place of a connection's own. */
export interface ConnectionInternals {
  readonly pacer?: Pacer | undefined;
  readonly listener?: EntryListener | undefined;
}

/** What the parts need of the connection. */
export interface ConnectionHooks {
  readonly send: (method: string, text: string) => void;
  readonly ping: () => void;
  readonly stale: (silentMs: number) => void;
  readonly dead: (silentMs: number) => void;
  readonly pressure: (isPaused: boolean) => void;
  readonly onFrame: (frame: Frame) => boolean;
  readonly onGap: (gap: GapEvent) => void;
  readonly connectionId: () => number;
  readonly listener: EntryListener;
  readonly onSubscription: (event: SubscriptionEvent) => void;
  readonly onProblem: (event: ProblemEvent) => void;
}

/** What a connection is made of: each part does one thing and knows nothing of the state machine. */
export interface ConnectionParts {
  readonly attempts: Attempts;
  readonly authorizer: Authorizer | undefined;
  readonly liveness: Liveness;
  readonly fanout: FrameFanout;
  readonly gaps: GapTracker;
  readonly requests: RequestTable;
  readonly subscriber: Subscriber;
  readonly receiver: Receiver;
}

export function createParts(
  options: ConnectionOptions,
  limits: ConnectionLimits,
  host: string,
  pacer: Pacer | undefined,
  hooks: ConnectionHooks,
): ConnectionParts {
  const { clock, timers, protocol = spotV2 } = options;
  const attempts = new Attempts({
    ...limits,
    clock,
    timers,
    random: options.random ?? createRandom(clock.monotonicNs() ^ clock.wallNs()),
    budget: options.budget ?? sharedBudget(clock),
    host,
  });
  const liveness = new Liveness({ ...limits, ...hooks, clock, timers });
  const fanout = new FrameFanout({
    clock,
    maxFrames: limits.maxQueuedFrames,
    maxBytes: limits.maxQueuedBytes,
    onPressure: hooks.pressure,
  });
  const requests = new RequestTable({
    timers,
    protocol,
    send: hooks.send,
    isPaused: () => fanout.isPaused,
    timeoutMs: limits.requestTimeoutMs,
    settleMs: Math.min(SETTLE_MS, limits.requestTimeoutMs),
    maxPending: limits.maxPendingRequests,
  });
  const authorizer = authorizerOf(options, requests);
  const subscriber = new Subscriber({
    clock,
    timers,
    protocol,
    requests,
    pacer: pacer ?? new Pacer({ clock, timers, perSecond: limits.subscribeCostPerSecond }),
    symbolsPerRequest: limits.symbolsPerRequest,
    authorizer,
    snapshotTimeoutMs: limits.snapshotTimeoutMs,
    cadenceOf: resolveCadence(options.cadenceMs),
    isPaused: () => fanout.isPaused,
    connectionId: hooks.connectionId,
    listener: hooks.listener,
    maxTries: limits.subscribeTries,
    retryInitialMs: SETTLE_MS,
    retryMaxMs: limits.backoffMaxMs,
    onEvent: hooks.onSubscription,
  });
  const gaps = new GapTracker();
  const receiver = new Receiver({
    ...hooks,
    clock,
    protocol,
    gaps,
    fanout,
    requests,
    subscriber,
    onSystemStatus: (status) => {
      attempts.handleSystemStatus(status);
    },
  });
  return { attempts, authorizer, liveness, fanout, gaps, requests, subscriber, receiver };
}

function authorizerOf(
  { tokens, challenge, clock, timers }: ConnectionOptions,
  requests: RequestTable,
): Authorizer | undefined {
  if (tokens !== undefined) return new TokenKeeper({ provider: tokens, clock, timers });
  if (challenge === undefined) return undefined;
  return new ChallengeKeeper({
    signer: challenge,
    ask: async (key) => {
      const { result } = await requests.call('challenge', { api_key: key });
      const text = isRecord(result) ? result['message'] : undefined;
      return typeof text === 'string' ? text : '';
    },
  });
}
