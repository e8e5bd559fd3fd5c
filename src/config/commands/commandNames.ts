/** The commands by what is typed; `test-run` is what runs without a command. */
export const commandNames = [
  "test-run",
  "init",
  "doctor",
  "run",
  "exec",
  "cover",
  "trace",
  "profile",
  "mutate",
  "debug",
  "dap",
  "agent",
  "report",
  "check-coverage",
  "annotate",
  "who",
  "tests",
  "merge",
  "completion",
  "help",
] as const;
export type CommandName = (typeof commandNames)[number];

/** What is typed as a command. */
export const typedCommands = commandNames.filter((name) => name !== "test-run");

export function isCommand(word: string): word is CommandName {
  return typedCommands.some((name) => name === word);
}
