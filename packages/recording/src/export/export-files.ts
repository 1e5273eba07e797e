import { type FileHandle, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type DeriveOptions, isResumable, tablesOf } from '../derive/derive-options.ts';
import { type DeriveReading, deriveSegments, openSource } from '../derive/derive-segments.ts';
import { type DeriveCheckpoint, Deriver } from '../derive/deriver.ts';
import { nodeFileSystem } from '../journal/file-system.ts';
import { writing } from '../writing.ts';
import { writeFileAtomic } from './atomic-file.ts';
import { csvFile, type ExportFile, ndjsonFile, wideBookFile } from './export-file.ts';
import { KNOWN_FILES } from './known-files.ts';

export interface ExportOptions extends DeriveReading, DeriveOptions {
  /** The directory of the files; it is created when missing. */
  readonly to: string;
  /**
   * `csv`, `ndjson`: a file a table, with all its columns; `known`: the files of older tools, by their names;
   * `wide`: sampled books in the wide form (needs `sample`).
   */
  readonly formats: readonly ('csv' | 'ndjson' | 'known' | 'wide')[];
}

/** A file that was written. */
export interface ExportedFile {
  readonly name: string;
  readonly rows: number;
  readonly bytes: number;
}

interface State {
  readonly settings: string;
  readonly segment: number;
  readonly sha256: string | undefined;
  readonly files: readonly ExportedFile[];
  readonly checkpoint: DeriveCheckpoint;
}

const STATE_NAME = '.export-state.json';

/**
 * Derives text files from a journal. Until all are complete they are `….partial`; then each is renamed, so
 * that a file under its own name is always whole. After an interruption, the same call goes on behind the
 * last segment that was done; with `sample` or `metrics`, which follow the books through time, from the front.
 *
 * @throws RecordingError as reading does, `WRITE_FAILED`; the signal's reason.
 */
export function exportFiles(path: string, options: ExportOptions): Promise<ExportedFile[]> {
  return writing(options.to, () => runExport(path, options));
}

async function runExport(path: string, options: ExportOptions): Promise<ExportedFile[]> {
  const { to } = options;
  await nodeFileSystem.makeDirectory(to);
  const files = filesOf(options);
  const source = await openSource(path, options.processes);
  const { formats, tables, sample, metrics } = options;
  const settings = JSON.stringify({ path, formats, tables, sample, metrics });
  const state = isResumable(options) ? await readState(to, settings) : undefined;
  const sha256Of = (segment: number): string | undefined =>
    source.manifest.segments.get(segment)?.sha256;
  const resumed =
    state?.sha256 !== undefined && state.sha256 === sha256Of(state.segment) ? state : undefined;
  const outputs = await Promise.all(
    files.map((file) =>
      Output.open(
        to,
        file,
        resumed?.files.find(({ name }) => name === file.name),
      ),
    ),
  );
  try {
    const wanted = new Set(files.flatMap(({ table }) => table ?? []));
    const deriver = new Deriver(
      { tables: [...wanted], sample, metrics },
      {
        onRow: ({ table, row }) => {
          for (const output of outputs) if (output.file.table === table) output.add(row);
        },
        onSample: (taken) => {
          for (const output of outputs) output.addSample(taken);
        },
      },
    );
    if (resumed !== undefined) deriver.resume(resumed.checkpoint);
    const from = resumed?.segment ?? 0;
    for await (const done of deriveSegments(
      source,
      (segment) => segment > from,
      deriver,
      options,
    )) {
      for (const output of outputs) await output.flush();
      if (done === undefined || !isResumable(options)) continue;
      for (const output of outputs) await output.sync();
      const written = outputs.map((output) => output.written);
      const checkpoint = deriver.checkpoint();
      const now: State = {
        settings,
        segment: done,
        sha256: sha256Of(done),
        files: written,
        checkpoint,
      };
      await writeFileAtomic(join(to, STATE_NAME), JSON.stringify(now));
    }
    for (const output of outputs) await output.sync();
  } finally {
    for (const output of outputs) await output.close();
  }
  // Before any file leaves its partial name: whoever goes on would look for it there.
  // The second is what a run that was killed while it wrote the first left behind.
  for (const name of [STATE_NAME, `.${STATE_NAME}.tmp`]) await rm(join(to, name), { force: true });
  await nodeFileSystem.syncDirectory(to);
  for (const output of outputs) await rename(output.partial, join(to, output.file.name));
  await nodeFileSystem.syncDirectory(to);
  return outputs.map((output) => output.written);
}

function filesOf(options: ExportOptions): ExportFile[] {
  const { formats, sample } = options;
  const chosen = tablesOf(options);
  const byFormat = {
    csv: chosen.map((table) => csvFile(table)),
    ndjson: chosen.map((table) => ndjsonFile(table)),
    known: KNOWN_FILES.filter(({ table }) => table === undefined || chosen.includes(table)),
    wide: sample === undefined ? [] : [wideBookFile(sample.levels)],
  };
  return formats.flatMap((format) => byFormat[format]);
}

function partialOf(to: string, name: string): string {
  return join(to, `${name}.partial`);
}

async function readState(to: string, settings: string): Promise<State | undefined> {
  const text = await readFile(join(to, STATE_NAME), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const state = JSON.parse(text) as State;
  if (state.settings !== settings) return undefined;
  // A file that somebody has removed or shortened cannot be gone on with.
  for (const { name, bytes } of state.files) {
    const size = await stat(partialOf(to, name)).then(
      (found) => found.size,
      () => -1,
    );
    if (size < bytes) return undefined;
  }
  return state;
}

/** One file in the making. */
class Output {
  readonly file: ExportFile;
  readonly partial: string;
  readonly #handle: FileHandle;
  #lines: string[] = [];
  #rows: number;
  #bytes: number;

  private constructor(file: ExportFile, partial: string, handle: FileHandle, from: ExportedFile) {
    this.file = file;
    this.partial = partial;
    this.#handle = handle;
    this.#rows = from.rows;
    this.#bytes = from.bytes;
  }

  static async open(to: string, file: ExportFile, from: ExportedFile | undefined): Promise<Output> {
    const partial = partialOf(to, file.name);
    const handle = await open(partial, from === undefined ? 'w' : 'r+');
    await handle.truncate(from?.bytes ?? 0);
    const begun = from ?? { name: file.name, rows: 0, bytes: 0 };
    const output = new Output(file, partial, handle, begun);
    if (from === undefined) output.#lines.push(file.header);
    return output;
  }

  get written(): ExportedFile {
    return { name: this.file.name, rows: this.#rows, bytes: this.#bytes };
  }

  add(row: Parameters<NonNullable<ExportFile['row']>>[0]): void {
    if (this.file.row === undefined) return;
    this.#lines.push(this.file.row(row));
    this.#rows += 1;
  }

  addSample(sample: Parameters<NonNullable<ExportFile['sample']>>[0]): void {
    if (this.file.sample === undefined) return;
    this.#lines.push(this.file.sample(sample));
    this.#rows += 1;
  }

  async flush(): Promise<void> {
    if (this.#lines.length === 0) return;
    const bytes = Buffer.from(this.#lines.join(''));
    this.#lines = [];
    await this.#handle.write(bytes, 0, bytes.length, this.#bytes);
    this.#bytes += bytes.length;
  }

  sync(): Promise<void> {
    return this.#handle.datasync();
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}
