import path from "node:path";
import { outOfMemory, workerEnded } from "../../harness/run/embedded/memoryHint.js";
import { hasFailed } from "../../harness/run/results/totals.js";
import type { Outcome } from "../../types.js";
import type { Fate, TestRun } from "./messages.js";

/** What tests of a file have found out about a mutant; null for nothing. Messages name files from the root on. */
export function fateOf(
  { exit, results, duration }: Pick<Outcome, "exit" | "results" | "duration">,
  { file, timeout }: TestRun,
  isDoubtful: boolean,
  root: string,
): Fate | null {
  const failed = results.find(hasFailed);
  if (failed === undefined && exit.kind === "returned") return null;
  const names = failed?.names ?? [];
  const limit = limitOf(exit, duration, timeout);
  if (limit !== null) {
    const mayBeSlow = limit === tooLong && (isDoubtful || isFillingItsStack(exit) || exit.kind === "failed");
    return { kind: "timed out", file, names, reason: limit, isDoubtful: mayBeSlow };
  }
  if (exit.kind === "failed" && exit.message.startsWith(workerEnded)) {
    return { kind: "crashed", reason: exit.message };
  }
  if (failed === undefined) return null;
  const reason = failed.message.replaceAll(`${root}${path.sep}`, "");
  return { kind: "killed", file, names, reason, isDoubtful: false };
}

/** As many calls as no program makes that is to return from them: at the end of the stack, what goes on calling itself has an error. */
const deep = 1000;

function isFillingItsStack(exit: Outcome["exit"]): boolean {
  return exit.kind === "timed out" && (exit.levels ?? 0) > deep;
}

const tooLong = "the tests took many times as long as without the change";
const tooMuch = "the tests took more memory than they may";
const tooMany = "the tests executed more instructions than they may";

/** Which limit a program has come to: one that takes memory in a loop comes to one or the other. */
function limitOf(exit: Outcome["exit"], duration: number, timeout: number): string | null {
  switch (exit.kind) {
    case "timed out":
      return tooLong;
    case "out of memory":
      return tooMuch;
    case "out of instructions":
      return tooMany;
    case "failed":
      if (exit.message === outOfMemory) return tooMuch;
      // Inside of one call of a library, or where the collector takes what a full stack has left, there is no place to tell.
      return duration >= timeout * 900 ? tooLong : null;
    default:
      return null;
  }
}
