// `npm start` and `npm run kr -- …`: installs and builds what is missing, then runs the built CLI.
// Everything the set-up prints goes to stderr, so that stdout holds the command's output alone.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(import.meta.dirname, '..');
const entry = join(root, 'apps/cli/dist/main.js');
const pnpm = ['-y', 'pnpm@10.34.9', '--silent'];

if (!existsSync(join(root, 'node_modules'))) {
  process.stderr.write('kr: first run, installing and building (about 20 s)…\n');
}
const build = spawnSync(
  'npx',
  [...pnpm, 'exec', 'turbo', 'run', 'build', '--filter=@kr/cli...', '--output-logs=errors-only'],
  {
    cwd: root,
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  },
);
if (build.status !== 0) {
  process.stderr.write('kr: the build failed, see above\n');
  process.exit(build.status ?? 1);
}
process.argv[1] = entry;
await import(pathToFileURL(entry).href);
