/**
 * Canonical symbols and the names that REST and v1 have for them. Loads no zod.
 *
 * @packageDocumentation
 */
export {
  type AssetNames,
  createSymbolTable,
  type PairNames,
  type SymbolTable,
  type SymbolTableOptions,
} from './symbol-table.ts';
