import { join, relative, resolve } from 'node:path';
import type { DeriveOptions, TableName } from '@kr/recording/export';
import { CliError } from '../../errors.ts';
import type { CommandResult, Row } from '../../output/result.ts';
import { createProgress } from '../../progress.ts';
import { openRecording, type RecordingAt } from '../../recording-source.ts';
import type { Session } from '../../session.ts';
import { nearest } from '../../symbols/nearest.ts';
import type { ExportFormat } from './formats.ts';

export interface ExportOptions {
  readonly format: readonly ExportFormat[];
  readonly to?: string;
  readonly tables?: readonly string[];
  readonly sample?: number | 'change';
  readonly levels: number;
  readonly metrics?: number;
}

/** Tables of a recording as files; a file under its own name is whole. */
export const exportRecording = async (
  session: Session,
  options: ExportOptions,
  name: string,
): Promise<CommandResult> => {
  const { io, signal } = session;
  const recording = await openRecording(name, io);
  const formats = options.format.length === 0 ? (['parquet'] as const) : options.format;
  const derive = await deriveOptions(options);
  const progress = createProgress('deriving', 'bytes', io);
  const reading = {
    ...derive,
    signal,
    processes: recording.processes,
    onProgress: (at: { readonly bytes: number; readonly totalBytes: number }) =>
      progress.at(at.bytes, at.totalBytes),
  };
  const rows: Row[] = [];
  try {
    const texts = formats.filter((format) => format !== 'parquet' && format !== 'duckdb');
    if (texts.length > 0) {
      const { exportFiles } = await import('@kr/recording/export');
      const to = folderOf(options, recording, session, 'export');
      const files = await exportFiles(recording.path, { ...reading, to, formats: texts });
      for (const file of files) {
        rows.push({
          file: shown(join(to, file.name), session),
          rows: file.rows,
          bytes: file.bytes,
        });
      }
    }
    if (formats.includes('parquet')) {
      const { deriveParquet } = await import('@kr/recording/parquet');
      const to = folderOf(options, recording, session, 'parquet');
      const result = await deriveParquet(recording.path, { ...reading, to });
      for (const [table, count] of Object.entries(result.rows)) {
        if (count === 0) continue;
        rows.push({ file: shown(join(to, `channel=${table}`), session), rows: count });
      }
      if (result.segments.length === 0) {
        session.note('nothing new: every sealed segment is Parquet already');
      }
    }
    if (formats.includes('duckdb')) {
      const { exportDatabase } = await import('@kr/recording/parquet');
      const file = join(folderOf(options, recording, session, 'export'), 'recording.duckdb');
      const { mkdir } = await import('node:fs/promises');
      await mkdir(join(file, '..'), { recursive: true });
      const counts = await exportDatabase(recording.path, file, reading);
      const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
      rows.push({ file: shown(file, session), rows: total });
    }
  } finally {
    progress.end();
  }
  return {
    columns: [
      { key: 'file' },
      { key: 'rows', align: 'decimal' },
      { key: 'bytes', align: 'decimal' },
    ],
    rows,
    simulated: recording.simulated,
  };
};

const shown = (path: string, { io }: Session): string => relative(io.workingDirectory, path);

const folderOf = (
  { to }: ExportOptions,
  { path }: RecordingAt,
  { io }: Session,
  fallback: string,
): string => (to === undefined ? join(path, fallback) : resolve(io.workingDirectory, to));

const deriveOptions = async (options: ExportOptions): Promise<DeriveOptions> => {
  const { tables, sample, levels, metrics } = options;
  if (options.format.includes('wide') && sample === undefined) {
    throw new CliError('validation', 'The wide form is of sampled books.', {
      hint: 'Say how often: --sample 1s, or --sample change.',
    });
  }
  return {
    tables: tables === undefined ? undefined : await checkTables(tables),
    sample: sample === undefined ? undefined : { every: sample, levels },
    metrics: metrics === undefined ? undefined : { everyMs: metrics },
  };
};

const checkTables = async (names: readonly string[]): Promise<TableName[]> => {
  const { TABLE_NAMES } = await import('@kr/recording/export');
  const known = new Map<string, TableName>(TABLE_NAMES.map((name) => [name, name]));
  return names.map((name) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    const [meant] = nearest(name, known.keys());
    throw new CliError('validation', `There is no table "${name}".`, {
      hint: meant === undefined ? `There are ${TABLE_NAMES.join(', ')}.` : `Did you mean ${meant}?`,
    });
  });
};
