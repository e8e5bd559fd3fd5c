import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { root } from "../command.js";
import { makeFolder } from "../support/folder.js";

/** What a command loads: our files relative to dist, and packages by their names. */
interface Loaded {
  readonly ours: readonly string[];
  readonly packages: readonly string[];
}

function loadedBy(args: readonly string[], thread: "main" | "worker" = "main"): Loaded {
  const cwd = makeFolder({ "answer.lua": "return 42", "test/a.lua": 'require "answer"' });
  const file = path.join(cwd, "modules.txt");
  const tracer = path.join(root, "bench/startup/modules.mjs");
  const command = ["--import", tracer, path.join(root, "bin/luacov-ts.js"), ...args];
  execFileSync(process.execPath, command, {
    cwd,
    env: { ...process.env, MODULES_FILE: file },
    stdio: "ignore",
  });
  const lines = readFileSync(file, "utf8").trim().split("\n");
  const modules = lines.map((line): { thread: string; name: string } => JSON.parse(line));
  const names = modules
    .filter((each) => each.thread === thread)
    .map(({ name }) => (name.startsWith("file:") ? fileURLToPath(name) : name));
  const packages = names.flatMap((name) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(name)?.[1] ?? []);
  const dist = path.join(root, "dist");
  const ours = names.filter((name) => name.startsWith(`${dist}${path.sep}`));
  return { ours: ours.map((name) => path.relative(dist, name)), packages: [...new Set(packages)].sort() };
}

test.for(["--version", "--help"])("%s loads the table of options, and no package", (flag) => {
  const { ours, packages } = loadedBy([flag]);
  expect(packages).toEqual([]);
  expect(ours.length).toBeLessThanOrEqual(4);
});

test("a run of a test loads what it needs, in few files", () => {
  const { ours, packages } = loadedBy(["--lua", "fengari"]);
  // What others need is loaded in other files, of which none is for them all.
  const others = /debug|profil|trace|watch|native|cover|wasm|flameGraph|junit|dap|help/i;
  expect(ours.filter((name) => others.test(path.basename(name)))).toEqual([]);
  expect(ours.length).toBeLessThanOrEqual(20);
  // Those of Istanbul, with what they need, and of globs.
  const ofIstanbul = [
    "has-flag",
    "istanbul-lib-coverage",
    "istanbul-lib-report",
    "istanbul-reports",
    "make-dir",
    "semver",
    "supports-color",
  ];
  const ofGlobs = ["balanced-match", "brace-expansion", "concat-map", "minimatch"];
  expect(packages).toEqual([...ofIstanbul, ...ofGlobs, "picocolors"].sort());
});

test("a run that measures nothing loads nothing for reports", () => {
  const { packages } = loadedBy(["--lua", "fengari", "--no-coverage"]);
  expect(packages.filter((name) => /istanbul-(lib-report|reports)/.test(name))).toEqual([]);
});

test("a thread of an embedded Lua loads of Node's modules what each program needs", () => {
  const text = readFileSync(path.join(root, "dist/harness/run/embedded/wasm/worker.js"), "utf8");
  const builtins = [...text.matchAll(/^import\b.* from "node:(.*)";$/gm)].map(([, name]) => name);
  expect(builtins.sort()).toEqual([
    "buffer",
    "fs",
    "module",
    "os",
    "path",
    "url",
    "v8",
    "vm",
    "worker_threads",
  ]);
});

test("a thread that runs programs has all of its modules in one file", () => {
  expect(loadedBy(["--lua", "fengari"], "worker").ours).toEqual(["harness/run/embedded/worker.js"]);
  expect(loadedBy(["--lua", "5.4"], "worker").ours).toEqual(["harness/run/embedded/wasm/worker.js"]);
});
