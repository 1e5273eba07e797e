import { RecordingError } from '../errors.ts';
import { type ReadOptions, readJournal } from '../read/read-journal.ts';
import type { Incident } from './incident.ts';

/**
 * What the file of an incident says of it; its frames are read as those of any recording.
 *
 * @throws RecordingError `NOT_A_RECORDING` for any other recording, and what reading throws.
 */
export async function readIncident(file: string, options: ReadOptions = {}): Promise<Incident> {
  for await (const entry of readJournal(file, options)) {
    if (entry.type !== 'header') break;
    const { incident } = entry.header;
    if (incident !== undefined) return incident;
  }
  throw new RecordingError(
    'NOT_A_RECORDING',
    `${file} is not the file of an incident: writeIncident makes one of a recording whose checksums do not all match.`,
    { path: file },
  );
}
