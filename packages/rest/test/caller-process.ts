/** `url directory key secret count`: signed calls all at once, in a process; prints the failures. */
export const CALLER = `
import { createCredentials, createNonceSource, createSpotSigner } from '@kr/auth';
import { createFileNonceStore } from '@kr/auth/node';
import { createSpotClient } from '@kr/rest';
import { createSystemClock, createSystemTimers } from '@kr/schemas/shared';
const [url, directory, key, secret, count] = process.argv.slice(1);
const clock = createSystemClock();
const timers = createSystemTimers();
const store = createFileNonceStore({ directory, key, timers });
const signer = createSpotSigner({
  credentials: createCredentials({ key, secret, environment: 'sandbox' }),
  nonces: createNonceSource({ clock, store }),
});
const client = createSpotClient({ clock, timers, baseUrl: url, signer, retry: false });
const calls = Array.from({ length: Number(count) }, () => client.balance());
const failures = (await Promise.allSettled(calls)).flatMap(({ reason }) => reason?.message ?? []);
console.log(JSON.stringify(failures));
await client.close();
await store.close();
`;
