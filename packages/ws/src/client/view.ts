import type { ActiveSubscription } from './client.ts';
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
