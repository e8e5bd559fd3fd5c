import { symlinkSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { afterEach, expect, vi } from "vitest";
import { checkSince, findChange } from "../../src/change/change.js";
import { coverChange } from "../../src/change/covered.js";
import type { CoverageMapData } from "../../src/types.js";
import { makeFolder } from "../support/folder.js";
import { measure } from "../support/measure.js";
import { makeRepository, repositoryIn } from "../support/repository.js";
import { testWith } from "../support/tools.js";

afterEach(() => vi.unstubAllEnvs());

const test = testWith("git");

function changedLines(folder: string, since: string): Record<string, string> {
  const change = findChange({ cwd: folder, since, sandbox: false });
  const entries = [...(change?.files ?? [])].map(([file, ranges]) => {
    const texts = ranges.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`));
    return [path.relative(folder, file), texts.join(",").replaceAll(String(Number.MAX_SAFE_INTEGER), "")];
  });
  return Object.fromEntries(entries);
}

const ten = Array.from({ length: 10 }, (_, index) => `local v${index} = ${index}\n`).join("");

test("committed, staged, other and unknown changes count since the branches parted, renamed files by their lines", () => {
  const { folder, git, write, commit } = makeRepository({
    "a.lua": ten,
    "sub/b c.lua": ten,
    "gone.lua": ten,
    "same.lua": ten,
    ".gitignore": "ignored.lua\n",
  });
  git("branch", "work");
  write({ "same.lua": `-- on main alone\n${ten}` });
  commit();
  git("checkout", "--quiet", "work");
  write({ "a.lua": `${ten}return 1\n` });
  commit();
  git("mv", "sub/b c.lua", "sub/é.lua");
  write({ "sub/é.lua": ten.replace("v3 = 3", "v3 = 33"), "gone.lua": null });
  git("add", "--all");
  write({ "a.lua": `-- first\n${ten}return 1\n`, "new.lua": "return 1\n", "ignored.lua": "return 1\n" });
  expect(changedLines(folder, "main")).toEqual({ "a.lua": "1,12", "sub/é.lua": "4", "new.lua": "1-" });
  expect(changedLines(path.join(folder, "sub"), "main")).toEqual({
    "../a.lua": "1,12",
    "é.lua": "4",
    "../new.lua": "1-",
  });
  expect(changedLines(folder, "HEAD")).toMatchObject({ "a.lua": "1" });
});

test("whatever git is configured to do with a diff, the lines are the same", () => {
  const { folder, git, write } = makeRepository({ "a.lua": ten, ".gitattributes": "*.lua -diff\n" });
  write({ "a.lua": ten.replace("v3 = 3", "v3 = 33").replace("v6 = 6", "v6 = 66") });
  const settings = {
    "diff.noprefix": "true",
    "diff.mnemonicPrefix": "true",
    "diff.external": "false",
    "diff.context": "9",
    "diff.interHunkContext": "9",
    "diff.relative": "true",
    "color.ui": "always",
    "core.quotePath": "false",
    "core.fsmonitor": "false-program",
  };
  for (const [key, value] of Object.entries(settings)) git("config", key, value);
  vi.stubEnv("GIT_EXTERNAL_DIFF", "false");
  expect(changedLines(folder, "main")).toEqual({ "a.lua": "4,7" });
});

test("a project in a folder of the repository, and reached by a link, is the same", () => {
  const { folder, write } = makeRepository({ "project/a.lua": ten });
  write({ "project/a.lua": `${ten}return 1\n` });
  const link = path.join(makeFolder({}), "link");
  symlinkSync(path.join(folder, "project"), link);
  const files = findChange({ cwd: link, since: "main", sandbox: false })?.files;
  expect([...(files?.keys() ?? [])]).toEqual([path.join(folder, "project/a.lua")]);
});

test("what git cannot know is said in a sentence", () => {
  const { folder, git } = makeRepository({ "a.lua": ten });
  git("checkout", "--quiet", "--orphan", "other");
  git("commit", "--quiet", "--message", "other");
  const shallow = path.join(makeFolder({}), "shallow");
  repositoryIn(folder).git("checkout", "--quiet", "main");
  git("commit", "--quiet", "--allow-empty", "--message", "second");
  git("clone", "--quiet", "--depth", "1", "--no-single-branch", `file://${folder}`, shallow);

  const check = (cwd: string, since: string) => () => checkSince({ cwd, since, sandbox: false });
  for (const since of ["nope", "-x", "--help", "main^{tree}", "HEAD~99", "a b", "main..other"]) {
    expect(check(folder, since), since).toThrow(
      `--since names "${since}", which is no commit, branch or tag here; git fetch may bring it`,
    );
  }
  expect(check(folder, "other")).toThrow(
    'git does not know where "other" and what is checked out parted: their histories have nothing in common',
  );
  const hint = "this is a shallow clone: git fetch --unshallow brings the rest";
  expect(check(shallow, "HEAD~1")).toThrow(
    `--since names "HEAD~1", which is no commit, branch or tag here; ${hint}`,
  );
  expect(check(shallow, "origin/other")).toThrow(`"origin/other" and what is checked out parted: ${hint}`);

  vi.stubEnv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1");
  vi.stubEnv("GIT_CONFIG_GLOBAL", "/dev/null");
  expect(check(folder, "main")).toThrow(`git does not trust ${folder}, which is another user's`);
  vi.unstubAllEnvs();

  const alone = makeFolder({});
  vi.stubEnv("GIT_CEILING_DIRECTORIES", path.dirname(alone));
  expect(check(alone, "main")).toThrow(
    `--since asks git what has changed, and ${alone} is in no git repository`,
  );
  vi.stubEnv("PATH", alone);
  expect(check(folder, "main")).toThrow("and git cannot be started: there is no such command; install it");
});

/** Statements of which each line is there once. */
const unit = fc.constantFrom<(id: number) => string[]>(
  (id) => [`local x${id} = ${id}`],
  (id) => [`if a == ${id} then a = ${id} end`],
  (id) => [`for i = 1, 0 do -- ${id}`, `  a = i -- ${id}`, `end -- ${id}`],
  (id) => [
    `local t${id} = {`,
    `  a${id} = a or b -- ${id}`,
    `    and a, -- ${id}`,
    `  -- ${id}`,
    `} -- ${id}`,
  ],
  (id) => [`repeat a = ${id}`, `until a -- ${id}`],
  (id) => [
    `local function f${id}(x)`,
    `  if x then -- ${id}`,
    `    return x -- ${id}`,
    `  end -- ${id}`,
    `end -- ${id}`,
  ],
);

const edited = fc.record({
  unit,
  edit: fc.constantFrom("keep", "keep", "keep", "remove", "replace", "touch", "insert"),
  other: unit,
  at: fc.nat({ max: 4 }),
});

const files = fc.array(fc.array(edited, { minLength: 1, maxLength: 12 }), { minLength: 8, maxLength: 12 });

/** A text before and after its edits. */
function textsOf(edits: readonly (typeof edited extends fc.Arbitrary<infer Edit> ? Edit : never)[]) {
  const before: string[] = ["local a, b = 1"];
  const after: string[] = [...before];
  edits.forEach(({ unit: make, edit, other, at }, id) => {
    const lines = make(id);
    before.push(...lines);
    if (edit === "keep" || edit === "insert") after.push(...lines);
    if (edit === "replace" || edit === "insert") after.push(...other(id + 100));
    const line = at % lines.length;
    if (edit === "touch") after.push(...lines.with(line, `${lines[line]} --[[touched ${id}]]`));
  });
  return { before, after };
}

test("since gates no line that the diff does not contain", () => {
  const property = fc.property(files, (all) => {
    const texts = all.map(textsOf);
    const named = (side: "before" | "after") =>
      Object.fromEntries(texts.map((text, index) => [`f${index}.lua`, `${text[side].join("\n")}\n`]));
    const { folder, write } = makeRepository(named("before"));
    write(named("after"));
    const change = findChange({ cwd: folder, since: "main", sandbox: false });
    const coverage: CoverageMapData = {};
    texts.forEach(({ before, after }, index) => {
      const file = path.join(folder, `f${index}.lua`);
      const isNew = after.map((line) => !before.includes(line));
      const ranges = change?.files.get(file) ?? [];
      const found = after.map((_, line) =>
        ranges.some(({ first, last }) => first <= line + 1 && line < last),
      );
      expect(found).toEqual(isNew);
      coverage[file] = { ...measure(after.join("\n")).coverage, path: file };
    });
    if (change === null) throw new Error("no change");
    for (const { path: file, lines, branches } of coverChange(change, coverage, () => true).files) {
      const { before = [], after = [] } = texts[Number(/f(\d+)/.exec(path.basename(file))?.[1])] ?? {};
      for (const { line } of [...lines, ...branches]) expect(before).not.toContain(after[line - 1]);
    }
  });
  fc.assert(property, { numRuns: 5 });
});
