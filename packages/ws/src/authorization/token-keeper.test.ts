import type { WebSocketToken } from '@kr/schemas/shared';
import { describe, expect, it } from 'vitest';
import { failureOf } from '../../test/harness.ts';
import { ManualTime } from '../../test/manual-time.ts';
import { TokenKeeper } from './token-keeper.ts';

const LIFE_MS = 900_000;

/** A keeper whose provider answers when the test says so. */
function keeper() {
  const time = new ManualTime();
  const asked: {
    readonly signal: AbortSignal;
    readonly give: (token: string) => Promise<void>;
    readonly fail: (error: Error) => Promise<void>;
  }[] = [];
  const kept = new TokenKeeper({
    clock: time,
    timers: time,
    provider: ({ signal }) =>
      new Promise<WebSocketToken>((resolve, reject) => {
        asked.push({
          signal,
          give: (token) => {
            resolve({ token, expiresAtNs: time.wallNs() + BigInt(LIFE_MS) * 1_000_000n });
            return time.advance(0);
          },
          fail: (error) => {
            reject(error);
            return time.advance(0);
          },
        });
      }),
  });
  return { time, asked, kept };
}

describe('TokenKeeper', () => {
  it('asks once, however many wait for it', async () => {
    const { asked, kept } = keeper();
    const waiting = [kept.params(), kept.params(), kept.params()];
    expect(asked).toHaveLength(1);
    await asked[0]?.give('one');
    expect(await Promise.all(waiting)).toStrictEqual(
      ['one', 'one', 'one'].map((token) => ({ token })),
    );
    expect(await kept.params()).toStrictEqual({ token: 'one' });
    expect(asked).toHaveLength(1);
  });

  it('renews at half of its life, and hands out the old one until the new one is here', async () => {
    const { asked, kept, time } = keeper();
    const first = kept.params();
    await asked[0]?.give('one');
    await first;
    await time.advance(LIFE_MS / 2 - 1);
    expect(asked).toHaveLength(1);
    await time.advance(1);
    expect(asked).toHaveLength(2);
    expect(await kept.params()).toStrictEqual({ token: 'one' });
    await asked[1]?.give('two');
    expect(await kept.params()).toStrictEqual({ token: 'two' });
  });

  it('tries again several times before the end of its life when a renewal fails, and keeps the old one', async () => {
    const { asked, kept, time } = keeper();
    const first = kept.params();
    await asked[0]?.give('one');
    await first;
    await time.advance(LIFE_MS / 2);
    for (let failure = 1; failure < 8; failure += 1) {
      await asked[failure]?.fail(new Error('REST is down'));
      await time.advance(LIFE_MS / 16);
    }
    expect(asked.length).toBeGreaterThanOrEqual(8);
    expect(await kept.params()).toStrictEqual({ token: 'one' });
  });

  it('gives up what the exchange refused, unless another is here already', async () => {
    const { asked, kept } = keeper();
    const first = kept.params();
    await asked[0]?.give('one');
    const shown = await first;
    kept.handleRefused({ token: 'older' });
    expect(await kept.params()).toStrictEqual({ token: 'one' });
    kept.handleRefused(shown);
    const second = kept.params();
    await asked[1]?.give('two');
    expect(await second).toStrictEqual({ token: 'two' });
  });

  it('forgets it with the socket, and what was on its way as well', async () => {
    const { asked, kept, time } = keeper();
    const first = kept.params();
    kept.forget();
    expect(asked[0]?.signal.aborted).toBe(true);
    const second = kept.params();
    await asked[1]?.give('two');
    await asked[0]?.give('one');
    await first;
    expect(await second).toStrictEqual({ token: 'two' });
    expect(await kept.params()).toStrictEqual({ token: 'two' });
    kept.forget();
    expect(time.armed).toBe(0);
  });

  it('says what failed by name and code alone, for the words may hold a secret', async () => {
    const { asked, kept } = keeper();
    const failed = failureOf(kept.params());
    const cause = Object.assign(new Error('key s3cret is no key'), { code: 'INVALID_KEY' });
    await asked[0]?.fail(cause);
    const error = (await failed) as Error;
    expect(error).toMatchObject({ code: 'NO_TOKEN', context: { failure: 'Error INVALID_KEY' } });
    expect(error.message).not.toContain('s3cret');
    expect(error.cause).toBe(cause);
    const again = kept.params();
    await asked[1]?.give('one');
    expect(await again).toStrictEqual({ token: 'one' });
  });
});
