import { inspect } from 'node:util';
import { createCredentials, createNonceSource, createSpotSigner, Secret } from '@kr/auth';
import type { RestFault, RestFaultKind } from '@kr/sandbox/rest';
import { createSystemClock } from '@kr/schemas/shared';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createHttpTransport, type Transport } from '../src/index.ts';
import { FUTURES_SECRET, SPOT_SECRET, withKraken } from './kraken.ts';

const OTP = 'otp-7391846250';
const PROXY_PASSWORD = 'proxy-password-5829';
const ORDER = {
  pair: 'XBTUSD',
  type: 'buy',
  ordertype: 'limit',
  price: '30000.0',
  volume: '1',
};
const TOKEN = 'sandbox-token-0123456789';
const FAULTS: readonly RestFaultKind[] = [
  'timeout',
  'reset',
  'badGateway',
  'html',
  'cutBody',
  'wrongTypes',
  'internal',
  'busy',
];

/** Remembers every signature and body that went out. */
function spying(secrets: Set<string>): Transport {
  const transport = createHttpTransport();
  return {
    ...transport,
    request: (request) => {
      for (const name of ['API-Sign', 'Authent']) secrets.add(request.headers[name] ?? SPOT_SECRET);
      return transport.request(request);
    },
  };
}

/** Everything that printing a value in any way could show. */
function printed(value: unknown): string {
  const text = inspect(value, { depth: 12, showHidden: true, maxStringLength: null });
  const cause = value instanceof Error ? printed(value.cause ?? '') : '';
  return [text, String(value), JSON.stringify(value) ?? '', cause].join('\n');
}

const RUN = 8;

/** Every run of eight characters of a text. */
function* runsOf(text: string): Generator<string> {
  for (let at = 0; at + RUN <= text.length; at += 1) yield text.slice(at, at + RUN);
}

/** The runs of secrets that texts have: each text is gone through once, however many secrets there are. */
function leaksOf(texts: Iterable<string>, secrets: Iterable<string>): string[] {
  const forbidden = new Set([...secrets].flatMap((secret) => [...runsOf(secret)]));
  const found = new Set<string>();
  // The same text comes often: an object that is part of several errors.
  for (const text of new Set(texts)) {
    for (const run of runsOf(text)) if (forbidden.has(run)) found.add(run);
  }
  return [...found];
}

describe('what is printed and thrown', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('has no secret, signature, token or one-time password in it', async () => {
    const log: string[] = [];
    for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
      vi.spyOn(console, method).mockImplementation((...args: unknown[]) => {
        log.push(args.map(printed).join(' '));
      });
    }
    const secrets = new Set([SPOT_SECRET, FUTURES_SECRET, OTP, TOKEN, PROXY_PASSWORD]);
    secrets.add(Buffer.from(`somebody:${PROXY_PASSWORD}`).toString('base64'));
    const shown: string[] = [];
    const note = (value: unknown): void => void shown.push(printed(value));
    let fault: RestFault | undefined;
    const clock = createSystemClock();
    await withKraken(
      async ({ spot, futures, url }) => {
        const transport = spying(secrets);
        const credentials = createCredentials({
          key: 'spot-key',
          secret: SPOT_SECRET,
          environment: 'sandbox',
        });
        const nonces = createNonceSource({ clock });
        const signer = createSpotSigner({ credentials, nonces, otp: new Secret(OTP) });
        const onRetry = note;
        const client = spot({ transport, signer, onRetry, onWarning: note, timeoutMs: 50 });
        const derivatives = futures({ transport, onRetry, timeoutMs: 50 });
        note([client, derivatives, transport, url]);
        for (const when of ['before', 'after'] as const) {
          for (const how of FAULTS) {
            fault = { when, how };
            await client.addOrder(ORDER).catch(note);
            await client.getWebSocketsToken().catch(note);
            await client.balance().catch(note);
            await client.request('POST', '/0/private/NotThere').catch(note);
            await derivatives.accounts().catch(note);
          }
        }
        fault = undefined;
        await client.request('POST', '/0/private/NotThere').catch(note);
        await spot({
          transport,
          signer: createSpotSigner({
            credentials: createCredentials({
              key: 'other',
              secret: SPOT_SECRET,
              environment: 'sandbox',
            }),
            nonces,
          }),
        })
          .balance()
          .catch(note);
        await client.balance({}, { signal: AbortSignal.abort() }).catch(note);
        // A proxy that nobody is behind, with a password in its address.
        await using proxied = createHttpTransport({
          proxy: `http://somebody:${PROXY_PASSWORD}@127.0.0.1:9`,
        });
        await spot({ transport: proxied, signer, onRetry }).addOrder(ORDER).catch(note);
        await futures({ transport: proxied, onRetry }).accounts().catch(note);
        note(proxied);
        // A signer that fails with the signed request in hand.
        const failing: typeof signer = {
          ...signer,
          withSigned: (request, send, options) =>
            signer.withSigned(
              request,
              async (signed) => {
                await send(signed).catch(note);
                throw new Error('the signer failed', { cause: signed });
              },
              options,
            ),
        };
        await spot({ transport, signer: failing }).balance().then(note, note);
        fault = { when: 'after', how: 'reset' };
        await spot({ transport, signer: failing, onRetry }).addOrder(ORDER).catch(note);
        fault = undefined;
        await transport.close();
        await client.balance().catch(note);
      },
      { fault: () => fault },
    );
    expect(shown.length).toBeGreaterThan(80);
    expect(secrets.size).toBeGreaterThan(50);
    expect(leaksOf([`a secret: ${SPOT_SECRET}`], secrets)).not.toStrictEqual([]);
    expect(leaksOf([...log, ...shown], secrets)).toStrictEqual([]);
    // Printing every error in depth takes its time on a machine that is shared.
  }, 120_000);
});
