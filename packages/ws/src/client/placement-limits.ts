import { bound } from '../queue/queue-options.ts';
import type { ClientOptions } from './client.ts';
import type { PlacementLimits } from './placement.ts';

/** @throws WsError `INVALID_OPTION` */
export function placementLimits(options: ClientOptions): {
  level3: PlacementLimits;
  other: PlacementLimits;
} {
  const {
    subscriptionsPerConnection = 500,
    level3PerConnection = 200,
    weightPerConnection = 2000,
  } = options;
  const maxWeight = bound('createClient', 'weightPerConnection', weightPerConnection);
  return {
    level3: {
      maxTopics: bound('createClient', 'level3PerConnection', level3PerConnection),
      maxWeight,
    },
    other: {
      maxTopics: bound('createClient', 'subscriptionsPerConnection', subscriptionsPerConnection),
      maxWeight,
    },
  };
}
