import { type CommandResult, recordResult } from '../output/result.ts';
import { type OwnSandboxOptions, openOwnSandbox } from '../sandbox/own-sandbox.ts';
import { announce, assertNoneRuns, sandboxKeyFile } from '../sandbox/running.ts';
import type { Session } from '../session.ts';
import { aborted } from '../wait.ts';

export type SandboxOptions = OwnSandboxOptions;

export const runSandbox = async (
  { io }: Session,
  { port, seed, rate, limits }: SandboxOptions,
): Promise<CommandResult> => {
  await assertNoneRuns(io);
  const sandbox = await openOwnSandbox({ port, seed, rate, limits }, io);
  const withdraw = await announce(sandbox, io);
  const { rest, websocket } = sandbox;
  return {
    ...recordResult({ rest, websocket, key_file: sandboxKeyFile(io), pid: io.self.pid }),
    simulated: true,
    afterwards: async () => {
      await aborted(io.interrupted);
      await withdraw();
      await sandbox.close();
    },
  };
};
