import { holdDeadMansSwitch } from '@kr/rest';
import { confirm } from '../../confirm.ts';
import { CliError } from '../../errors.ts';
import { type CommandResult, recordResult } from '../../output/result.ts';
import type { Session } from '../../session.ts';
import { aborted } from '../../wait.ts';

export interface DeadManOptions {
  readonly hold?: boolean;
  readonly validate?: boolean;
}

/** Arms the exchange's own switch: unless it is renewed in time, every order is cancelled. */
export const armDeadMan = async (
  session: Session,
  { hold, validate }: DeadManOptions,
  seconds: number,
): Promise<CommandResult> => {
  const { io } = session;
  const summary =
    seconds === 0
      ? "disarm the dead man's switch"
      : `cancel every order in ${seconds} s, unless ${hold === true ? 'this command still runs' : 'this is renewed'}`;
  if (hold === true && seconds === 0) {
    throw new CliError('validation', 'There is nothing to hold.', {
      hint: 'Give 1 or more seconds.',
    });
  }
  if (validate === true) return recordResult({ status: 'valid', summary });
  await confirm(summary, session);
  const client = await session.spot('private');
  if (hold !== true) {
    const { currentTime, triggerTime } = await client.cancelAllOrdersAfter(
      { timeout: seconds },
      { signal: io.interrupted },
    );
    const armed = seconds > 0;
    return recordResult({
      status: armed ? 'armed' : 'disarmed',
      time: currentTime,
      cancels_at: armed ? triggerTime : undefined,
    });
  }
  const lapsed = new AbortController();
  const held = await holdDeadMansSwitch({
    clock: io.clock,
    timers: io.timers,
    arm: (timeout, options) => client.cancelAllOrdersAfter({ timeout }, options),
    timeoutSeconds: seconds,
    onFailure: () => session.note('a renewal failed; the next one follows'),
    onLapsed: () => lapsed.abort(),
  });
  return {
    ...recordResult({ status: held.state, seconds, until: 'Ctrl-C' }),
    afterwards: async () => {
      await aborted(AbortSignal.any([io.interrupted, lapsed.signal]));
      await held.close();
      if (lapsed.signal.aborted) throw hasLapsed();
      session.note("the dead man's switch is disarmed");
    },
  };
};

const hasLapsed = (): CliError =>
  new CliError('network', 'No renewal came through in time: every order is being cancelled.', {
    code: 'SWITCH_LAPSED',
    outcomeUnknown: true,
    hint: 'kr orders open says what is left.',
  });
