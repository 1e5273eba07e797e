import { sumDecimals } from '@kr/orderbook/decimal';
import type { BalancesFrame, LedgerTransaction, Wallet } from '@kr/schemas';
import type { GapEvent } from '@kr/schemas/shared';
import type { Client, FrameEvent, LaneEvent, Listening } from '../client/client.ts';
import { abortError, WsError } from '../errors.ts';
import { AccountState, type AccountStatus, type AccountStatusEvent } from './account-status.ts';

/** What one has of an asset, in all wallets. Quantities are the wire's digits. */
export interface Balance {
  readonly asset: string;
  readonly total: string;
  readonly wallets: readonly Wallet[];
}

export interface BalancesOptions {
  /** A balance changed: the new one, and the ledger entry that changed it (none of a snapshot). */
  readonly onBalance?:
    | ((balance: Balance, entry: LedgerTransaction | undefined) => void)
    | undefined;
  readonly onStatus?: ((event: AccountStatusEvent) => void) | undefined;
  readonly onGap?: ((gap: GapEvent) => void) | undefined;
}

/** One's own balances, kept up to date. */
export interface BalanceFeed extends AsyncDisposable {
  readonly status: AccountStatus;
  readonly all: readonly Balance[];
  get(asset: string): Balance | undefined;
  /** Resolves when it is live, at once if it is. @throws WsError `ABORTED`, or why it ended */
  live(options?: { readonly signal?: AbortSignal | undefined }): Promise<void>;
  close(): Promise<void>;
}

class LiveBalances implements BalanceFeed {
  readonly #client: Client;
  readonly #options: BalancesOptions;
  readonly #state: AccountState;
  readonly #listening: Listening;
  /** With two connections each keeps its own: which of two entries is the later, nothing tells. */
  readonly #lanes = new Map<number, Map<string, Balance>>();
  #front = 0;
  #endError: WsError | undefined;

  constructor(client: Client, options: BalancesOptions) {
    this.#client = client;
    this.#options = options;
    this.#state = new AccountState(
      (event) => options.onStatus?.(event),
      () => this.#endError ?? closedFeed(),
    );
    this.#listening = client.listen(
      { channel: 'balances' },
      {
        onFrame: (event) => {
          this.#handleFrame(event);
        },
        onLane: (event) => {
          this.#handleLane(event);
        },
        onGap: options.onGap,
        onEnded: ({ error }) => {
          this.#end(error);
        },
      },
    );
  }

  get status(): AccountStatus {
    return this.#state.status;
  }

  get all(): readonly Balance[] {
    return [...(this.#lanes.get(this.#front)?.values() ?? [])];
  }

  get(asset: string): Balance | undefined {
    return this.#lanes.get(this.#front)?.get(asset);
  }

  live({ signal }: { readonly signal?: AbortSignal | undefined } = {}): Promise<void> {
    return this.#state.live(signal, (fired) => abortError('Waiting for the balances', fired));
  }

  async close(): Promise<void> {
    await this.#listening.close();
    this.#end(undefined);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #handleFrame({ frame, isSnapshot, lane }: FrameEvent): void {
    const message = this.#client.read(frame) as BalancesFrame | undefined;
    if (message === undefined) {
      const detail = 'a message could not be read';
      // A snapshot says it again, unless that is what cannot be read.
      if (!isSnapshot) this.#listening.renew(undefined, { lane, reason: 'drop', detail });
      else if (lane === this.#front) this.#state.turn('broken', detail);
      return;
    }
    if (message.type === 'snapshot') {
      const shown = new Map<string, Balance>();
      for (const { asset, balance, wallets } of message.data) {
        shown.set(asset, { asset, total: balance, wallets });
      }
      this.#lanes.set(lane, shown);
      if (this.status === 'live') return;
      this.#front = lane;
      for (const balance of this.all) this.#options.onBalance?.(balance, undefined);
      this.#state.turn('live', 'the snapshot is here');
      return;
    }
    const known = this.#lanes.get(lane);
    if (known === undefined) return;
    for (const entry of message.data) {
      const balance = applyEntry(known.get(entry.asset), entry);
      known.set(entry.asset, balance);
      if (lane === this.#front) this.#options.onBalance?.(balance, entry);
    }
  }

  #handleLane({ lane, loss }: LaneEvent): void {
    if (loss === undefined || this.status === 'starting') return;
    const [next] = [...this.#lanes.keys()].filter((other) => other !== lane);
    if (lane !== this.#front || next !== undefined) this.#lanes.delete(lane);
    if (lane !== this.#front) return;
    if (next === undefined) {
      // The old ones stay to be seen, and are called what they are.
      this.#state.turn('broken', loss.detail);
      return;
    }
    this.#front = next;
    for (const balance of this.all) this.#options.onBalance?.(balance, undefined);
  }

  #end(error: WsError | undefined): void {
    this.#endError = error;
    this.#state.turn('ended', error?.message ?? 'the feed was closed');
  }
}

/**
 * `balance` of an entry is that of its wallet after it: the entry is one of a wallet's ledger. The
 * documentation does not say whether it means that or all wallets; for an account with one wallet an
 * asset both are the same.
 */
function applyEntry(before: Balance | undefined, entry: LedgerTransaction): Balance {
  const { asset, wallet_type: type, wallet_id: id, balance } = entry;
  const wallet: Wallet = { type, id, balance };
  const others = (before?.wallets ?? []).filter((other) => other.type !== type || other.id !== id);
  const wallets = [...others, wallet];
  return { asset, wallets, total: sumDecimals(wallets.map((each) => each.balance)) };
}

function closedFeed(): WsError<'CLOSED'> {
  return new WsError('CLOSED', 'The feed of the balances was closed. Create a new one.', {
    what: 'balances',
  });
}

/**
 * Keeps one's own balances. After a break they are `live` again with the next snapshot.
 *
 * @throws WsError `INVALID_PARAMS` without a token provider, `CLOSED`
 */
export function balances(client: Client, options: BalancesOptions = {}): BalanceFeed {
  return new LiveBalances(client, options);
}
