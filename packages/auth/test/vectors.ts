import { readFileSync } from 'node:fs';
import { Secret } from '../src/secret.ts';

// `spot.json` S1 and `futures.json`' challenge are printed in Kraken's documentation, S7 is the
// golden value of Kraken's SDK; the others were computed by a second implementation.

export interface SpotVector {
  readonly name: string;
  readonly path: string;
  readonly nonce: string;
  readonly body: string;
  readonly secret: string;
  readonly signature: string;
}

export interface FuturesVector {
  readonly name: string;
  readonly path: string;
  /** `null`: no `Nonce` header. */
  readonly nonce: string | null;
  readonly postData: string;
  readonly secret: string;
  readonly authent: string;
}

const load = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`vectors/${name}.json`, import.meta.url), 'utf8'));

export const SPOT_VECTORS = load('spot') as readonly SpotVector[];
export const FUTURES_VECTORS = load('futures') as readonly FuturesVector[];

/** https://docs.kraken.com/api/docs/guides/futures-websockets */
export const CHALLENGE = {
  text: 'c100b894-1729-464d-ace1-52dbce11db42',
  signed:
    '4JEpF3ix66GA2B+ooK128Ift4XQVtc137N9yeg4Kqsn9PI0Kpzbysl9M1IeCEdjg0zl00wkVqcsnG4bmnlMb3A==',
};

/** 56 characters, as Kraken's are; made up. */
export const KEY = 'KrTestKeyKrTestKeyKrTestKeyKrTestKeyKrTestKeyKrTestKeyKr';
export const SPOT_SECRET = SPOT_VECTORS[0]?.secret ?? '';
export const FUTURES_SECRET = FUTURES_VECTORS[0]?.secret ?? '';

export const secretOf = (vector: { readonly secret: string }): Secret => new Secret(vector.secret);
