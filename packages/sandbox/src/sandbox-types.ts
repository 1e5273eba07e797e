import type { Clock, Timers } from '@kr/schemas/shared';
import type { Fault } from './faults/fault.ts';
import type { Faults } from './faults/faults.ts';
import type { SourceStats } from './market-source.ts';
import type { LiveSourceOptions } from './mirror/mirror-source.ts';
import type { PaperAccount } from './paper/paper-desk.ts';
import type { SystemStatus } from './protocol/frames.ts';
import type { ReplaySourceOptions } from './replay/replay-source.ts';
import type { RestLimits } from './rest/rest-counters.ts';
import type { RestSandbox } from './rest/rest-sandbox.ts';
import type { LedgerSink } from './server/ledger.ts';
import type { Limits, LimitsName } from './server/limits.ts';
import type { HeartbeatMode } from './server/liveness.ts';
import type { SyntheticSourceOptions } from './synthetic/synthetic-source.ts';
import type { SandboxTime } from './time/sandbox-time.ts';
import type { TlsIdentity } from './tls/certificate.ts';

export interface SandboxOptions {
  readonly source: SyntheticSourceOptions | ReplaySourceOptions | LiveSourceOptions;
  /** One of `createSandboxTime`, given as `timers` too, can be steered from outside. */
  readonly clock: Clock;
  readonly timers: Timers;
  /** Default 0: a free port. */
  readonly port?: number | undefined;
  /** Default 127.0.0.1. One that is not of loopback is refused without `allowRemote`. */
  readonly host?: string | undefined;
  /** Lets other machines in, if `host` does. Whoever reaches the port can do all that you can. */
  readonly allowRemote?: boolean | undefined;
  /** `true`: wss and https, with a certificate made at `listen`; or one of your own. */
  readonly tls?: boolean | Pick<TlsIdentity, 'cert' | 'key'> | undefined;
  /** What goes wrong from the beginning; `faults.inject` does it later. */
  readonly faults?: readonly Fault[] | undefined;
  /**
   * How many updates of a market of the synthetic source are put into one message, by connection in
   * turn: `[1, 3]` sends every second connection three at a time. Default `[1]`.
   */
  readonly batches?: readonly number[] | undefined;
  /** Is told of every frame before it is written, and of every fault. */
  readonly ledger?: LedgerSink | undefined;
  /** Default `steady`, as the exchange was captured. */
  readonly heartbeats?: HeartbeatMode | undefined;
  /** Without a request and without a subscription for this long a connection is closed; default 60,000. */
  readonly idleTimeoutMs?: number | undefined;
  /** A client with more than this waiting for it is cut off; default 16 MiB. A replay waits for its client instead. */
  readonly maxBufferedBytes?: number | undefined;
  /** What a client may ask for, and how fast; default `local`. */
  readonly limits?: Limits | LimitsName | undefined;
  /** Paper accounts: their keys trade over REST and over the sockets, in any source. */
  readonly accounts?: readonly PaperAccount[] | undefined;
  /** The futures market beside it. */
  readonly futures?:
    | {
        /** Book updates a second over all contracts; default 50. */
        readonly rate?: number | undefined;
        /** What a key may spend on REST in 10 s; default: 500 with limits of accounts, else as much as it likes. */
        readonly budget?: number | undefined;
      }
    | undefined;
  /**
   * How fast an account may ask and trade, e.g. `proLimits` of `@kr/sandbox/rest`; default: what
   * `limits` names (`standard`, `pro`), else as fast as it likes.
   */
  readonly accountLimits?: RestLimits | undefined;
  /** `createRestSandbox` of `@kr/sandbox/rest`, unlistened: answers REST on the same port. */
  readonly rest?: Pick<RestSandbox, 'handle'> | undefined;
}

/** What a sandbox did since it was made. `simulated` is always true: nothing of it is an exchange's. */
export interface SandboxStats {
  readonly simulated: true;
  readonly url: string | undefined;
  /** Where everything is reached. */
  readonly address: Omit<SandboxAddress, 'ca'> | undefined;
  readonly connections: { readonly open: number; readonly total: number };
  readonly subscriptions: number;
  readonly requests: number;
  readonly framesSent: number;
  readonly bytesSent: number;
  /** Bytes waiting for clients now. */
  readonly bufferedBytes: number;
  /** Clients cut off because they did not read. */
  readonly slowClients: number;
  readonly rejectedUpgrades: number;
  /** How often faults happened. */
  readonly faults: number;
  /** What status frames say of the trading engine. */
  readonly system: SystemStatus;
  readonly ledgerErrors: number;
  readonly lastLedgerError: string | undefined;
  readonly source: SourceStats;
  /**
   * Where the money is, decimal texts by asset: `accounts`, `agents`, `fees` and `lent` add up to
   * `deposited` to the last digit. The agents begin with nothing and may owe. Empty where nobody trades.
   */
  readonly funds: Readonly<Record<string, FundsStats>>;
  /** By wallet of the futures: `USD`, `XBT`, `fi_xbtusd` and so on. */
  readonly futuresFunds: Readonly<Record<string, FuturesFundsStats>>;
}

/** All there is of an asset of Spot. */
export interface FundsStats extends MoneyStats {
  /** What positions on margin hold; with a minus what was advanced for them. */
  readonly lent: string;
}

/** All there is of an asset. */
interface MoneyStats {
  readonly deposited: string;
  readonly accounts: string;
  readonly agents: string;
  readonly fees: string;
}

/** The same of a futures wallet: `positions` is what the accounts' positions were opened for, and adds up with the rest. */
export interface FuturesFundsStats extends MoneyStats {
  readonly positions: string;
}

/** Where a sandbox is reached. */
export interface SandboxAddress {
  /** `ws://127.0.0.1:<port>/v2`, or `wss:`. */
  readonly url: string;
  /** `ws://127.0.0.1:<port>/`: where the v1 sockets are spoken, as at ws.kraken.com. */
  readonly v1Url: string;
  /** `ws://127.0.0.1:<port>/ws/v1`: the futures' v1 socket. A replay has none. */
  readonly futuresUrl?: string;
  /** The Unified sockets, `ws://127.0.0.1:<port>/v2/public` and `…/private`, as at uws.kraken.com. */
  readonly unified?: { readonly public: string; readonly private: string };
  readonly port: number;
  /** `http://127.0.0.1:<port>`, or `https:`: for REST, and for `/sandbox`. */
  readonly httpUrl: string;
  /** With `tls: true`, the authority that clients must trust, in PEM. */
  readonly ca?: string;
}

/** A local Kraken. Made closed; `listen` opens it, once. */
export interface Sandbox extends AsyncDisposable {
  /** Opens the market and the port. Rejects with a `SandboxError`. */
  listen(): Promise<SandboxAddress>;
  /** Closes every connection (code 1001) and the port. */
  close(): Promise<void>;
  /** What goes wrong on purpose. */
  readonly faults: Faults;
  /** The time of everything inside. */
  readonly time: SandboxTime;
  /** Changes the state of the trading engine: every connection is told, and those that open later. */
  setStatus(system: SystemStatus): void;
  readonly stats: SandboxStats;
}
