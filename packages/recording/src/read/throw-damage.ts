import { RecordingError } from '../errors.ts';
import type { Damage } from '../format/damage.ts';

/** An unclosed segment has given all its frames; everything else has cost some. */
export function throwDamage(damage: Damage): void {
  if (damage.kind === 'unclosed') return;
  const { file, segment, line, offset, message } = damage;
  throw new RecordingError(
    'DAMAGED',
    `${message} Read with onDamage to go on behind it, or run verify to see all damage.`,
    {
      path: file,
      offset,
      ...(segment === undefined ? {} : { segment }),
      ...(line === undefined ? {} : { line }),
    },
  );
}
