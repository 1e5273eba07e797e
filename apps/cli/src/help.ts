import type { Argument, Command, Help, Option } from 'commander';

/** What there is to choose from stands beside what it is about, and a default as it would be typed. */
const about = (one: Argument | Option): string => {
  const choices = one.argChoices?.join(', ') ?? '';
  const what = [one.description, choices].filter((part) => part !== '').join(': ');
  const { defaultValue, defaultValueDescription: value = defaultValue } = one;
  const isShown = typeof value === 'string' || typeof value === 'number';
  return isShown ? `${what} (default: ${value})` : what;
};

/** They are many: of a command, the page has what is its own. */
const everywhere =
  'Options of every command: -o, --sandbox, --key-file, --profile, --timeout, --yes … (kr --help)';

/** A page of help: what one looks for first stands first. */
const formatHelp = (command: Command, helper: Help): string => {
  const width = helper.padWidth(command, helper);
  const item = (term: string, text: string): string => helper.formatItem(term, width, text, helper);
  const list = (title: string, items: string[]): string[] =>
    helper.formatItemList(title, items, helper);
  const commands = [
    ...helper.groupItems(
      [...command.commands],
      helper.visibleCommands(command),
      (child) => child.helpGroup() || 'Commands:',
    ),
  ].flatMap(([title, children]) =>
    list(
      title,
      children.map((child) =>
        item(helper.subcommandTerm(child), helper.subcommandDescription(child)),
      ),
    ),
  );
  const given = helper.visibleArguments(command).map((one) => item(one.name(), about(one)));
  const options = helper.visibleOptions(command).map((one) => item(one.flags, about(one)));
  const isWhole = command.parent === null;
  return [
    `Usage: ${helper.commandUsage(command)}`,
    '',
    helper.boxWrap(helper.commandDescription(command), helper.helpWidth ?? 80),
    '',
    ...(isWhole ? commands : []),
    ...list('Arguments:', given),
    ...list('Options:', options),
    ...(isWhole ? [] : [...commands, everywhere, '']),
  ].join('\n');
};

/** How commander prints help. */
export const helpFormat: Partial<Help> = {
  formatHelp,
  visibleCommands: (command) => command.commands.filter((child) => child.name() !== 'help'),
};
