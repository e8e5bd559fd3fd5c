import { agentFile, type Config, type Exit, embeddedVersion, exec, withoutAgent } from "../index.js";
import { parseLuaArguments } from "./arguments/luaArguments.js";
import { guarded } from "./guarded.js";
import { noticeText, verdictsText } from "./print.js";
import { reportProfile } from "./profile.js";
import { type Interrupt, onInterrupt } from "./signals.js";

const versionText = (lua: string | null) => `Lua ${lua ?? "5.3 (fengari)"}, measured by luacov-ts`;

/**
 * Runs Lua as the `lua` command does and returns its exit code. `report` is called with the coverage, unless a
 * measured program started this one; the code that it returns counts only for a program that succeeded. Without it,
 * nothing is measured but for such a program.
 */
export async function execLua(
  config: Config,
  argv: readonly string[],
  debugFiles: boolean,
  report: ((result: Awaited<ReturnType<typeof exec>>) => number | Promise<number>) | null,
  interrupt: Interrupt = onInterrupt(),
): Promise<number> {
  const lua = embeddedVersion(config);
  const environment = withoutAgent(agentFile, process.env);
  const { version, ...program } = parseLuaArguments(argv, environment, lua ?? "5.3");
  if (version) console.log(versionText(lua));
  // `-v` alone runs nothing.
  if (program.steps.length === 0) return 0;
  const began = performance.timeOrigin;
  const result = await exec(config, {
    ...program,
    signal: interrupt.signal,
    onPrograms: interrupt.hear,
    onlyAsChild: report === null,
    began,
  });
  const code = exitCode(result.exit, interrupt.exitCode);
  if (result.isChild || report === null) return code;
  if (debugFiles) console.error(`${verdictsText(result, config)}\n`);
  for (const notice of result.notices) console.error(noticeText(notice));
  const reported = await guarded(async () => {
    await reportProfile(config, result);
    return report(result);
  });
  return code === 0 ? reported : code;
}

/** As lua.c: what went wrong goes to standard error, behind the name of the program. */
function exitCode(exit: Exit, interrupted: () => number): number {
  switch (exit.kind) {
    case "returned":
      return 0;
    case "exited":
      return exit.code;
    case "interrupted":
      return interrupted();
    case "timed out":
    case "out of memory":
      console.error(`lua: ${exit.kind} at ${exit.place}\n${exit.traceback}`);
      return 1;
    case "out of instructions":
      console.error(`lua: more than ${exit.limit} instructions at ${exit.place}\n${exit.traceback}`);
      return 1;
    case "failed":
      if (exit.shown === true) return 1;
      console.error(["lua: ", exit.message, exit.traceback === "" ? "" : `\n${exit.traceback}`].join(""));
      return 1;
  }
}
