import { spawnSync } from "node:child_process";
import { readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { profileFileNames } from "../../../src/report/profile/fileNames.js";
import type { ProfileConfig } from "../../../src/report/profile/writeProfile.js";
import { filesIn, makeFolder } from "../../support/folder.js";
import { lua, other, profileOf } from "../../support/profiles.js";
import { testWith } from "../../support/tools.js";

const module = fileURLToPath(new URL("../../../build/report/profile/writeProfile.js", import.meta.url));

function profileIn(cwd: string) {
  const main = other("main", null, path.join(cwd, "main.lua"));
  return profileOf([[main, 10, {}, [[lua("f", path.join(cwd, "a.lua"), 1), 30]]]]);
}

/** Writes a profile in a process of its own, whose output is seen. */
function written(cwd: string, options: Partial<ProfileConfig>, environment: NodeJS.ProcessEnv = {}) {
  const defaults = {
    profileReporter: ["table"],
    profileBy: "function",
    profileSort: "self",
    profileLimit: 20,
  } as const;
  const config: ProfileConfig = {
    cwd,
    reportDir: path.join(cwd, "out"),
    sandbox: false,
    open: false,
    ...defaults,
    ...options,
  };
  const script = `import { writeProfile } from ${JSON.stringify(module)};
    try { writeProfile(${JSON.stringify(config)}, ${JSON.stringify(profileIn(cwd))}); } catch (error) { console.error(error.code, error.message); }`;
  const env = { ...process.env, ...environment };
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
    encoding: "utf8",
    env,
  });
  return { stdout, stderr, files: Object.keys(filesIn(cwd)).sort() };
}

const all = ["table", "cpuprofile", "collapsed", "speedscope", "dot", "svg", "flamegraph"] as const;

testWith("dot")("each reporter writes its file, and the table goes to standard output", () => {
  const cwd = makeFolder({});
  const { stdout, stderr, files } = written(cwd, { profileReporter: [...all, "table"] });
  expect(stderr).toBe("");
  expect(stdout.match(/^Each call measured: 40 µs in all$/gm)).toHaveLength(1);
  expect(stdout).toContain("| f             a.lua:1");
  expect(files).toEqual(
    Object.values(profileFileNames)
      .map((name) => `out/${name}`)
      .sort(),
  );
  expect(readFileSync(path.join(cwd, "out/profile.collapsed.txt"), "utf8")).toContain(";f@a.lua:1 30\n");
});

test("only what is asked for is written, and what is to be opened", () => {
  expect(written(makeFolder({}), {}).files).toEqual([]);
  expect(written(makeFolder({}), { profileReporter: ["dot"] }).stdout).toBe("");
  expect(written(makeFolder({}), { open: true }).files).toEqual(["out/profile.html"]);
});

test("the table has colours where they are asked for", () => {
  expect(written(makeFolder({}), {}, { FORCE_COLOR: "1" }).stdout).toContain("\u001b[31m");
  expect(written(makeFolder({}), {}, { FORCE_COLOR: "1", NO_COLOR: "1" }).stdout).not.toContain("\u001b");
});

test("without dot all else is written, and a sentence says so", () => {
  const { stderr, files } = written(
    makeFolder({}),
    { profileReporter: ["svg", "dot", "collapsed"] },
    { PATH: "/nowhere" },
  );
  expect(files).toEqual(["out/profile.collapsed.txt", "out/profile.dot"]);
  expect(stderr).toMatch(
    /^UNKNOWN_REPORTER The profile reporter svg draws with dot, of Graphviz: there is no such command;/,
  );
});

test("a folder that cannot be written is told", () => {
  const { stderr } = written(makeFolder({ out: "a file" }), { profileReporter: ["dot"] });
  expect(stderr).toMatch(/^NOT_WRITABLE Cannot write to .*out: /);
});

test("a link that a test has put there is replaced, not followed", () => {
  const [cwd, outside] = [makeFolder({ "out/.keep": "" }), makeFolder({ victim: "mine" })];
  symlinkSync(path.join(outside, "victim"), path.join(cwd, "out/profile.dot"));
  written(cwd, { profileReporter: ["dot"], sandbox: true });
  expect(readFileSync(path.join(outside, "victim"), "utf8")).toBe("mine");
  expect(readFileSync(path.join(cwd, "out/profile.dot"), "utf8")).toContain("digraph");
});
