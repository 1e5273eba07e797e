import { createCredentials, signSpot } from '@kr/auth';
import { describe, expect, it } from 'vitest';
import { createSandboxKey, looksLive } from './sandbox-key.ts';

describe('a sandbox key', () => {
  it.each(['default', 'desk 7', 'ü', 'a-very-long-name-that-goes-on-and-on-and-on'])(
    'of %s has the form of a real one, signs, and says what it is',
    async (name) => {
      const { key, secret } = createSandboxKey(name);
      expect(key).toMatch(/^sandbox-[A-Za-z0-9-]{48}$/);
      expect(Buffer.from(secret, 'base64')).toHaveLength(64);
      expect(secret).toMatch(/^a3Igc2FuZGJveCwgbm8gc2VjcmV0Li4g/);
      const credentials = createCredentials({ key, secret, environment: 'sandbox' });
      const signed = { path: '/0/private/Balance', nonce: '1', body: 'nonce=1' };
      expect(await signSpot(credentials.secret, signed)).toMatch(/^[A-Za-z0-9+/]{86}==$/);
      expect(looksLive(key)).toBe(false);
    },
  );

  it('is the same for a name and another for another', () => {
    expect(createSandboxKey('a')).toEqual(createSandboxKey('a'));
    expect(createSandboxKey('a').key).not.toBe(createSandboxKey('b').key);
    expect(createSandboxKey('a').secret).not.toBe(createSandboxKey('b').secret);
  });
});

describe('a key of the exchange', () => {
  it.each([
    ['kQH5HW/8p1uGOVjbgWA7FunAmGO8lsSUXNsu3eow76sz84Q18fWxnyRz', true],
    ['sandboxHW8p1uGOVjbgWA7FunAmGO8lsSUXNsu3eow76sz84Q18fWxny', false],
    ['spot-key', false],
    ['', false],
  ])('is told by its form: %s %s', (key, expected) => {
    expect(looksLive(key)).toBe(expected);
  });
});
