import path from "node:path";
import { noTestAtLine } from "../../../errors.js";
import { currentFolder, readContent } from "../../../files/files.js";
import type { Job } from "../../../types.js";
import { withSettings } from "../../run/attempts.js";
import { unrunnable, unrunnableText } from "../unrunnable.js";
import { luaunitTestsIn } from "./luaunitTests.js";
import { specRangeAt } from "./specRanges.js";

/** A job of a test file that runs the tests at some of its lines alone. Throws NO_TESTS where there is none. */
export function atLines(job: Job, file: string, lines: readonly number[]): Job {
  const shown = path.relative(currentFolder(), file);
  const problem = unrunnable(file);
  if (problem !== null) throw noTestAtLine(shown, lines[0] ?? 0, `the file ${unrunnableText(problem)}`);
  const source = readContent(file);
  switch (job.test?.style) {
    case "spec": {
      const ranges = lines.map((line) => {
        const range = specRangeAt(source, line);
        if (range === null) throw noTestAtLine(shown, line, "no describe or it has that line in it");
        return `${range.first}-${range.last}`;
      });
      return withSettings(job, { lines: ranges, linesOf: job.program.file });
    }
    case "luaunit": {
      const names = lines.map((line) => {
        const test = luaunitTestsIn(source).find(({ first, last }) => first <= line && line <= last);
        if (test === undefined) throw noTestAtLine(shown, line, "no function of a test has that line in it");
        return test.name;
      });
      return { ...job, program: { ...job.program, args: [...job.program.args, ...names] } };
    }
    default:
      throw noTestAtLine(shown, lines[0] ?? 0, "it is a script, which is one test as a whole");
  }
}
