import type { SampleOptions } from './book-sampler.ts';
import { TABLE_NAMES, type TableName } from './tables.ts';

/** What a deriver is to make. */
export interface DeriveOptions {
  /** Which tables; by default all that the other options allow. */
  readonly tables?: readonly TableName[] | undefined;
  /** Needed for `book_sample` and `onSample`. */
  readonly sample?: SampleOptions | undefined;
  /** Needed for `metrics`: a row a book at every whole multiple of so many milliseconds. */
  readonly metrics?: { readonly everyMs: number } | undefined;
}

/** The tables that options ask for. */
export function tablesOf({ tables, sample, metrics }: DeriveOptions): readonly TableName[] {
  if (tables !== undefined) return tables;
  return TABLE_NAMES.filter(
    (name) =>
      (name !== 'book_sample' || sample !== undefined) &&
      (name !== 'metrics' || metrics !== undefined),
  );
}

/** Can a deriver of these go on from a checkpoint? Samples and metrics follow books through time. */
export function isResumable({ sample, metrics }: DeriveOptions): boolean {
  return sample === undefined && metrics === undefined;
}
