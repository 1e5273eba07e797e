import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The authority's certificate where a client can be pointed at it (`NODE_EXTRA_CA_CERTS`), in a folder that nobody else can have made. */
export function writeCaFile(pem: string): { path: string; remove: () => void } {
  const directory = mkdtempSync(join(tmpdir(), 'kr-sandbox-'));
  const path = join(directory, 'ca.pem');
  writeFileSync(path, pem);
  return {
    path,
    remove: () => {
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
