import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { makeFolder, temporary } from "../support/folder.js";
import { testWith, toolPath } from "../support/tools.js";
import { filesWith } from "./files.js";
import { installPackage } from "./install.js";
import { repository } from "./pages.js";

/** A step of action.yml or of a workflow. */
interface Step {
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const action = parse(readFileSync(path.join(repository, "action.yml"), "utf8"));
const project = {
  "src/sign.lua": 'return function(n) if n < 0 then return "negative" end return "positive" end\n',
  "spec/sign_spec.lua":
    'it("says positive", function() assert.equal("positive", require "src.sign"(1)) end)\n',
  "spec/other_spec.lua": 'it("is not asked for", function() error "it ran" end)\n',
};

const installed = mkdtempSync(path.join(temporary, "luacov-ts-"));
beforeAll(() => installPackage(installed), 180_000);
afterAll(() => rmSync(installed, { recursive: true, force: true }));

testWith("bash")("the steps of action.yml install the package and run what its inputs say", () => {
  const home = path.join(installed, "home");
  // What the registry would bring: npm links a folder.
  cpSync(path.join(installed, "node_modules"), path.join(home, "node_modules/luacov-ts/node_modules"), {
    recursive: true,
    verbatimSymlinks: true,
  });
  cpSync(path.join(installed, "node_modules/luacov-ts"), path.join(home, "node_modules/luacov-ts"), {
    recursive: true,
  });
  const inputs = {
    version: path.join(home, "node_modules/luacov-ts"),
    tests: "spec/s*_spec.lua",
    args: "--reporter text-summary --check-coverage --lines 60",
  };
  const cwd = makeFolder(project);
  const summary = path.join(cwd, "summary.md");
  writeFileSync(summary, "");
  const prefix = path.join(installed, "prefix");
  const PATH = [path.join(prefix, "bin"), process.env.PATH].join(path.delimiter);
  const surroundings = {
    PATH,
    npm_config_prefix: prefix,
    npm_config_offline: "true",
    GITHUB_STEP_SUMMARY: summary,
  };
  const steps: readonly Step[] = action.runs.steps;
  const ended = steps.map((step) => runStep(step, inputs, cwd, surroundings, "bash"));
  expect(
    ended.map(({ status }) => status),
    ended.map(({ output }) => output).join("\n"),
  ).toEqual([0, 0]);
  expect(ended[1]?.output).toContain("1 passed, 0 failed");
  expect(readFileSync(summary, "utf8")).toContain("| 1 | 0 | 0 | 0 |");
});

test("every input of action.yml is used and documented", () => {
  const page = readFileSync(path.join(repository, "docs/ci/github.md"), "utf8");
  const text = JSON.stringify(action.runs);
  for (const [name, { default: fallback }] of Object.entries<{ default: string }>(action.inputs)) {
    expect(text).toContain(`\${{ inputs.${name} }}`);
    expect(page).toContain(`| \`${name}\` | ${fallback === "" ? "|" : `\`${fallback}\` |`}`);
  }
});

const recipes = ["ci", "github-actions"].flatMap((folder) =>
  filesWith(path.join(repository, "examples", folder), /./).map((file) => path.relative(repository, file)),
);

// Those of several Luas and of a pull request need more: test/examples.test.ts and test/change have them.
const alone = recipes.filter((name) => !/luas|pull-request|shards/.test(name));

test.for(alone)("the commands of %s leave the reports that it uploads", (name) => {
  const text = readFileSync(path.join(repository, name), "utf8");
  const commands = commandsOf(name, text);
  expect(commands).toHaveLength(1);
  const cwd = makeFolder({ ...project, "test/sign.lua": 'assert(require "src.sign"(1) == "positive")\n' });
  rmSync(path.join(cwd, "spec"), { recursive: true });
  for (const command of commands) runStep({ run: command }, {}, cwd, npxOf(cwd));
  const uploaded = [...text.matchAll(/\b(?:coverage|test-reports)\/[\w.-]+\.(?:info|xml)|\bjunit\.xml/g)];
  expect(uploaded.map(([file]) => file).filter((file) => !existsSync(path.join(cwd, file)))).toEqual([]);
  expect(existsSync(path.join(cwd, "coverage/lcov.info")) || uploaded.length > 0).toBe(true);
});

test.for(["examples/ci/gitlab-shards.yml", "examples/github-actions/shards.yml"])(
  "the shards of %s add up",
  (name) => {
    const text = readFileSync(path.join(repository, name), "utf8");
    const [shard = "", ...joining] = commandsOf(name, text);
    const cwd = makeFolder({
      "src/one.lua": "return 1\n",
      "src/two.lua": "return 2\n",
      "test/one.lua": 'assert(require "src.one" == 1)\n',
      "test/two.lua": 'assert(require "src.two" == 2)\n',
    });
    // One machine after the other, in one folder.
    for (const index of [1, 2]) {
      const variables = { CI_NODE_INDEX: String(index), CI_NODE_TOTAL: "2", ...npxOf(cwd) };
      const command = shard.replace(/\$\{\{ matrix\.shard \}\}\/4/, `${index}/2`);
      const { status, output } = runStep({ run: `${command} --no-clean` }, {}, cwd, variables);
      expect(status, output).toBe(0);
    }
    for (const command of joining) {
      const { status, output } = runStep({ run: command }, {}, cwd, npxOf(cwd));
      expect(status, output).toBe(0);
      if (command.includes(" report ")) expect(output).toMatch(/All files +\| +100 /);
    }
  },
);

/** The commands of ours in a recipe, in their order. */
function commandsOf(name: string, text: string): string[] {
  if (name.endsWith("Jenkinsfile"))
    return Array.from(text.matchAll(/sh '(npx [^']*)'/g), ([, found = ""]) => found);
  const found: string[] = [];
  const look = (value: unknown): void => {
    if (typeof value === "string" && value.startsWith("npx ")) found.push(value);
    if (typeof value === "object" && value !== null) for (const each of Object.values(value)) look(each);
  };
  look(parse(text));
  return found;
}

/** `npx` without the registry, which this package is not to be asked of: it starts the package here. */
function npxOf(cwd: string): Record<string, string> {
  const folder = path.join(cwd, "programs");
  mkdirSync(folder, { recursive: true });
  const script = '#!/bin/sh\n[ "$1" = --yes ] && shift\nexec "$@"\n';
  writeFileSync(path.join(folder, "npx"), script, { mode: 0o755 });
  return { PATH: [folder, path.join(installed, "bin"), process.env.PATH].join(path.delimiter) };
}

/** As a runner does: inputs are put into variables, and the text is a shell's. */
function runStep(
  { run = "", env: given = {} }: Step,
  inputs: Readonly<Record<string, string>>,
  cwd: string,
  surroundings: Readonly<Record<string, string>>,
  shell: "sh" | "bash" = "sh",
): { status: number | null; output: string } {
  const filled = Object.entries(given).map(([name, value]) => [
    name,
    value.replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, input: string) => inputs[input] ?? ""),
  ]);
  const env = { ...process.env, NO_COLOR: "1", ...surroundings, ...Object.fromEntries(filled) };
  const options = { cwd, env, encoding: "utf8" } as const;
  // As GitHub starts it, and as others do.
  const { status, stdout, stderr } =
    shell === "bash"
      ? spawnSync(toolPath("bash"), ["--noprofile", "--norc", "-eo", "pipefail", "-c", run], options)
      : spawnSync("sh", ["-e", "-c", run], options);
  return { status, output: stdout + stderr };
}
