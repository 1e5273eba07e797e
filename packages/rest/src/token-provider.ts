import type { Clock, TokenProvider } from '@kr/schemas/shared';
import type { SpotClient } from './spot-client.ts';

/** A fresh WebSocket token for each connection, for `@kr/ws`. */
export function createTokenProvider(
  client: Pick<SpotClient, 'getWebSocketsToken'>,
  clock: Pick<Clock, 'wallNs'>,
): TokenProvider {
  return async ({ signal }) => {
    // Counted from before it was asked for: it can only live longer.
    const askedNs = clock.wallNs();
    const { token, expires } = await client.getWebSocketsToken({}, { signal });
    return { token, expiresAtNs: askedNs + BigInt(expires) * 1_000_000_000n };
  };
}
