import { WireFrame } from './wire-frame.ts';

/** `{"channel":"heartbeat"}`: no other field. */
export const HEARTBEAT: WireFrame = new WireFrame('{"channel":"heartbeat"}');

/** The states of the trading engine that a status frame tells. */
export const SYSTEM_STATUSES = ['online', 'cancel_only', 'maintenance', 'post_only'] as const;
export type SystemStatus = (typeof SYSTEM_STATUSES)[number];

/** The version that the exchange said of itself in July 2026; clients that read it find its shape. */
const VERSION = '2.0.10';

/** The message that opens every connection, and tells of each change; keys in the order of the 2026 captures. */
export function statusFrame(connectionId: bigint, system: SystemStatus = 'online'): WireFrame {
  return new WireFrame(
    `{"channel":"status","type":"update","data":[{"version":"${VERSION}","system":"${system}","api_version":"v2","connection_id":${connectionId}}]}`,
  );
}
