import { V1Session } from '../spot-v1/v1-session.ts';
import type { Session, SessionHost } from './session.ts';
import { V2Session } from './v2-session.ts';

/** Opens one connection's side of a protocol. */
export type OpenSession = (host: SessionHost) => Session;

/** Which protocol is spoken at which path, as at the exchange's hosts; every other path is answered 404. */
export const PROTOCOLS: ReadonlyMap<string, OpenSession> = new Map<string, OpenSession>([
  ['/', (host) => new V1Session(host)],
  ['/v2', (host) => new V2Session(host)],
]);
