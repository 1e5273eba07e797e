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

/** What the ledger is told besides the frames that are sent. */
export interface LedgerMark {
  /** Its place: before this frame of the batch, or about it. */
  readonly at: number;
  readonly note: FaultNote;
  /** About the frame there, which was sent otherwise than the exchange made it. */
  readonly sent: boolean;
  /** A frame that was made and kept back. Neither: a fault that is about no frame. */
  readonly lost: WireFrame | undefined;
}

/** What leaves a connection in one write. */
export interface LedgerBatch {
  readonly connectionId: bigint;
  /** Of its first frame within the connection. */
  readonly sequence: number;
  /** Unix nanoseconds. */
  readonly atNs: bigint;
  readonly frames: readonly WireFrame[];
  readonly marks: readonly LedgerMark[];
}

/** A batch as lines of NDJSON, in order. Times are Unix nanoseconds as decimal text. */
export function ledgerLines({
  connectionId,
  sequence,
  atNs,
  frames,
  marks,
}: LedgerBatch): string[] {
  const lines: string[] = [];
  const head = `{"connection_id":"${connectionId}"`;
  let next = 0;
  for (let at = 0; at <= frames.length; at += 1) {
    let sentNote: FaultNote | undefined;
    for (let mark = marks[next]; mark?.at === at; next += 1, mark = marks[next]) {
      const before = `${head},"before":${sequence + at}`;
      if (mark.sent) sentNote = mark.note;
      else if (mark.lost === undefined)
        lines.push(`${before},"atNs":"${atNs}"${noted(mark.note)}}\n`);
      else lines.push(`${before},"madeNs":"${atNs}"${bytesOf(mark.lost)}${noted(mark.note)}}\n`);
    }
    const frame = frames[at];
    if (frame === undefined) break;
    lines.push(
      `${head},"sequence":${sequence + at},"sentNs":"${atNs}"${bytesOf(frame)}${noted(sentNote)}}\n`,
    );
  }
  return lines;
}

/** A fault that happened to no connection. */
export function faultLine(atNs: bigint, note: FaultNote): string {
  return `{"connection_id":null,"atNs":"${atNs}"${noted(note)}}\n`;
}

function bytesOf(frame: WireFrame): string {
  return `,"crc32":${frame.crc32},"length":${frame.bytes.length}`;
}

function noted(note: FaultNote | undefined): string {
  return note === undefined ? '' : `,"fault":"${note.fault}","faultId":${note.faultId}`;
}
