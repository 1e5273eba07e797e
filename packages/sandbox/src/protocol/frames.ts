import { WireFrame } from './wire-frame.ts';

/** `{"channel":"heartbeat"}`: no other field. */
export const HEARTBEAT: WireFrame = new WireFrame('{"channel":"heartbeat"}');

/** The version that the exchange said of itself in July 2026; clients that read it find its shape. */
const VERSION = '2.0.10';

/** The message that opens every connection; keys in the order of the 2026 captures. */
export function statusFrame(connectionId: bigint): WireFrame {
  return new WireFrame(
    `{"channel":"status","type":"update","data":[{"version":"${VERSION}","system":"online","api_version":"v2","connection_id":${connectionId}}]}`,
  );
}
