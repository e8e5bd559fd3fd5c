import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import fastGlob from "fast-glob";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

interface Import {
  /** Both relative to src, the target without its ending; packages keep their name. */
  readonly from: string;
  readonly to: string;
}

const files = fastGlob.sync("src/**/*.ts", { cwd: root });
const imports: readonly Import[] = files.flatMap(importsOf);

/** Imports, exports from, import("…") and require("…"), also createRequire(…)("…") and resolve("…"). */
function importsOf(file: string): Import[] {
  const text = readFileSync(path.join(root, file), "utf8");
  const specifiers = text.matchAll(
    /(?:\bfrom\s+|\bimport\s+|\bimport\(|[rR]equire\([^)]*\)\(|\brequire\(|\.resolve\()"([^"]+)"/g,
  );
  const from = file.replace(/^src\//, "");
  return Array.from(specifiers, ([, to = ""]) => ({ from, to: target(from, to) }));
}

function target(from: string, to: string): string {
  return to.startsWith(".") ? path.posix.join(path.posix.dirname(from), to).replace(/\.js$/, "") : to;
}

/** `from -> to` for every import that a rule forbids; a rule is the start of a path. */
function broken(from: string, to: string, except: readonly string[] = []): string[] {
  return imports
    .filter((each) => each.from.startsWith(from) && each.to.startsWith(to))
    .map((each) => `${each.from} -> ${each.to}`)
    .filter((each) => !except.includes(each));
}

function importersOf(name: string): string[] {
  return [...new Set(imports.filter(({ to }) => to === name).map(({ from }) => from))];
}

test("the reader of imports sees them", () => {
  expect(imports).toContainEqual({ from: "index.ts", to: "api/run" });
  expect(imports).toContainEqual({ from: "engine/fengari/fidelity/modules.ts", to: "fengari" });
  expect(imports.length).toBeGreaterThan(files.length);
});

/** Who must not know whom: from, to, and the exceptions. */
const forbidden: readonly (readonly [from: string, to: string, except?: readonly string[]])[] = [
  ["coverage/", "engine/"],
  ["coverage/", "harness/"],
  ["coverage/", "config/"],
  ["coverage/", "node:fs"],
  ["coverage/sites/", "coverage/bytecode/"],
  ["coverage/sites/", "coverage/probes/"],
  ["coverage/bytecode/", "coverage/probes/"],
  ["coverage/probes/", "coverage/bytecode/"],
  ["output/", "coverage/"],
  ["output/", "config/"],
  ["store/", "harness/"],
  ["store/", "engine/"],
  ["report/", "engine/"],
  ["change/", "engine/"],
  ["change/", "harness/"],
  ["change/", "report/"],
  ["order/", "engine/"],
  ["order/", "report/"],
  ["affected/", "engine/"],
  ["affected/", "harness/"],
  ["affected/", "report/"],
  ["affected/", "cli/"],
  ["affected/text/", "affected/record/"],
  ["affected/text/", "node:fs"],
  ["remap/", "engine/"],
  ["remap/", "harness/"],
  ["remap/", "report/"],
  ["gates/", "engine/"],
  ["gates/", "harness/"],
  ["gates/", "report/"],
  ["luacov/", "engine/"],
  ["luacov/", "harness/"],

  ["report/", "harness/"],
  ["report/", "config/"],
  ["report/misses/", "node:"],
  ["report/misses/", "report/html/"],
  ["engine/", "config/"],
  ["engine/", "harness/"],
  ["engine/", "discover/"],
  ["engine/", "coverage/"],
  ["profile/", "engine/"],
  ["profile/", "config/"],
  ["profile/", "coverage/"],
  ["profile/", "report/"],
  ["profile/", "node:"],
  ["hits/", "engine/"],
  ["hits/", "coverage/"],
  ["engine/native/", "engine/fengari/"],
  ["engine/fengari/", "engine/native/"],
  ["engine/fengari/", "engine/wasm/"],
  ["engine/wasm/", "engine/fengari/"],
  ["engine/wasm/", "engine/native/"],
  ["engine/native/", "engine/wasm/"],
  ["engine/host/", "engine/wasm/"],
  ["analysis/", "harness/"],
  ["analysis/", "config/"],
  ["cache/", "coverage/"],
  ["cache/", "config/"],
  ["threads/", "coverage/"],
  ["threads/", "engine/"],
  ["probing/", "engine/"],
  ["probing/", "harness/"],
  ["probing/", "config/"],
  ["debug/", "engine/", ["debug/client.ts -> engine/literal"]],
  ["debug/", "report/"],
  ["debug/", "config/"],
  ["debug/", "harness/"],
  ["debug/terminal/", "debug/adapter/"],
  ["debug/adapter/", "debug/terminal/"],
  ["source/", "coverage/"],
  ["source/", "engine/"],
  ["source/", "harness/"],
  ["source/", "config/"],
  ["source/", "types"],
  ["source/", "node:"],
  ["project/", "report/"],
  ["project/", "coverage/"],
  ["project/", "harness/run/"],
  ["project/read/", "project/follow/"],
  ["hints/", "project/"],
  ["discover/", "engine/"],
  ["config/", "engine/"],
  ["errors", "node:fs"],
];

test.for(forbidden)("%s does not import %s", ([from, to, except]) => {
  expect(broken(from, to, except)).toEqual([]);
});

test("an engine gets a program, not the configuration", () => {
  for (const file of files.filter((each) => /^src\/engine\//.test(each))) {
    expect(readFileSync(path.join(root, file), "utf8"), file).not.toMatch(/import[^;]*\bConfig\b/);
  }
});

test("nothing but cli/ imports cli/", () => {
  const others = imports.filter(({ from, to }) => to.startsWith("cli/") && !from.startsWith("cli/"));
  expect(others).toEqual([]);
});

test("the command line uses the library as anybody would", () => {
  // Not the library's business are the messages for mistakes on a command line, which stand with all other
  // messages, what is started before the library is loaded, the tables of options and commands, which make the flags, that of what busted has and
  // does nothing here, what --100 stands for, how all that people read is coloured and counted, and how names are read and shown.
  const options = [
    "config/options/options",
    "config/commands/commands",
    "config/commands/commandNames",
    "config/resolveThresholds",
    "config/bustedAdvice",
  ];
  // Which Luas there are, a version and a completion say at once, without the library.
  const luas = ["engine/native/luaCommand", "engine/wasm/package/versions"];
  const names = ["files/files", "files/visible"];
  const allowed = ["index", "errors", "early", ...options, ...luas, "colors", "words", ...names];
  const beyond = imports.filter(
    ({ from, to }) => from.startsWith("cli/") && !to.startsWith("cli/") && files.includes(`src/${to}.ts`),
  );
  expect(beyond.filter(({ to }) => !allowed.includes(to))).toEqual([]);
});

test.for([
  ["fengari", "engine/fengari/fidelity/modules.ts"],
  ["lua-wasm-bindings/package.json", "engine/wasm/package/compiledLua.ts"],
  ["istanbul-reports", "report/istanbul.ts"],
  ["chokidar", "harness/run/watching/watcher.ts"],
  ["@vscode/debugadapter", "debug/adapter/serving/serve.ts"],
  ["@vscode/debugadapter/lib/protocol.js", "debug/adapter/serving/server.ts"],
] as const)("%s is imported in one place, %s", ([name, place]) => {
  expect(importersOf(name)).toEqual([place]);
});

test("threads are made for programs, for what can be shared out, and for reporters of users", () => {
  expect(importersOf("node:worker_threads").toSorted()).toEqual([
    "harness/run/embedded/threads.ts",
    "report/tests/custom/custom.ts",
    "report/tests/custom/customThread.ts",
    "threads/threads.ts",
  ]);
});

test("modules of fengari are taken by the façade, and by what mends them", () => {
  expect(importersOf("engine/fengari/fidelity/modules").toSorted()).toEqual([
    "engine/fengari/fengari.ts",
    "engine/fengari/fidelity/leaves.ts",
    "engine/fengari/fidelity/machine.ts",
  ]);
});

test("only bin/ sets the exit code, and nothing calls process.exit", () => {
  const setting = files.filter((file) => {
    const text = readFileSync(path.join(root, file), "utf8");
    return /process\.(exitCode\s*=|exit\()/.test(text);
  });
  // A configuration that ends the process leaves bin/ nothing to do.
  expect(setting).toEqual(["src/config/read/scripts.ts"]);
  expect(readFileSync(path.join(root, "bin/luacov-ts.js"), "utf8")).toMatch(/process\.exitCode =/);
});
