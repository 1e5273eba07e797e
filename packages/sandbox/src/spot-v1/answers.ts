import type { SystemStatus } from '../protocol/frames.ts';
import { WireFrame } from '../protocol/wire-frame.ts';
import { pairOf } from './pair-name.ts';
import { channelNameOf, parametersOf, type V1Subscription } from './subscription.ts';

/** The version that the v1 sockets said of themselves when they were captured last, in August 2023. */
const VERSION = '1.9.1';

export const V1_HEARTBEAT: WireFrame = new WireFrame('{"event":"heartbeat"}', {
  channel: 'heartbeat',
  type: undefined,
  symbols: [],
});

/** The message that opens every connection, and tells of each change. */
export function v1StatusFrame(connectionId: bigint, status: SystemStatus): WireFrame {
  return new WireFrame(
    `{"connectionID":${connectionId},"event":"systemStatus","status":"${status}","version":"${VERSION}"}`,
    { channel: 'status', type: 'update', symbols: [] },
  );
}

/** Keys stand in alphabetical order, as in everything that was seen; values are JSON, `undefined` is left out. */
export function eventText(fields: Readonly<Record<string, string | undefined>>): string {
  const parts = Object.keys(fields)
    .toSorted()
    .flatMap((name) => (fields[name] === undefined ? [] : [`"${name}":${fields[name]}`]));
  return `{${parts.join(',')}}`;
}

export function pongText(reqid: string | undefined): string {
  return eventText({ event: '"pong"', reqid });
}

/** What cannot be told to be about a subscription or an order. */
export function errorText(error: string, reqid: string | undefined): string {
  return eventText({ event: '"error"', errorMessage: JSON.stringify(error), reqid });
}

export function subscriptionText(
  status: 'subscribed' | 'unsubscribed',
  subscription: V1Subscription,
  channelId: number,
  reqid: string | undefined,
): string {
  return eventText({
    channelID: String(channelId),
    channelName: `"${channelNameOf(subscription)}"`,
    event: '"subscriptionStatus"',
    pair: `"${pairOf(subscription.symbol)}"`,
    reqid,
    status: `"${status}"`,
    subscription: parametersOf(subscription),
  });
}

export function subscriptionErrorText(
  error: string,
  about: { readonly pair?: string | undefined; readonly parameters?: string | undefined },
  reqid: string | undefined,
): string {
  return eventText({
    errorMessage: JSON.stringify(error),
    event: '"subscriptionStatus"',
    pair: about.pair === undefined ? undefined : JSON.stringify(about.pair),
    reqid,
    status: '"error"',
    subscription: about.parameters,
  });
}

/** An answer to a trading event: `status` follows from whether there is an `errorMessage`. */
export function tradingText(
  event: string,
  said: Readonly<Record<string, unknown>>,
  reqid: string | undefined,
): string {
  const status = said['errorMessage'] === undefined ? 'ok' : 'error';
  const texts: Record<string, string | undefined> = { reqid };
  for (const [name, value] of Object.entries({ ...said, event: `${event}Status`, status })) {
    texts[name] = JSON.stringify(value);
  }
  return eventText(texts);
}
