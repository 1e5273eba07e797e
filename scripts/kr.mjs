// `npm start` and `npm run kr -- …`: installs and builds what is missing, then runs the built CLI.
// What the set-up prints is shown (on stderr) only if it fails, so stdout holds the command's alone.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(import.meta.dirname, '..');
const entry = join(root, 'apps/cli/dist/main.js');

if (!existsSync(entry)) process.stderr.write('kr: first run, installing and building…\n');
// A script of the manifest, not turbo itself: turbo needs pnpm on its PATH.
const build = spawnSync('npx', ['-y', 'pnpm@10.34.9', 'run', 'build:cli'], {
  cwd: root,
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'pipe'],
  shell: process.platform === 'win32',
});
if (build.status !== 0) {
  process.stderr.write(
    `${build.stdout ?? ''}${build.stderr ?? ''}\nkr: the build failed, see above\n`,
  );
  process.exit(build.status ?? 1);
}
process.argv[1] = entry;
await import(pathToFileURL(entry).href);
