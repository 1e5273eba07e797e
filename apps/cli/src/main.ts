#!/usr/bin/env node
// The one file of this app that touches the process. What is asked most is answered before anything
// else is loaded: a shell's prompt or a script should not have to wait for a whole exchange's client.
import { readFileSync } from 'node:fs';

const argv = process.argv.slice(2);
const [first = '--help'] = argv;
if (argv.length <= 1 && first === '--version') {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  process.stdout.write(`${(JSON.parse(manifest) as { version: string }).version}\n`);
} else if (argv.length <= 1 && (first === '--help' || first === '-h')) {
  process.stdout.write(readFileSync(new URL('./overview.txt', import.meta.url)));
} else {
  const { runProcess } = await import('./process.ts');
  await runProcess(argv, process);
}
