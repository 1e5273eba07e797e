import type { ConnectionStats } from '../connection/connection.ts';
import type { ActiveSubscription, ClientStats } from './client.ts';
import type { Topic } from './topic.ts';

export function activeSubscription(topic: Topic): ActiveSubscription {
  const { channel, symbol, intent, shard, listeners, hole } = topic;
  return {
    channel,
    symbol,
    params: intent.params,
    lanes: shard.connections.map((connection) => ({
      connectionId: connection.connectionId,
      state: connection.state,
      status: connection.viewOf(channel, symbol)?.status ?? 'pending',
      error: connection.viewOf(channel, symbol)?.error,
    })),
    references: listeners.size,
    gap: hole,
  };
}

/** The sums over its connections. */
export function clientStats(
  connections: readonly { readonly stats: ConnectionStats }[],
  subscriptions: number,
): ClientStats {
  const all = connections.map(({ stats }) => stats);
  const sum = (pick: (stats: ConnectionStats) => number): number =>
    all.reduce((total, stats) => total + pick(stats), 0);
  return {
    connections: connections.length,
    subscriptions,
    frames: sum(({ frames }) => frames),
    bytes: sum(({ bytes }) => bytes),
    disconnects: sum(({ disconnects }) => disconnects),
    protocolErrors: sum(({ protocolErrors }) => protocolErrors),
    malformedFrames: sum(({ malformedFrames }) => malformedFrames),
    pauses: sum(({ pauses }) => pauses),
    pendingRequests: sum(({ pendingRequests }) => pendingRequests),
    bufferedBytes: sum(({ bufferedBytes }) => bufferedBytes),
  };
}
