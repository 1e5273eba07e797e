import { createReadStream } from 'node:fs';
import { SandboxError } from '../errors.ts';

/** One message of a capture, where it stands, and when it was received if that is known. */
export interface CaptureLine {
  readonly bytes: Uint8Array;
  readonly receivedNs: bigint | undefined;
  readonly where: string;
}

const NEWLINE = 0x0a;

/** The messages of an NDJSON file: raw ones, or wrapped as `{"recv_ts_ns":…,"payload":"…"}`. */
export async function* readLines(path: string): AsyncGenerator<CaptureLine> {
  let rest: Buffer = Buffer.alloc(0);
  let number = 0;
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      const text: Buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      let from = 0;
      for (let at = text.indexOf(NEWLINE); at >= 0; at = text.indexOf(NEWLINE, from)) {
        number += 1;
        if (at > from) yield unwrap(text.subarray(from, at), number);
        from = at + 1;
      }
      rest = text.subarray(from);
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SandboxError(
      'CAPTURE_UNREADABLE',
      `cannot read ${path}: ${reason}`,
      { path },
      { cause: error },
    );
  }
  if (rest.length > 0) yield unwrap(rest, number + 1);
}

function unwrap(bytes: Buffer, number: number): CaptureLine {
  const where = `line ${number}`;
  if (!bytes.subarray(0, 64).includes('"recv_ts')) return { bytes, receivedNs: undefined, where };
  const wrapper = JSON.parse(bytes.toString('utf8')) as { recv_ts_ns?: number; payload?: string };
  const digits = /"recv_ts_ns"\s*:\s*"?(\d+)/.exec(bytes.toString('latin1'))?.[1];
  return {
    bytes: Buffer.from(wrapper.payload ?? ''),
    receivedNs: digits === undefined ? undefined : BigInt(digits),
    where,
  };
}
