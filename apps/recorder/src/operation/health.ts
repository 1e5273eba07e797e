import type { RecorderStatus } from '../recorder-status.ts';

/** What `/health` answers: 200 while it records, 503 when it does not, with the reason. */
export interface Health {
  readonly status: 'recording' | 'degraded' | 'starting' | 'failed';
  readonly reason?: string;
  readonly frames: number;
  readonly symbols: number;
  readonly connections: number;
  readonly gaps: number;
}

/** Healthy is a recorder that has begun, did not fail, and whose every connection is open. */
export const healthOf = (
  status: RecorderStatus,
  { started, failure }: { readonly started: boolean; readonly failure: Error | undefined },
): Health => {
  const { frames, symbols, gaps, connections } = status;
  const facts = { frames, symbols, gaps, connections: connections.length };
  if (failure !== undefined) return { status: 'failed', reason: failure.message, ...facts };
  if (!started) return { status: 'starting', reason: 'subscribing', ...facts };
  const worst = connections.find(({ state }) => state !== 'open');
  if (worst === undefined) return { status: 'recording', ...facts };
  return { status: 'degraded', reason: `a connection is ${worst.state}`, ...facts };
};
