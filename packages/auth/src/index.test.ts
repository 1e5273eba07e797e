import { describe, expect, it } from 'vitest';
import * as index from './index.ts';
import * as node from './node.ts';
import * as profiles from './profiles.ts';

describe('the public surface', () => {
  it('changes only on purpose', () => {
    expect([index, node, profiles].map((entry) => Object.keys(entry).toSorted())).toEqual([
      [
        'AuthError',
        'Secret',
        'createCredentials',
        'createFuturesSigner',
        'createMemoryNonceStore',
        'createNonceSource',
        'createSpotSigner',
        'createTotp',
        'encodeForm',
        'encodeJson',
        'explainNonceError',
        'fromEnv',
        'isAuthError',
        'isNonceError',
        'isSecret',
        'signFutures',
        'signFuturesChallenge',
        'signSpot',
      ],
      ['createFileNonceStore', 'keyFilePath', 'readKeyFile'],
      ['readProfile'],
    ]);
  });
});
