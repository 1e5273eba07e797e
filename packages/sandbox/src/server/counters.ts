/** What a sandbox counts while it runs; one object, shared by its connections. */
export interface Counters {
  connections: number;
  requests: number;
  framesSent: number;
  bytesSent: number;
  slowClients: number;
  rejectedUpgrades: number;
  ledgerErrors: number;
  lastLedgerError: string | undefined;
}

export function createCounters(): Counters {
  return {
    connections: 0,
    requests: 0,
    framesSent: 0,
    bytesSent: 0,
    slowClients: 0,
    rejectedUpgrades: 0,
    ledgerErrors: 0,
    lastLedgerError: undefined,
  };
}
