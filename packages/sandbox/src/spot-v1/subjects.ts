import type { RequestSubject } from '../faults/arm.ts';
import type { Refused } from '../server/answers.ts';
import { errorText, subscriptionErrorText, tradingText } from './answers.ts';
import { pairOf } from './pair-name.ts';
import type { V1Request, V1Target } from './request.ts';
import { parametersOf, type V1Subscription } from './subscription.ts';

/** What an acknowledgement says a subscription is about. */
export function aboutOf(subscription: V1Subscription): {
  readonly pair: string;
  readonly parameters: string;
} {
  return { pair: pairOf(subscription.symbol), parameters: parametersOf(subscription) };
}

/** What a request asks about, for faults: in the names of v1. */
export function subjectOf(request: V1Request): RequestSubject {
  switch (request.kind) {
    case 'trading':
      return about(request.event, undefined, typeof request.fields['token'] === 'string');
    case 'private':
      return about(
        request.event,
        request.names[0],
        typeof request.subscription['token'] === 'string',
      );
    case 'subscribe':
    case 'unsubscribe': {
      const [target] = request.targets;
      const name =
        target !== undefined && 'subscription' in target ? target.subscription.name : undefined;
      return about(request.kind, name, false);
    }
    case 'unsubscribeId':
      return about('unsubscribe', undefined, false);
    case 'ping':
    case 'refused':
    default:
      return about(request.kind === 'ping' ? 'ping' : undefined, undefined, false);
  }
}

function about(
  method: string | undefined,
  channel: string | undefined,
  hasToken: boolean,
): RequestSubject {
  return { method, channel, symbol: undefined, hasToken };
}

export function symbolIn(target: V1Target | undefined): string | undefined {
  return target !== undefined && 'subscription' in target ? target.subscription.symbol : undefined;
}

/** The answer of a fault that refuses. */
export function refusalText(
  { error, bare }: Refused,
  request: V1Request,
  target: V1Target | undefined,
): string {
  const { reqid } = request;
  if (bare) return JSON.stringify({ Error: error });
  if (request.kind === 'trading') {
    return tradingText(request.event, { errorMessage: error }, reqid);
  }
  if (target === undefined && request.kind !== 'private') return errorText(error, reqid);
  const known = target !== undefined && 'subscription' in target;
  return subscriptionErrorText(error, known ? aboutOf(target.subscription) : (target ?? {}), reqid);
}
