import { type CommandResult, recordResult } from '../../output/result.ts';
import type { Session } from '../../session.ts';
import { isoOfSeconds } from '../../times.ts';

/** The exchange's clock, and how far this machine's is from it, give or take the way there and back. */
export const readTime = async (session: Session): Promise<CommandResult> => {
  const { clock } = session.io;
  const client = await session.spot('public');
  const { signal } = session;
  // The first call opens the connection; the second one measures.
  await client.time({}, { signal });
  const sentNs = clock.wallNs();
  const { unixtime } = await client.time({}, { signal });
  const receivedNs = clock.wallNs();
  const middleMs = Number((sentNs + receivedNs) / 2n / 1_000_000n);
  return recordResult({
    unixtime,
    time: isoOfSeconds(unixtime),
    // Whole seconds is all that the exchange says: less than one is no difference.
    clock_ahead_s: Math.trunc((middleMs - (unixtime * 1000 + 500)) / 1000) || 0,
    round_trip_ms: Number((receivedNs - sentNs) / 1_000_000n),
  });
};

export const readStatus = async (session: Session): Promise<CommandResult> => {
  const client = await session.spot('public');
  return recordResult(await client.systemStatus({}, { signal: session.signal }));
};
