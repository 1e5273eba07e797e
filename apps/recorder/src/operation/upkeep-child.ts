import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { RecorderError } from '../errors.ts';
import type { UpkeepAnswer, UpkeepRequest } from './upkeep.ts';

/** What is kept of a child's complaints. */
const MAX_ERROR_CHARACTERS = 4000;

/** The built program, whether this is its source or it. */
const PROGRAM = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/**
 * Upkeep in a process of its own, with a heap of its own, at a low priority: whatever becomes of it,
 * capture goes on. Not at the lowest, which a busy machine starves until its disk is full.
 *
 * @throws RecorderError `UPKEEP_FAILED`; the signal's reason
 */
export const runUpkeepChild = async (
  execPath: string,
  request: UpkeepRequest,
  signal: AbortSignal,
): Promise<UpkeepAnswer> => {
  signal.throwIfAborted();
  const args = ['--max-old-space-size=512', PROGRAM, 'upkeep', JSON.stringify(request)];
  const child = spawn(execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  // It leaves nothing half done: what it derives is committed by renaming.
  const kill = (): void => void child.kill('SIGKILL');
  signal.addEventListener('abort', kill, { once: true });
  let [answer, complaint] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    answer += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-MAX_ERROR_CHARACTERS);
  });
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject).once('close', resolve);
    });
    signal.throwIfAborted();
    if (code === 0) return JSON.parse(answer) as UpkeepAnswer;
    const why = complaint.trim() || `it ended with ${String(code)}`;
    throw new RecorderError('UPKEEP_FAILED', `Deriving failed, and nothing was deleted: ${why}`);
  } finally {
    signal.removeEventListener('abort', kill);
  }
};
