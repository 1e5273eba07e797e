import { describe, expect, it } from 'vitest';
import { FUTURES_SECRET, KEY, SPOT_SECRET } from '../test/vectors.ts';
import { fromEnv } from './from-env.ts';

const ENV = {
  KRAKEN_API_KEY: KEY,
  KRAKEN_API_SECRET: SPOT_SECRET,
  KRAKEN_FUTURES_API_KEY: `F${KEY.slice(1)}`,
  KRAKEN_FUTURES_API_SECRET: FUTURES_SECRET,
};

describe('fromEnv', () => {
  it('reads Spot credentials', () => {
    const credentials = fromEnv(ENV);
    expect(credentials).toMatchObject({ venue: 'spot', environment: 'live', key: KEY });
    expect(credentials?.secret.expose()).toBe(SPOT_SECRET);
  });

  it('reads Futures credentials', () => {
    const credentials = fromEnv(ENV, { venue: 'futures', environment: 'sandbox' });
    expect(credentials).toMatchObject({ venue: 'futures', environment: 'sandbox' });
    expect(credentials?.secret.expose()).toBe(FUTURES_SECRET);
  });

  it.each([
    {},
    { KRAKEN_API_KEY: undefined },
    { KRAKEN_API_KEY: '', KRAKEN_API_SECRET: '' },
    { KRAKEN_FUTURES_API_KEY: KEY, KRAKEN_FUTURES_API_SECRET: FUTURES_SECRET },
  ])('finds none in %j', (env) => {
    expect(fromEnv(env)).toBeUndefined();
  });

  it('names the variable that is missing', () => {
    expect(() => fromEnv({ KRAKEN_API_KEY: KEY })).toThrow(
      'KRAKEN_API_KEY is set and KRAKEN_API_SECRET is not.',
    );
    expect(() => fromEnv({ KRAKEN_FUTURES_API_SECRET: KEY }, { venue: 'futures' })).toThrow(
      'KRAKEN_FUTURES_API_SECRET is set and KRAKEN_FUTURES_API_KEY is not.',
    );
  });

  it('names the variable that is malformed', () => {
    const env = { KRAKEN_API_KEY: KEY, KRAKEN_API_SECRET: `${SPOT_SECRET} ` };
    expect(() => fromEnv(env)).toThrow(
      /secret \(KRAKEN_API_SECRET\) begins or ends with whitespace/,
    );
    expect(() => fromEnv({ ...env, KRAKEN_API_KEY: SPOT_SECRET, KRAKEN_API_SECRET: KEY })).toThrow(
      /stands in KRAKEN_API_KEY has the shape of a secret/,
    );
  });
});
