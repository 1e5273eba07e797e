import { Argument, type Command } from 'commander';
import type { CompletionShell } from '../completion/scripts.ts';
import { examples, type Host } from '../host.ts';

/** `kr completion SHELL`: the script that a shell reads. */
export const define = (command: Command, host: Host): void => {
  command
    .addArgument(new Argument('<shell>', 'which one').choices(['bash', 'zsh', 'fish']))
    .addHelpText(
      'after',
      examples([
        ['source <(kr completion bash)', 'in ~/.bashrc'],
        ['source <(kr completion zsh)', 'in ~/.zshrc, after compinit'],
        ['kr completion fish | source', 'in ~/.config/fish/config.fish'],
      ]),
    )
    .action(
      host.action<[CompletionShell], object>(async () => {
        const { completionScripts } = await import('../completion/scripts.ts');
        return async (_session, _options, shell) => {
          const script = completionScripts[shell];
          const document = { shell, script };
          return { columns: [], rows: [], document, text: () => script, simulated: false };
        };
      }),
    );
};
