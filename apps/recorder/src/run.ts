/**
 * What the program `kr-recorder` does, for another program to do in its own process: {@link readSettings}
 * reads a command line, {@link runRecorder} records by it until its signal says so. Apart from the rest,
 * for it needs the server of metrics and the reader of TOML.
 *
 * @packageDocumentation
 */
export { readSettings, type Settings } from './config/read-settings.ts';
export type { Config } from './config/schema.ts';
export type { Log } from './operation/log.ts';
export { type RunIo, runRecorder } from './run-recorder.ts';
