import { verify } from '@kr/recording';
import { formatTimestamp } from '@kr/schemas/shared';
import type { CommandResult } from '../../output/result.ts';
import { createProgress } from '../../progress.ts';
import { openRecording } from '../../recording-source.ts';
import type { Session } from '../../session.ts';

export interface GapsOptions {
  readonly books?: boolean;
}

/** The gap ledger, with the holes that nobody wrote down; or from when to when each book is not proved. */
export const readGaps = async (
  session: Session,
  { books }: GapsOptions,
  name: string,
): Promise<CommandResult> => {
  const { io, signal } = session;
  const { path, processes, simulated } = await openRecording(name, io);
  const progress = createProgress('reading', 'bytes', io);
  const reading = {
    signal,
    processes,
    onProgress: ({ bytes, totalBytes }: { bytes: number; totalBytes?: number | undefined }) =>
      progress.at(bytes, totalBytes),
  };
  try {
    if (books === true) {
      const { findBookHoles } = await import('@kr/recording/repair');
      const holes = await findBookHoles(path, reading);
      return {
        columns: ['symbol', 'channel', 'reason', 'from', 'to'].map((key) => ({ key })),
        rows: holes.map(({ symbol, channel, reason, fromNs, toNs }) => ({
          symbol,
          channel,
          reason,
          from: formatTimestamp(fromNs),
          to: toNs === undefined ? undefined : formatTimestamp(toNs),
        })),
        empty: 'no hole: every book is proved from its beginning to its end',
        simulated,
      };
    }
    const report = await verify(path, reading);
    const recorded = report.gaps.map(({ place, connectionId, ...gap }) => ({
      recorded: true,
      ...gap,
      connection_id: connectionId,
      place,
    }));
    const holes = report.holes.map(({ kind, place, connectionId, symbol, message, ...times }) => ({
      recorded: false,
      reason: kind,
      ...times,
      symbols: symbol === undefined ? [] : [symbol],
      connection_id: connectionId,
      detail: message,
      place,
    }));
    return {
      columns: [
        { key: 'reason' },
        { key: 'from' },
        { key: 'to' },
        { key: 'channel' },
        { key: 'symbols' },
        { key: 'recorded' },
        { key: 'repaired' },
        { key: 'connection_id' },
        { key: 'detail' },
      ],
      rows: [...recorded, ...holes],
      empty: 'no gap',
      simulated,
    };
  } finally {
    progress.end();
  }
};
