/**
 * Every schema of this package as JSON Schema, draft 2020-12. Importing this loads them all.
 *
 * @packageDocumentation
 */
export { type CatalogEntry, findSchema, listSchemas } from './catalog.ts';
export { type JsonSchemaOptions, toJsonSchema } from './to-json-schema.ts';
