import type { ReceivedAt } from '@kr/schemas/shared';
import type { Loss } from '../gaps/hole-ledger.ts';
import type {
  Intent,
  SubscribeResult,
  SubscriptionStatus,
  SubscriptionView,
  Target,
} from './subscription.ts';

/**
 * What happens to a subscription on the present socket: `wanted` (to be asked for), `queued` (waits
 * for its turn), `sent` (waits for its acknowledgement), `waiting` (for another try), `accepted`,
 * `renewing` (being unsubscribed, to be wanted again), `rejected`.
 */
export type EntryPhase =
  | 'wanted'
  | 'queued'
  | 'sent'
  | 'waiting'
  | 'accepted'
  | 'renewing'
  | 'rejected';

export type FailureCode = 'REJECTED' | 'TIMEOUT' | 'NO_TOKEN' | 'UNSUBSCRIBED';

/** One symbol of the intent, with what is known of it. */
export class SubscriptionEntry {
  readonly channel: string;
  readonly symbol: Target;
  readonly params: Readonly<Record<string, unknown>>;
  readonly variant: string;
  readonly cost: number;
  readonly beginsWithSnapshot: boolean;
  /** Its messages are numbered. */
  readonly isSequenced: boolean;
  phase: EntryPhase = 'wanted';
  /** It was acknowledged at least once: it is kept through refusals and renewed. */
  established = false;
  /** Asked for alone, so that the answer can only be about this one. */
  alone = false;
  /** Asked for anew on the same socket: "already subscribed" would mean that the old stream runs. */
  isRenewal = false;
  /** Its stream is whole: the snapshot came, or the acknowledgement where none is to come. */
  isCovered = false;
  /** Somebody waits with its renewal: it is not silent. */
  isDistrusted = false;
  /** To be renewed once it is acknowledged: what came of it before was wrong already. */
  renewal: Omit<Loss, 'connectionId'> | undefined;
  /** Requests on this socket that did not lead to an acknowledgement. */
  tries = 0;
  /** Renewals for silence in a row that no update followed. */
  silentRenewals = 0;
  error: string | undefined;
  /** Wall clock, of the beginning of what is whole. */
  coveredNs: bigint | undefined;
  /** Monotonic clock. */
  acceptedNs = 0n;
  /** Of its last message, where they are numbered; 0 before the first of this stream. */
  sequence = 0;
  dataFrames = 0;
  lastDataAt: ReceivedAt | undefined;
  #waiters: ((result: SubscribeResult) => void)[] = [];
  #result: SubscribeResult | undefined;

  constructor(intent: Intent, symbol: Target) {
    this.channel = intent.channel;
    this.symbol = symbol;
    this.params = intent.params;
    this.variant = intent.variant;
    this.cost = intent.cost;
    this.beginsWithSnapshot = intent.beginsWithSnapshot;
    this.isSequenced = intent.isSequenced;
  }

  get status(): SubscriptionStatus {
    if (this.phase === 'accepted') return this.dataFrames > 0 ? 'alive' : 'active';
    if (this.phase === 'rejected' || this.phase === 'renewing') return this.phase;
    return 'pending';
  }

  get view(): SubscriptionView {
    const { channel, symbol, params, status, dataFrames, lastDataAt, error } = this;
    return { channel, symbol, params, status, dataFrames, lastDataAt, error };
  }

  /** Wall clock of the last moment that its stream is known to have been whole. */
  get knownNs(): bigint | undefined {
    const dataNs = this.lastDataAt?.wallNs;
    const { coveredNs } = this;
    if (dataNs === undefined || coveredNs === undefined) return dataNs ?? coveredNs;
    return dataNs > coveredNs ? dataNs : coveredNs;
  }

  /** The server may be sending for it. */
  get isOnWire(): boolean {
    return this.phase === 'sent' || this.phase === 'accepted' || this.tries > 0 || this.isRenewal;
  }

  /** What becomes of it on the present socket: at once when that is known. */
  outcome(): Promise<SubscribeResult> {
    if (this.#result !== undefined) return Promise.resolve(this.#result);
    return new Promise((resolve) => {
      this.#waiters.push(resolve);
    });
  }

  accepted(warnings: readonly string[], monotonicNs: bigint): void {
    this.phase = 'accepted';
    this.acceptedNs = monotonicNs;
    this.established = true;
    this.alone = false;
    this.isRenewal = false;
    this.tries = 0;
    this.error = undefined;
    this.#settle({ channel: this.channel, symbol: this.symbol, success: true, warnings });
  }

  failed(code: FailureCode, error: string): void {
    this.#settle({ channel: this.channel, symbol: this.symbol, success: false, code, error });
  }

  /** Its stream is to end, and another to begin. */
  renews(): void {
    this.phase = 'renewing';
    this.isRenewal = true;
    this.forgetStream();
  }

  /** What was told of its stream says nothing of the next. */
  forgetStream(): void {
    this.isDistrusted = false;
    this.tries = 0;
    this.dataFrames = 0;
    this.sequence = 0;
    this.#result = undefined;
  }

  /** To be asked for anew: after a refusal, or because the socket is gone with its subscriptions. */
  wantAgain(): void {
    this.phase = 'wanted';
    this.#result = undefined;
  }

  forgetSocket(): void {
    this.wantAgain();
    this.forgetStream();
    this.alone = false;
    this.isRenewal = false;
    this.renewal = undefined;
  }

  #settle(result: SubscribeResult): void {
    this.#result = result;
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const resolve of waiters) resolve(result);
  }
}
