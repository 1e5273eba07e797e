import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { startModule } from './child.ts';
import { CHALLENGE, FUTURES_SECRET, FUTURES_VECTORS, SPOT_VECTORS } from './vectors.ts';

const IMPORT =
  /^(?:import|export)\b[^'"]*?from '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gms;

/** Every module that an entry loads, and every specifier that is not a file of ours. */
const graphOf = (entry: string): { files: string[]; foreign: string[] } => {
  const files = new Set<string>();
  const foreign = new Set<string>();
  const visit = (url: URL): void => {
    const name = url.pathname.split('/src/')[1] ?? '';
    if (files.has(name)) return;
    files.add(name);
    for (const [, from, bare, dynamic] of readFileSync(url, 'utf8').matchAll(IMPORT)) {
      const specifier = from ?? bare ?? dynamic ?? '';
      if (specifier.startsWith('.')) visit(new URL(specifier, url));
      else foreign.add(specifier);
    }
  };
  visit(new URL(`../src/${entry}`, import.meta.url));
  return { files: [...files], foreign: [...foreign] };
};

describe('what a browser loads', () => {
  it('is none of the files that need Node, and imports nothing', () => {
    const { files, foreign } = graphOf('index.ts');
    expect(files.length).toBeGreaterThan(15);
    expect(files.filter((file) => file.endsWith('.node.ts'))).toEqual([]);
    expect(foreign).toEqual([]);
  });

  it('leaves the TOML parser to those who read profiles', () => {
    expect(graphOf('node.ts').foreign).not.toContain('smol-toml');
    expect(graphOf('profiles.ts').foreign).toContain('smol-toml');
  });

  it('signs every vector where there is no process, no Buffer and no require', async () => {
    const source = `
      const vectors = JSON.parse(process.argv[1]);
      for (const name of ['process', 'Buffer', 'require', 'global', 'setImmediate', 'module']) {
        delete globalThis[name];
      }
      const auth = await import('@kr/auth');
      const secretOf = ({ secret }) => new auth.Secret(secret);
      const spot = vectors.spot.map((v) => auth.signSpot(secretOf(v), v));
      const futures = vectors.futures.map(({ nonce, ...v }) =>
        auth.signFutures(secretOf(v), nonce === null ? v : { ...v, nonce }));
      const challenge = auth.signFuturesChallenge(secretOf(vectors.challenge), vectors.challenge.text);
      const clock = { wallNs: () => 59_000_000_000n };
      const totp = auth.createTotp({ secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', clock }).code();
      const { key, secret } = vectors.credentials;
      const signer = auth.createSpotSigner({
        credentials: auth.createCredentials({ key, secret }),
        nonces: auth.createNonceSource({ clock }),
      });
      const signed = signer.sign({ path: '/0/private/Balance', params: { asset: 'ZUSD' } });
      const made = [...spot, ...futures, challenge, totp, signed.then(({ body }) => body)];
      // Signatures are not for a log, not even for this one.
      const isRight = (await Promise.all(made)).map((text, at) => text === vectors.expected[at]);
      console.log(JSON.stringify(isRight));
    `;
    const expected = [
      ...SPOT_VECTORS.map(({ signature }) => signature),
      ...FUTURES_VECTORS.map(({ authent }) => authent),
      CHALLENGE.signed,
      '287082',
      'nonce=59000000000&asset=ZUSD',
    ];
    const vectors = {
      expected,
      spot: SPOT_VECTORS,
      futures: FUTURES_VECTORS,
      challenge: { ...CHALLENGE, secret: FUTURES_SECRET },
      credentials: { key: 'key', secret: FUTURES_SECRET },
    };
    const child = startModule(source, [JSON.stringify(vectors)]);
    expect(JSON.parse(await child.line())).toEqual(expected.map(() => true));
    expect(await child.exit).toEqual({ code: 0, stderr: '' });
  });

  it('says so where WebCrypto is missing, as on a page that came over http', async () => {
    const source = `
      import { Secret, signSpot } from '@kr/auth';
      Object.defineProperty(globalThis, 'crypto', { value: {} });
      const input = { path: '/0/private/Balance', nonce: 1n, body: 'nonce=1' };
      await signSpot(new Secret(process.argv[1]), input).catch((e) => console.log(e.code, e.message));
    `;
    const child = startModule(source, [FUTURES_SECRET]);
    expect(await child.line()).toMatch(/^CRYPTO_UNAVAILABLE .* Browsers offer it on https/);
    expect(await child.exit).toEqual({ code: 0, stderr: '' });
  });
});

describe('a process that crashes with secrets in hand', () => {
  it('prints none of them', async () => {
    const source = `
      import { createCredentials, createNonceSource, createSpotSigner, Secret } from '@kr/auth';
      const [key, secret] = process.argv.slice(1);
      const credentials = createCredentials({ key, secret });
      const nonces = createNonceSource({ clock: { wallNs: () => 1n } });
      const signer = createSpotSigner({ credentials, nonces, otp: new Secret('static-otp-canary') });
      await signer.withSigned({ path: '/0/private/Balance' }, async (signed) => {
        console.log(credentials, signer, signed, String(credentials.secret));
        throw Object.assign(new Error('crash'), { credentials, signer, signed, nonces });
      });
    `;
    const child = startModule(source, ['key', FUTURES_SECRET]);
    let stdout = '';
    child.process.stdout?.on('data', (chunk) => (stdout += String(chunk)));
    const { code, stderr } = await child.exit;
    expect(code).toBe(1);
    expect(stderr).toContain('Error: crash');
    expect(stdout).toContain('Secret [redacted]');
    for (const output of [stdout, stderr]) {
      expect(output).not.toContain(FUTURES_SECRET.slice(0, 8));
      expect(output).not.toContain('otp-canary');
      expect(output).not.toContain('API-Sign');
    }
  });
});
