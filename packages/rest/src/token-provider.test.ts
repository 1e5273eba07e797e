import { describe, expect, it } from 'vitest';
import { withKraken } from '../test/kraken.ts';
import { ManualTime } from '../test/manual-time.ts';
import { createTokenProvider } from './index.ts';

describe('the token provider', () => {
  it('gives a token, and until when it must have been used', async () => {
    await withKraken(async ({ spot }) => {
      const clock = new ManualTime();
      const provide = createTokenProvider(spot(), clock);
      expect(await provide({ signal: new AbortController().signal })).toStrictEqual({
        token: 'sandbox-token-0123456789',
        expiresAtNs: clock.wallNs() + 900_000_000_000n,
      });
    });
  });
});
