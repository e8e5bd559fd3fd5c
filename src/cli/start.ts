import { isCommand } from "../config/commands/commandNames.js";
import { completionRequests } from "./completion/request.js";

/**
 * The command line in, the exit code out. The worker of the programs is started before anything else is loaded, where a look at the
 * arguments tells that there will be some: until it can run Lua takes it as long as all that this thread has to load.
 */
export async function start(argv: readonly string[]): Promise<number> {
  if (!runsTests(argv)) return (await import("./main.js")).main(argv);
  (await import("../early.js")).startProgramsEarly({ options: {}, nycrcPath: undefined });
  // What a run will load is found and read while what reads the command line is.
  const [{ main }] = await Promise.all([import("./main.js"), import("./commands.js")]);
  return main(argv);
}

/** The arguments of `lua` in, the exit code out; a program that measures nothing by itself. */
export async function lua(argv: readonly string[]): Promise<number> {
  return (await import("./main.js")).lua(argv);
}

/** What tells of another Lua, limit, folder or configuration, of colours, which programs ask for, or that no test will run. */
const telling =
  /^(?:-[a-zA-Z]*[Clhv]|--(?:no-)?(?:lua|max-memory|cwd|nycrc-path|directory|color|list|help|version))/;

/** `tests` is a folder of them in many projects. */
export function runsTests(argv: readonly string[]): boolean {
  return !argv.some(
    (each) =>
      (isCommand(each) && each !== "tests") || completionRequests.includes(each) || telling.test(each),
  );
}
