import { colorsOf } from "../../colors.js";
import { visible, visibleName } from "../../files/visible.js";
import { type Config, type ListedTest, listTests, type RunRequest } from "../../index.js";
import { noticeText } from "../print.js";

/** Prints the tests that would run, a line for each as busted has it: `spec/a_spec.lua:3: a block with a test`, and behind it its project. */
export async function list(config: Config, request: RunRequest): Promise<number> {
  const { tests, notices } = await listTests(config, request);
  const { dim } = colorsOf(process.stdout);
  for (const test of tests) console.log(lineOf(test, dim));
  for (const notice of notices) console.error(noticeText(notice));
  return notices.length > 0 || (tests.length === 0 && !config.passWithNoTests) ? 1 : 0;
}

function lineOf(test: ListedTest, dim: (text: string) => string): string {
  const { file, line, name, project } = test;
  const behind = project === undefined ? "" : dim(` (${visible(project)})`);
  if (name === file) return `${visibleName(file)}${behind}`;
  const place = line === null ? visibleName(file) : `${visibleName(file)}:${line}`;
  return `${dim(`${place}:`)} ${visible(name)}${behind}`;
}
