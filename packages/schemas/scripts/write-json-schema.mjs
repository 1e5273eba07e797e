// Writes every schema as a file of JSON Schema (draft 2020-12) into dist/json-schema-files, beside
// an index of their names: the v2 ticker first, as the catalog has it.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { listSchemas, toJsonSchema } from '../dist/json-schema/index.js';

const target = join(import.meta.dirname, '../dist/json-schema-files');
const names = [];
rmSync(target, { recursive: true, force: true });
for (const { name, schema, page } of listSchemas()) {
  const file = join(target, `${name}.json`);
  const json = toJsonSchema(schema, { id: `urn:kr:${name.replace('/', ':')}`, title: name, page });
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(json, null, 2)}\n`);
  names.push(name);
}
writeFileSync(join(target, 'index.json'), `${JSON.stringify(names, null, 2)}\n`);
