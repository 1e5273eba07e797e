import type { IncomingMessage, ServerResponse } from 'node:http';
import { refusalOf, SECURITY_HEADERS } from './guard.ts';
import type { PageFiles } from './page-files.ts';
import type { Sessions } from './session.ts';

/** The code has 43 characters. */
const MAX_BODY_BYTES = 1024;

export interface HttpOptions {
  readonly files: PageFiles;
  readonly sessions: Sessions;
  readonly port: () => number;
}

/** Answers a request: the page's files, and the swap of the code for the cookie. */
export const createRequestHandler = ({ files, sessions, port }: HttpOptions) => {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const answer = (status: number, body: string | Buffer, headers = {}): void => {
      response.writeHead(status, {
        'content-type': 'text/plain; charset=utf-8',
        ...SECURITY_HEADERS,
        ...headers,
      });
      response.end(request.method === 'HEAD' ? undefined : body);
    };
    const refusal = refusalOf(request, port());
    if (refusal !== undefined) {
      answer(403, refusal);
      return;
    }
    const path = (request.url ?? '/').split(/[?#]/)[0] ?? '/';
    if (path === '/session') {
      if (request.method !== 'POST') {
        answer(405, 'The code is sent by POST.', { allow: 'POST' });
        return;
      }
      const code = await readBody(request);
      const cookie = code === undefined ? undefined : sessions.redeem(code, port());
      if (cookie === undefined) {
        answer(403, 'That code is wrong or was used: start the monitor anew for another one.');
        return;
      }
      answer(204, '', { 'set-cookie': cookie, 'cache-control': 'no-store' });
      return;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      answer(405, 'Only GET is answered here.', { allow: 'GET, HEAD' });
      return;
    }
    const file = await files.get(path);
    if (file === undefined) answer(404, `There is no ${path} here: the page is at /.`);
    else answer(200, file.body, file.headers);
  };
};

const readBody = async (request: IncomingMessage): Promise<string | undefined> => {
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > MAX_BODY_BYTES) return undefined;
  }
  return body;
};
