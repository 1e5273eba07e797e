import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCodeOf } from '../errors.ts';
import type { Damage } from '../format/damage.ts';
import { type SegmentPlace, segmentDamage } from '../format/segment-damage.ts';
import { parseTimeIndex, timeIndexName } from '../format/time-index.ts';

/** Says of a sealed segment's time index that it is wrong; that there is none is no fault. */
export async function checkTimeIndex(
  directory: string,
  { file, segment }: SegmentPlace,
  segmentBytes: number,
): Promise<Damage | undefined> {
  const name = timeIndexName(file);
  const text = await readFile(join(directory, name), 'utf8').catch((error: unknown) =>
    systemCodeOf(error) === 'ENOENT' ? undefined : '',
  );
  if (text === undefined || parseTimeIndex(text, segmentBytes) !== undefined) return undefined;
  const what = 'is not the time index of its segment; no frame is concerned: delete it';
  const where = { bytes: Buffer.byteLength(text), recordsLost: 0 };
  return segmentDamage({ file: name, segment }, 'index-wrong', what, where);
}
