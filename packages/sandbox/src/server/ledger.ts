import type { WireFrame } from '../protocol/wire-frame.ts';

/**
 * Takes whole lines of NDJSON, one for each frame, before the frames are written to the socket.
 * It must have stored them when it returns (`appendFileSync`): then a reader of the ledger knows
 * everything that any client can have received, whatever was killed meanwhile.
 */
export type LedgerSink = (lines: string) => void;

/** One line: what was sent, on which connection, as its nth frame, when (Unix nanoseconds, decimal text). */
export function ledgerLine(
  connectionId: bigint,
  sequence: number,
  sentNs: bigint,
  frame: WireFrame,
): string {
  return `{"connection_id":"${connectionId}","sequence":${sequence},"sentNs":"${sentNs}","crc32":${frame.crc32},"length":${frame.bytes.length}}\n`;
}
