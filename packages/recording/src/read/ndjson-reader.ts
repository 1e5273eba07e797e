import { RecordingError } from '../errors.ts';
import type { Damage, Place } from '../format/damage.ts';
import { LineSplitter } from './line-splitter.ts';
import { type DecodedLine, decodeLine } from './ndjson-line.ts';

/** Receives the lines of an NDJSON file, in order; the bytes hold only during the call. */
export interface NdjsonSink {
  onMessage(bytes: Uint8Array, wallNs: bigint | undefined, place: NdjsonPlace): void;
  onDamage(damage: Damage): void;
}

/** A line's place; NDJSON has no segments. */
export interface NdjsonPlace extends Place {
  readonly line: number;
}

/** A consumer of a file's bytes that hands its messages to `sink`. */
export function createNdjsonSplitter(
  file: string,
  sink: NdjsonSink,
  decode: (line: Uint8Array) => DecodedLine = decodeLine,
): LineSplitter {
  const tell = (reason: string, line: number, offset: number, bytes: number): void => {
    const message = `${file} line ${line} ${reason}: it is not a frame.`;
    sink.onDamage({ kind: 'line-malformed', file, line, offset, bytes, recordsLost: 1, message });
  };
  return new LineSplitter({
    onLine: (bytes, line, offset) => {
      const decoded = decode(bytes);
      if ('malformed' in decoded) tell(decoded.malformed, line, offset, bytes.length);
      else sink.onMessage(decoded.bytes, decoded.wallNs, { file, line, offset });
    },
    onMalformed: (reason, line, offset) => {
      tell(reason, line, offset, 0);
    },
  });
}

/** For a file of which no line was a frame. */
export function notNdjson(path: string): RecordingError {
  return new RecordingError(
    'FOREIGN_FILE',
    `${path} holds no line that is one of Kraken's messages. Give the directory of a recording, one of ` +
      'its segments, or an NDJSON file with one message a line.',
    { path },
  );
}
