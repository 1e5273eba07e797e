import { parseTimestamp } from '@kr/schemas/shared';

/** The exchange's own clock, in nanoseconds. */
export interface SwitchTimes {
  readonly currentNs: bigint;
  /** `undefined`: it is disarmed. */
  readonly triggerNs: bigint | undefined;
}

/**
 * What the exchange says of its switch: `{ currentTime, triggerTime }` on Spot, the same below
 * `status` on Futures. `undefined` for an answer without them.
 */
export function readSwitchTimes(answer: unknown): SwitchTimes | undefined {
  const { currentTime, triggerTime } = fieldsOf(fieldsOf(answer)['status'] ?? answer);
  const currentNs = typeof currentTime === 'string' ? parseTimestamp(currentTime) : undefined;
  if (currentNs === undefined) return undefined;
  const triggerNs = typeof triggerTime === 'string' ? parseTimestamp(triggerTime) : undefined;
  return { currentNs, triggerNs };
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
