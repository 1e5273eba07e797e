import { readFile } from 'node:fs/promises';
import { readJournal } from '@kr/recording';
import crc32 from 'crc-32';
import { expect } from 'vitest';

/** A line of the sandbox's ledger about a frame that it sent. */
export interface Sent {
  readonly connection_id: string;
  readonly sequence: number;
  readonly sentNs: string;
  readonly crc32: number;
  readonly length: number;
}

/** A frame in the journal. */
export interface Received {
  readonly crc: number;
  readonly wallNs: bigint;
}

/** What the journal has of a connection. */
export interface Recorded {
  /** The recorder's own number for it. */
  readonly connectionId: number;
  readonly frames: Received[];
}

interface Note {
  readonly fault: string;
}

/** What was sent to each connection, in order. */
export const readLedger = async (path: string): Promise<Map<string, Sent[]>> => {
  const byConnection = new Map<string, Sent[]>();
  for (const text of (await readFile(path, 'utf8')).split('\n')) {
    if (text === '') continue;
    const line = JSON.parse(text) as Sent | Note;
    // A fault that is about no frame, or a frame that was kept back.
    if (!('sequence' in line)) continue;
    const lines = byConnection.get(line.connection_id) ?? [];
    byConnection.set(line.connection_id, lines);
    expect(line.sequence).toBe(lines.length);
    lines.push(line);
  }
  return byConnection;
};

/** Each recorded frame, by the connection id that its status frame carries. */
export const readRecorded = async (directory: string): Promise<Map<string, Recorded>> => {
  const byOurs = new Map<number, Recorded & { id: string | undefined }>();
  for await (const entry of readJournal(directory)) {
    if (entry.type !== 'frame') continue;
    const { connectionId, sequence, bytes, receivedAt } = entry.frame;
    const connection = byOurs.get(connectionId) ?? { id: undefined, connectionId, frames: [] };
    byOurs.set(connectionId, connection);
    expect(sequence).toBe(connection.frames.length);
    connection.frames.push({ crc: crc32.buf(bytes) >>> 0, wallNs: receivedAt.wallNs });
    connection.id ??= /"connection_id":(\d+)/.exec(Buffer.from(bytes).toString())?.[1];
  }
  const named = [...byOurs.values()].flatMap((each) =>
    each.id === undefined ? [] : [[each.id, each] as const],
  );
  return new Map(named);
};
