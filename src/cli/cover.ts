import { constants } from "node:os";
import { usage } from "../errors.js";
import { type Config, type CoverRequest, type CoverResult, cover } from "../index.js";
import { guarded } from "./guarded.js";
import { noticeText, verdictsText } from "./print.js";
import { reportProfile } from "./profile.js";

/**
 * Runs a command, measured, and returns its exit code; of one that a signal ended, 128 and the signal's number, as shells
 * count. The code that `report` returns counts only for a command that succeeded.
 */
export async function coverCommand(
  config: Config,
  request: Pick<CoverRequest, "command" | "isProgram" | "file">,
  debugFiles: boolean,
  report: (result: CoverResult) => number | Promise<number>,
): Promise<number> {
  if (request.command.length === 0) throw usage("cover takes a command, as in: luacov-ts cover -- busted");
  const result = await cover(config, { ...request, began: performance.timeOrigin });
  if (debugFiles) console.error(`${verdictsText(result, config)}\n`);
  for (const notice of result.notices) console.error(noticeText(notice));
  const isBroken = result.notices.some(({ level }) => level === "problem");
  const reported = await guarded(async () => {
    await reportProfile(config, result);
    return report(result);
  });
  return exitCode(result) || reported || (isBroken ? 1 : 0);
}

function exitCode({ end: { code, signal } }: CoverResult): number {
  if (signal === null) return code ?? 0;
  const [, number = 0] = Object.entries(constants.signals).find(([name]) => name === signal) ?? [];
  return 128 + number;
}
