// Derives a recording into text files, and into Parquet, until it is done or killed; says when it begins.
import { writeSync } from 'node:fs';
import { exportFiles } from '../dist/export.js';
import { deriveParquet } from '../dist/parquet.js';

const [recording, to, formats] = process.argv.slice(2);
writeSync(1, 'begun\n');
await exportFiles(recording, { to, formats: formats.split(',') });
await deriveParquet(recording, { to: `${to}/parquet` });
