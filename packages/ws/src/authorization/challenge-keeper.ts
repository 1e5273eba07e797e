import type { ChallengeSigner } from '@kr/schemas/shared';
import { WsError } from '../errors.ts';
import type { Params } from '../protocol/protocol.ts';
import type { Authorizer } from './authorizer.ts';

export interface ChallengeKeeperOptions {
  readonly signer: ChallengeSigner;
  /** Asks the present socket for the text to sign. */
  readonly ask: (apiKey: string) => Promise<string>;
}

/** The signed challenge of one socket, asked for once. The key is public; what is signed goes no further. */
export class ChallengeKeeper implements Authorizer {
  readonly #options: ChallengeKeeperOptions;
  #signed: Promise<Params> | undefined;

  constructor(options: ChallengeKeeperOptions) {
    this.#options = options;
  }

  async params(): Promise<Params> {
    const signed = (this.#signed ??= this.#sign());
    try {
      return await signed;
    } catch (cause) {
      if (this.#signed === signed) this.#signed = undefined;
      throw notSigned(cause);
    }
  }

  handleRefused(): void {
    this.#signed = undefined;
  }

  forget(): void {
    this.#signed = undefined;
  }

  async #sign(): Promise<Params> {
    const { signer, ask } = this.#options;
    const challenge = await ask(signer.key);
    return {
      api_key: signer.key,
      original_challenge: challenge,
      signed_challenge: await signer.signChallenge(challenge),
    };
  }
}

function notSigned(cause: unknown): WsError<'NO_TOKEN'> {
  const name = cause instanceof Error ? cause.name : typeof cause;
  return new WsError(
    'NO_TOKEN',
    `The challenge could not be had or signed (${name}). See its cause; is it a key of futures?`,
    { failure: name },
    { cause },
  );
}
