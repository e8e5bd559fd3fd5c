import type { Colors } from "picocolors/types.js";
import { lineStart, visible } from "../../files/visible.js";
import type { TestEvent, TestResult } from "../../types.js";
import { counted } from "../../words.js";
import { fullName, indented, isFailed, ownName, runName, shownName, timeText } from "./text/texts.js";

type FileEnd = Extract<TestEvent, { readonly kind: "file end" }>;

/** In milliseconds; what takes less is not worth a number. */
const trivial = 50;

/** Tests as they end, below the names of their blocks. */
export function createTree(print: (text: string) => void, colors: Colors) {
  let blocks: readonly string[] = [];
  return {
    add: (result: TestResult) => {
      const around = result.names.slice(0, -1);
      const same = around.findIndex((name, level) => name !== blocks[level]);
      for (let level = same === -1 ? around.length : same; level < around.length; level++) {
        print(`${"  ".repeat(level)}${lineStart(shownName(around[level] ?? ""))}`);
      }
      blocks = around;
      print(indented(testLine(result, "own", colors), "  ".repeat(around.length)));
    },
  };
}

/** A test with its mark, and what there is to know of it besides. */
export function testLine(result: TestResult, name: "own" | "full", colors: Colors): string {
  const { status, duration, attempts, message } = result;
  const notes = [
    status === "pending" && message !== "" ? colors.yellow(`: ${visible(message)}`) : "",
    attempts > 1 ? ` ${colors.yellow(attemptsText(result))}` : "",
    duration >= trivial ? ` ${colors.dim(timeText(duration))}` : "",
  ];
  return `${mark(result, colors)} ${name === "own" ? ownName(result) : fullName(result)}${notes.join("")}`;
}

function attemptsText(result: TestResult): string {
  return isFailed(result) ? `failed ${result.attempts} times` : `flaky: passed at attempt ${result.attempts}`;
}

/** How a file ended: `✖ spec/cart_spec.lua  12 tests, 1 failed, 1 pending (34 ms)`. */
export function fileLine(end: FileEnd, results: readonly TestResult[], colors: Colors): string {
  const failed = results.filter(isFailed).length;
  const pending = results.filter(({ status }) => status === "pending").length;
  const sign =
    failed > 0 ? colors.red("✖") : results.length === pending ? colors.yellow("○") : colors.green("✔");
  const counts = [
    results.length === 0 ? "no tests" : counted(results.length, "test"),
    failed === 0 ? "" : colors.red(`${failed} failed`),
    pending === 0 ? "" : colors.yellow(`${pending} pending`),
  ];
  const summary = counts.filter((count) => count !== "").join(", ");
  return `${sign} ${runName(end)}  ${summary} ${colors.dim(timeText(end.duration))}`;
}

export function mark(result: TestResult, colors: Colors): string {
  if (isFailed(result)) return colors.red("✖");
  return result.status === "pending" ? colors.yellow("○") : colors.green("✔");
}
