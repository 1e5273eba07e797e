import { CAN_PAUSE } from '#socket';
import { WsError } from '../errors.ts';
import type { OverflowPolicy } from './bounded-queue.ts';

/** @throws WsError `INVALID_OPTION` */
export function overflowOf(method: string, asked: OverflowPolicy | undefined): OverflowPolicy {
  const overflow = asked ?? (CAN_PAUSE ? 'pause' : 'dropOldest');
  if (overflow !== 'pause' || CAN_PAUSE) return overflow;
  throw new WsError(
    'INVALID_OPTION',
    `${method}: overflow 'pause' needs a platform that can pause a socket. Use 'dropOldest' or 'fail'.`,
    { option: 'overflow' },
  );
}

/** @throws WsError `INVALID_OPTION` */
export function bound(method: string, option: string, value: number): number {
  if (Number.isFinite(value) && value >= 1) return value;
  throw new WsError('INVALID_OPTION', `${method}: ${option} must be at least 1.`, { option });
}
