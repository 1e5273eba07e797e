// The build's last step: writes what `kr --help` prints beside the code, so that printing it loads
// nothing of the tree it was made from.
import { writeFileSync } from 'node:fs';
import { overview } from './overview.ts';

writeFileSync(new URL('./overview.txt', import.meta.url), await overview());
