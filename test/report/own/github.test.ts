import { readFileSync } from "node:fs";
import path from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { makeFolder } from "../../support/folder.js";
import { changeIn, project } from "./reported.js";

afterEach(() => vi.unstubAllEnvs());

test("lines and ways of the change are annotated, in the words of partial; the summary is added to", async () => {
  const { cwd, write } = project();
  const summary = path.join(makeFolder({ "summary.md": "before\n" }), "summary.md");
  vi.stubEnv("GITHUB_WORKSPACE", cwd);
  vi.stubEnv("GITHUB_STEP_SUMMARY", summary);
  const change = changeIn(cwd);
  expect((await write("github", { change })).split("\n")).toEqual([
    "::warning file=src/sign.lua,line=3,title=Not covered::This line never ran",
    "::warning file=src/sign.lua,line=5,title=Not covered::This line never ran",
    '::warning file=src/sign.lua,line=2,title=Partly covered::"n < 0 and m" was never true%0A"n < 0" was never true%0A"m" was never evaluated',
    "",
  ]);
  expect(readFileSync(summary, "utf8")).toBe(`before\n${await write("markdown", { change })}`);
});

test("lines in a row are one annotation", async () => {
  const { cwd, write } = project();
  vi.stubEnv("GITHUB_WORKSPACE", cwd);
  const lines = [3, 5, 6].map((line) => ({ line, hits: 0 }));
  const files = [{ path: path.join(cwd, "src/sign.lua"), lines, branches: [] }];
  expect(await write("github", { change: { since: "main", files, unknown: [] } })).toBe(
    "::warning file=src/sign.lua,line=3,endLine=6,title=Not covered::Lines 3 to 6 never ran\n",
  );
});

test("without a change, or outside of the repository, nothing is annotated", async () => {
  const { cwd, write } = project();
  vi.stubEnv("GITHUB_WORKSPACE", cwd);
  expect(await write("github")).toBe("");
  vi.stubEnv("GITHUB_WORKSPACE", path.join(cwd, "elsewhere"));
  expect(await write("github", { change: changeIn(cwd) })).toBe("");
});
