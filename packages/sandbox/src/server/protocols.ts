import type { FuturesDesk } from '../futures/desk.ts';
import { FuturesSession } from '../futures/socket/futures-session.ts';
import type { PaperDesk } from '../paper/paper-desk.ts';
import { V1Session } from '../spot-v1/v1-session.ts';
import { unifiedDialect } from '../unified/unified-dialect.ts';
import type { Session, SessionHost } from './session.ts';
import { V2Session } from './v2-session.ts';

/** Opens one connection's side of a protocol. */
export type OpenSession = (host: SessionHost) => Session;

/** Which protocol is spoken at which path, as at the exchange's hosts; every other path is answered 404. */
export function protocolsOf(
  paper: PaperDesk | undefined,
  futures: FuturesDesk | undefined,
): ReadonlyMap<string, OpenSession> {
  const protocols = new Map<string, OpenSession>([
    ['/', (host) => new V1Session(host)],
    ['/v2', (host) => new V2Session(host)],
  ]);
  if (futures !== undefined) {
    protocols.set('/ws/v1', (host) => new FuturesSession(host, futures));
    for (const side of ['public', 'private'] as const) {
      const dialect = unifiedDialect(side, paper, futures);
      protocols.set(`/v2/${side}`, (host) => new V2Session(host, dialect));
    }
  }
  return protocols;
}
