import type { DebugTerminal } from "../../debug/program.js";
import { noStopPoints, type StopPoints } from "../../debug/terminal/stopPoints.js";
import { createTerminal } from "../../debug/terminal/terminal.js";
import { sandboxedDebugger } from "../../errors/debug.js";
import { currentFolder } from "../../files/files.js";
import type { Config, DebugRequest } from "../../types.js";

/** A debugger in the terminal of this process. `onQuit` hears that the user wants no program any more. */
export async function openTerminal(
  { sandbox }: Pick<Config, "sandbox">,
  request: DebugRequest,
  onQuit: () => void,
): Promise<DebugTerminal> {
  if (sandbox) throw sandboxedDebugger();
  const cwd = currentFolder();
  const points = await stopPointsOf(request, cwd);
  const { stdin: input, stdout: output } = process;
  return createTerminal({ input, output, cwd, points, log: request.log, onQuit });
}

/** To find a breakpoint takes a parser. */
async function stopPointsOf(request: DebugRequest, cwd: string): Promise<StopPoints> {
  const { breakpoints, errors, skip } = request;
  if (skip.length > 0) (await import("../../discover/namePatterns.js")).checkPatterns(skip);
  if (breakpoints.length === 0) return { ...noStopPoints, errors, skip };
  return (await import("../../debug/terminal/initial.js")).initialStopPoints(request, cwd);
}
