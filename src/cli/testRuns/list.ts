import { colorsOf } from "../../colors.js";
import { visible, visibleName } from "../../files/visible.js";
import { type Config, type ListedTest, listTests, type RunRequest, type TestsOfChange } from "../../index.js";
import { counted } from "../../words.js";
import { noticeText } from "../print.js";

/**
 * Prints the tests that would run, a line for each as busted has it: `spec/a_spec.lua:3: a block with a test`, and behind it its project;
 * or all of that in JSON.
 */
export async function list(config: Config, request: RunRequest, asJson: boolean): Promise<number> {
  const { tests, notices, change } = await listTests(config, request);
  const { dim } = colorsOf(process.stdout);
  if (asJson) console.log(JSON.stringify({ tests, change }, null, 2));
  else for (const test of tests) console.log(lineOf(test, dim));
  if (change !== null && !asJson) console.error(changeText(change));
  for (const notice of notices) console.error(noticeText(notice));
  if (notices.length > 0) return 1;
  // That a change touches nothing is no mistake.
  return tests.length === 0 && change === null && !config.passWithNoTests ? 1 : 0;
}

/** How many test files would run, and all reasons of each. */
function changeText({ files, unchanged }: TestsOfChange): string {
  const all = counted(files.length + unchanged.length, "test file");
  const reasons = files.flatMap(({ file, reasons: own }) =>
    own.map((reason) => `  ${visibleName(file)}: ${visible(reason)}`),
  );
  return [`Changed: ${files.length} of ${all}`, ...reasons].join("\n");
}

function lineOf(test: ListedTest, dim: (text: string) => string): string {
  const { file, line, name, project } = test;
  const behind = project === undefined ? "" : dim(` (${visible(project)})`);
  if (name === file) return `${visibleName(file)}${behind}`;
  const place = line === null ? visibleName(file) : `${visibleName(file)}:${line}`;
  return `${dim(`${place}:`)} ${visible(name)}${behind}`;
}
