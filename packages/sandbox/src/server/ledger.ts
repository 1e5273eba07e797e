import type { WireFrame } from '../protocol/wire-frame.ts';

/**
 * Takes whole lines of NDJSON before the frames they tell of are written to the socket. It must have
 * stored them when it returns (`appendFileSync`): then a reader of the ledger knows everything that
 * any client can have received, whatever was killed meanwhile.
 */
export type LedgerSink = (lines: string) => void;

/** The fault that a line of the ledger is about. */
export interface FaultNote {
  /** Its kind. */
  readonly fault: string;
  readonly faultId: number;
}

/** One line: what was sent, on which connection, as its nth frame, when (Unix nanoseconds, decimal text). */
export function ledgerLine(
  connectionId: bigint,
  sequence: number,
  sentNs: bigint,
  frame: WireFrame,
  note?: FaultNote,
): string {
  return `{"connection_id":"${connectionId}","sequence":${sequence},"sentNs":"${sentNs}","crc32":${frame.crc32},"length":${frame.bytes.length}${noted(note)}}\n`;
}

/** One line: a frame that the exchange made and a fault kept back, where `before` is the sequence of the next one sent. */
export function lostLine(
  connectionId: bigint,
  before: number,
  madeNs: bigint,
  frame: WireFrame,
  note: FaultNote,
): string {
  return `{"connection_id":"${connectionId}","before":${before},"madeNs":"${madeNs}","crc32":${frame.crc32},"length":${frame.bytes.length}${noted(note)}}\n`;
}

/** One line: a fault that is about no frame. Without a connection it is the sandbox's. */
export function faultLine(
  connectionId: bigint | undefined,
  before: number | undefined,
  atNs: bigint,
  note: FaultNote,
): string {
  const where =
    connectionId === undefined
      ? '"connection_id":null'
      : `"connection_id":"${connectionId}","before":${before ?? 0}`;
  return `{${where},"atNs":"${atNs}"${noted(note)}}\n`;
}

function noted(note: FaultNote | undefined): string {
  return note === undefined ? '' : `,"fault":"${note.fault}","faultId":${note.faultId}`;
}
