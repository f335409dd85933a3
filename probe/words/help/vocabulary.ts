/** Help of one command: what it is for, and what each flag does, by flag. Flags that are missing stay English. */
export type CommandHelp = { intro: string; flags: Readonly<Record<string, string>> };

/** Help by command; the English one stands in each command's own file. */
export type HelpWords = {
  usage: string;
  commands: Readonly<Record<string, CommandHelp>>;
};
