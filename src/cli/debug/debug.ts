import { usage } from "../../errors.js";
import { type Config, type ListenRequest, openDebugPort, openTerminal, resolveDebug } from "../../index.js";
import type { CommandLine } from "../arguments/flags.js";
import { asScriptOrTests } from "../script.js";
import { type Interrupt, onInterrupt } from "../signals.js";

/** `debug` runs tests, or the one script that it is given, one program at a time, and measures only what it is asked for. Throws USAGE. */
export function asDebug(commandLine: CommandLine): CommandLine {
  if (commandLine.watch) throw usage("debug has no --watch: tests are run again by another session");
  return asScriptOrTests(commandLine, {
    coverage: false,
    profile: false,
    ...commandLine.options,
    checkCoverage: false,
  });
}

/**
 * Runs programs in a debugger, if the command line is for one. `run` gets the configuration for that, and who hears Ctrl-C, which is
 * the debugger's while a program runs in it. Throws CONFIG, and USAGE and NOT_WRITABLE as `openTerminal` does.
 */
export async function withDebugger(
  config: Config,
  { debug, lua }: CommandLine,
  run: (config: Config, interrupt: Interrupt) => Promise<number>,
): Promise<number> {
  if (debug === null) return run(config, onInterrupt());
  const request = resolveDebug(debug);
  if (request.listen !== null) return withEditors(config, request.listen, run);
  const interrupt = onInterrupt(() => terminal.interrupt());
  // A script ends itself; of tests, others would begin.
  const terminal = await openTerminal(config, request, lua === null ? interrupt.end : () => {});
  try {
    return await run({ ...config, debug: terminal }, interrupt);
  } finally {
    terminal.close();
  }
}

/** The same for editors that attach. */
async function withEditors(
  config: Config,
  request: ListenRequest,
  run: (config: Config, interrupt: Interrupt) => Promise<number>,
): Promise<number> {
  const interrupt = onInterrupt();
  const editors = await openDebugPort(config, request, interrupt.end);
  const waiting = request.waits ? "The program begins when one is there" : "The program goes on without one";
  console.error(
    `Editors attach at port ${editors.port} of this machine, with "token": "${editors.token}". ${waiting}`,
  );
  let code = 2;
  try {
    code = await run({ ...config, debug: editors }, interrupt);
    return code;
  } finally {
    editors.close(code);
  }
}
