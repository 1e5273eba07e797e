import { AuthError } from './auth-error.ts';

/** One leading slash, then neither a query nor a fragment, nor what a URL would re-encode. */
const SIGNED_PATH = /^\/(?!\/)[A-Za-z0-9\-._~!$&'()*+,;=:@%/]*$/;

/** @throws AuthError `INVALID_PATH` */
export function assertSignedPath(path: string): void {
  if (SIGNED_PATH.test(path)) return;
  throw new AuthError(
    'INVALID_PATH',
    'The path to sign begins with "/" and has no host, query, fragment or space. Parameters go into "params".',
  );
}
