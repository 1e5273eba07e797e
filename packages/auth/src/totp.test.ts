import { describe, expect, it } from 'vitest';
import { FakeClock } from '../test/fake-clock.ts';
import { Secret } from './secret.ts';
import { createTotp } from './totp.ts';

// RFC 6238, appendix B: the ASCII keys "1234567890…" of 20, 32 and 64 bytes in base32.
const SHA1_KEY = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const SHA256_KEY = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZA';
const SHA512_KEY =
  'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNA';

const at = (seconds: bigint) => new FakeClock(seconds * 1_000_000_000n);

describe('createTotp', () => {
  it.each([
    [59n, '94287082', '46119246', '90693936'],
    [1_111_111_109n, '07081804', '68084774', '25091201'],
    [1_111_111_111n, '14050471', '67062674', '99943326'],
    [1_234_567_890n, '89005924', '91819424', '93441116'],
    [2_000_000_000n, '69279037', '90698825', '38618901'],
    [20_000_000_000n, '65353130', '77737706', '47863826'],
  ])('gives the codes of RFC 6238 at %d s', async (seconds, sha1, sha256, sha512) => {
    const clock = at(seconds);
    const code = (secret: string, hash: 'SHA-1' | 'SHA-256' | 'SHA-512') =>
      createTotp({ secret, clock, digits: 8, hash }).code();
    expect(await code(SHA1_KEY, 'SHA-1')).toBe(sha1);
    expect(await code(SHA256_KEY, 'SHA-256')).toBe(sha256);
    expect(await code(SHA512_KEY, 'SHA-512')).toBe(sha512);
  });

  it('gives six digits by default, with leading zeros, and a new code every 30 s', async () => {
    const clock = at(1_111_111_109n);
    const totp = createTotp({ secret: SHA1_KEY, clock });
    expect(await totp.code()).toBe('081804');
    clock.nowNs = 1_111_111_109_999_999_999n;
    expect(await totp.code()).toBe('081804');
    clock.nowNs = 1_111_111_110_000_000_000n;
    expect(await totp.code()).toBe('050471');
  });

  it.each([
    ['in groups', 'GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ'],
    ['with hyphens', 'GEZD-GNBV-GY3T-QOJQ-GEZD-GNBV-GY3T-QOJQ'],
    ['in lower case', SHA1_KEY.toLowerCase()],
    ['with padding', `${SHA1_KEY}======`],
  ])('takes the key %s', async (_, secret) => {
    const totp = createTotp({ secret: new Secret(secret), clock: at(59n), digits: 8 });
    expect(await totp.code()).toBe('94287082');
  });

  it.each(['', ' - ', 'GEZDGNB1', 'GEZD!', 'A'])('refuses the key %j', (secret) => {
    expect(() => createTotp({ secret, clock: at(0n) })).toThrow(
      expect.objectContaining({ code: 'INVALID_OTP_SECRET' }),
    );
  });

  it('asks for the secret alone when it is given the whole address of a QR code', () => {
    const secret = `otpauth://totp/Kraken:me?secret=${SHA1_KEY}&issuer=Kraken`;
    expect(() => createTotp({ secret, clock: at(0n) })).toThrow(/give the part after "secret="/);
  });

  it.each([
    { digits: 5 },
    { digits: 11 },
    { digits: 6.5 },
    { digits: Number.NaN },
    { periodSeconds: 0 },
    { periodSeconds: 0.5 },
    { periodSeconds: -30 },
  ])('refuses %j at once, not with the first code', (options) => {
    const [field] = Object.keys(options);
    expect(() => createTotp({ secret: SHA1_KEY, clock: at(0n), ...options })).toThrow(
      expect.objectContaining({ code: 'INVALID_PARAMETER', context: { field } }),
    );
  });
});
