import { krProcess } from './terminal.ts';

export interface RunningSandbox {
  /** Scheme and host of its REST. */
  readonly rest: string;
  readonly keyFile: string;
  close(): Promise<void>;
}

/** `kr sandbox` as a process of its own, which `--sandbox` finds below this XDG_STATE_HOME. */
export const startSandbox = async (stateHome: string): Promise<RunningSandbox> => {
  let ended: Promise<unknown> = Promise.resolve();
  const [started, pid] = await new Promise<[{ rest: string; key_file: string }, number]>(
    (resolve, reject) => {
      const running = krProcess(['sandbox', '--no-limits', '-o', 'json'], {
        env: { XDG_STATE_HOME: stateHome },
        onStdout: (text, child) => {
          if (text.endsWith('\n')) resolve([JSON.parse(text), child]);
        },
      });
      ended = running;
      running.then(({ stderr }) => reject(new Error(`the sandbox ended: ${stderr}`)), reject);
    },
  );
  return {
    rest: started.rest,
    keyFile: started.key_file,
    close: async () => {
      process.kill(pid, 'SIGTERM');
      await ended;
    },
  };
};
