// Programs that the tests run in processes of their own, against the built package.

/** `directory key skewNs count log`: appends a line to the log in each of its turns, all at once. */
export const HOLDER = `
import { appendFile } from 'node:fs/promises';
import { createNonceSource } from '@kr/auth';
import { createFileNonceStore } from '@kr/auth/node';
const [directory, key, skewNs, count, log] = process.argv.slice(1);
const store = createFileNonceStore({ directory, key, timers: globalThis });
const clock = { wallNs: () => BigInt(Date.now()) * 1_000_000n - BigInt(skewNs) };
const nonces = createNonceSource({ clock, store });
console.log('ready');
const held = Array.from({ length: Number(count) }, () =>
  nonces.withNonce(async (nonce) => {
    await appendFile(log, nonce + ' ' + process.pid + ' in\\n');
    await appendFile(log, nonce + ' ' + process.pid + ' out\\n');
  }),
);
await Promise.all(held);
console.log('done');
await store.close();
`;

/** `directory key skewNs count`: prints the nonces of parallel calls, as JSON. */
export const TAKER = `
import { createNonceSource } from '@kr/auth';
import { createFileNonceStore } from '@kr/auth/node';
const [directory, key, skewNs, count] = process.argv.slice(1);
const store = createFileNonceStore({ directory, key, timers: globalThis });
const clock = { wallNs: () => BigInt(Date.now()) * 1_000_000n - BigInt(skewNs) };
const nonces = createNonceSource({ clock, store });
const given = await Promise.all(Array.from({ length: Number(count) }, () => nonces.next()));
console.log(JSON.stringify(given.map(String)));
await store.close();
`;

/** `directory key`: takes the turn, prints its nonce, and keeps it. */
export const HOGGER = `
import { createNonceSource } from '@kr/auth';
import { createFileNonceStore } from '@kr/auth/node';
const [directory, key] = process.argv.slice(1);
const store = createFileNonceStore({ directory, key, timers: globalThis });
const clock = { wallNs: () => BigInt(Date.now()) * 1_000_000n };
await createNonceSource({ clock, store }).withNonce((nonce) => {
  console.log(String(nonce));
  process.stdin.resume();
  return new Promise(() => {});
});
`;

/** `directory key`: says that it asks for the turn, and prints the nonce when it has it. */
export const WAITER = `
import { createNonceSource } from '@kr/auth';
import { createFileNonceStore } from '@kr/auth/node';
const [directory, key] = process.argv.slice(1);
const store = createFileNonceStore({ directory, key, timers: globalThis });
const clock = { wallNs: () => BigInt(Date.now()) * 1_000_000n };
console.log('asking');
console.log(String(await createNonceSource({ clock, store }).withNonce(async (nonce) => nonce)));
await store.close();
`;

/** `url directory key secret count`: sends signed requests all at once, and prints the answers. */
export const CLIENT = `
import { createCredentials, createNonceSource, createSpotSigner } from '@kr/auth';
import { createFileNonceStore } from '@kr/auth/node';
const [url, directory, key, secret, count] = process.argv.slice(1);
const store = createFileNonceStore({ directory, key, timers: globalThis });
const clock = { wallNs: () => BigInt(Date.now()) * 1_000_000n };
const signer = createSpotSigner({
  credentials: createCredentials({ key, secret, environment: 'sandbox' }),
  nonces: createNonceSource({ clock, store }),
});
const send = async ({ method, target, headers, body }) =>
  (await (await fetch(url + target, { method, headers, body })).json()).error;
const request = { path: '/0/private/Balance', params: { asset: 'ZUSD' } };
const errors = await Promise.all(
  Array.from({ length: Number(count) }, () => signer.withSigned(request, send)),
);
console.log(JSON.stringify(errors.flat()));
await store.close();
`;
