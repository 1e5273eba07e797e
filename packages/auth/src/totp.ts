import { AuthError } from './auth-error.ts';
import type { WallClock } from './clock.ts';
import { isSecret, Secret } from './secret.ts';
import { type HmacHash, hmac } from './web-crypto.ts';

/** Where a request's one-time password comes from: asked once a request, just before it is signed. */
export interface OtpSource {
  code(): string | Promise<string>;
}

export interface TotpOptions {
  /** What the authenticator app was given: base32, in groups or not. */
  readonly secret: string | Secret;
  readonly clock: WallClock;
  /** @defaultValue 6 */
  readonly digits?: number | undefined;
  /** @defaultValue 30 */
  readonly periodSeconds?: number | undefined;
  /** @defaultValue `'SHA-1'`, what authenticator apps use */
  readonly hash?: HmacHash | undefined;
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * Time-based one-time passwords, as an authenticator app shows them.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6238
 * @throws AuthError `INVALID_OTP_SECRET`, which shows no value, and `INVALID_PARAMETER` for digits
 * (6 to 10) or a period that cannot be
 */
export function createTotp(options: TotpOptions): OtpSource {
  const { clock, digits = 6, periodSeconds = 30, hash = 'SHA-1' } = options;
  const secret = isSecret(options.secret) ? options.secret : new Secret(options.secret);
  decodeBase32(secret.expose());
  // Ten digits are all that 31 bits have.
  assertInteger('digits', digits, 6, 10);
  assertInteger('periodSeconds', periodSeconds, 1, Number.MAX_SAFE_INTEGER);
  return {
    code: async () => {
      const counter = clock.wallNs() / (BigInt(periodSeconds) * 1_000_000_000n);
      return computeHotp(decodeBase32(secret.expose()), counter, digits, hash);
    },
  };
}

function assertInteger(field: string, value: number, min: number, max: number): void {
  if (Number.isSafeInteger(value) && value >= min && value <= max) return;
  throw new AuthError(
    'INVALID_PARAMETER',
    `"${field}" of the TOTP is ${value}: give a whole number from ${min} to ${max}.`,
    { field },
  );
}

/** RFC 4226, section 5.3: four bytes at an offset that the last byte's low half names. */
async function computeHotp(
  key: Uint8Array<ArrayBuffer>,
  counter: bigint,
  digits: number,
  hash: HmacHash,
): Promise<string> {
  const message = new Uint8Array(8);
  new DataView(message.buffer).setBigUint64(0, counter);
  const mac = await hmac(hash, key, message);
  const offset = (mac.at(-1) ?? 0) & 0x0f;
  const value = new DataView(mac.buffer).getUint32(offset) & 0x7fff_ffff;
  return String(value % 10 ** digits).padStart(digits, '0');
}

/** RFC 4648, section 6; apps print it in groups, in either case, with or without padding. */
function decodeBase32(text: string): Uint8Array<ArrayBuffer> {
  if (/^otpauth:/i.test(text)) fail('is a whole otpauth address: give the part after "secret="');
  const digits = text.replace(/[\s-]/g, '').replace(/=+$/, '').toUpperCase();
  const bytes: number[] = [];
  let value = 0;
  let bits = 0;
  for (const [index, digit] of digits.split('').entries()) {
    const worth = BASE32.indexOf(digit);
    if (worth < 0) fail(`is not base32: character ${index + 1} does not belong there`);
    value = (value << 5) | worth;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push(value >> bits);
    value &= (1 << bits) - 1;
  }
  if (bytes.length === 0) fail('is empty');
  return Uint8Array.from(bytes);
}

function fail(why: string): never {
  throw new AuthError(
    'INVALID_OTP_SECRET',
    `The TOTP secret ${why}. It is the "setup key" that the authenticator app was given.`,
    { field: 'secret' },
  );
}
