/**
 * `kr` as a function: {@link run} takes a command line and answers its exit code.
 *
 * @packageDocumentation
 */
export { run } from './cli.ts';
export { exitCodes } from './exit-codes.ts';
export type { Io, TextSink } from './io.ts';
