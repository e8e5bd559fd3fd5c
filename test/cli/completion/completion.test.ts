import { execFileSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { makeFolder } from "../../support/folder.js";
import { type ToolName, testWith, toolPath } from "../../support/tools.js";

const bin = fileURLToPath(new URL("../../../bin/luacov-ts.js", import.meta.url));

/** What is typed up to the tabulator, and what it may become. */
const typed: readonly (readonly [line: string, ...found: string[]])[] = [
  ["luacov-ts repo", "report"],
  ["luacov-ts --name mo", "module adds #fast", "module later"],
  ["luacov-ts merge s", "spec/", "src/"],
  ["luacov-ts report --report", "--report-dir", "--reporter"],
  ["luacov-ts --test-reporter j", "json", "junit"],
  ["luacov-ts --no-sh", "--no-shuffle", "--no-shuffle-files", "--no-shuffle-tests"],
  ["luacov-ts trace --events ca", "calls"],
  ["luacov-ts spec/m", "spec/m_spec.lua"],
  ["luacov-ts --cwd s", "spec/", "src/"],
  ["luacov-ts --lua 5.", "5.1", "5.2", "5.3", "5.4", "5.5"],
  ["luacov-ts -o ta", "tap"],
  ["luacov-ts --tags f", "fast"],
  ["luacov-ts ini", "init"],
  ["luacov-ts test", "tests"],
  ["luacov-ts tests --js", "--json"],
  ["luacov-ts help test", "test-run", "tests"],
  ["luacov-ts init --d", "--directory", "--dry-run"],
  ["luacov-ts doctor --j", "--json"],
  ["luacov-ts completion z", "zsh"],
  ["luacov-ts help opt", "options"],
  ["luacov-ts cover -- luacov-ts spec/m", "spec/m_spec.lua"],
  ["luacov-ts merge --jo"],
];

/** Each asks a shell for all of these at once, and gives the lines that it has found, with an empty one behind each. */
const drivers = {
  // As bash does: the function that is registered for the program gets its words.
  bash: `
    source <(luacov-ts completion bash)
    fn=$(complete -p luacov-ts | sed 's/.*-F \\([^ ]*\\).*/\\1/')
    while IFS= read -r line; do
      read -ra COMP_WORDS <<< "$line"
      COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
      "$fn" luacov-ts
      printf '%s\\n' "\${COMPREPLY[@]}"
      [ \${#COMPREPLY[@]} -eq 0 ] || echo
    done`,
  // What is added is what zsh would show.
  zsh: `
    compdef() { fn=$1; }
    compadd() { [ "$1" = -S ] && shift 2; shift; [ $# -eq 0 ] || print -rl -- "$@"; }
    source <(luacov-ts completion zsh)
    while IFS= read -r line; do
      words=(\${=line})
      CURRENT=\${#words}
      $fn
      print
    done`,
  fish: `
    luacov-ts completion fish | source
    while read -l line
      complete -C $line
      echo
    end`,
} as const satisfies Partial<Record<ToolName, string>>;

const flags = { bash: ["--norc", "-c"], zsh: ["-f", "-c"], fish: ["--no-config", "-c"] } as const;

for (const shell of ["bash", "zsh", "fish"] as const) {
  testWith(shell)(`${shell} completes commands, options, values, files and tests`, () => {
    const folder = makeFolder({
      "spec/m_spec.lua":
        'describe("module", function() it("adds #fast", function() end) pending("later") it(name, f) end)',
      "src/m.lua": "return {}",
      "programs/.keep": "",
    });
    symlinkSync(bin, path.join(folder, "programs/luacov-ts"));
    // All ask the same program.
    const asked = shell === "bash" ? typed : typed.slice(0, 6);
    const output = execFileSync(toolPath(shell), [...flags[shell], drivers[shell]], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, PATH: `${path.join(folder, "programs")}:${process.env.PATH}`, HOME: folder },
      input: asked.map(([line]) => `${line}\n`).join(""),
    });
    // bash puts the slash behind a folder itself.
    const slashed = (text: string) => (shell === "bash" ? text.replace(/\/$/, "") : text);
    const found = output.split("\n\n").map((each) =>
      each
        .split("\n")
        .filter((line) => line !== "")
        .sort(),
    );
    const expected = asked.map(([, ...each]) => each.map(slashed).sort());
    expect(found.slice(0, asked.length)).toEqual(expected);
  });
}
