import { execFileSync } from "node:child_process";
import { chmodSync, symlinkSync } from "node:fs";
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
  ["luacov-ts cover luacov-ts spec/m", "spec/m_spec.lua"],
  ["luacov-ts cover -- measured-pro", "measured-program"],
  ["luacov-ts cover measured-pro", "measured-program"],
  ["luacov-ts cover -- programs/m", "programs/measured-program"],
  ["luacov-ts --name module\\ ", "module adds #fast", "module later"],
  ["luacov-ts --name module\\ a", "module adds #fast"],
  ['luacov-ts --name "module a', "module adds #fast"],
  ["luacov-ts --name 'module a", "module adds #fast"],
  ["luacov-ts --cwd dir\\ with\\ space dir\\ w", "dir with space/"],
  ["luacov-ts dir\\ with\\ space/m", "dir with space/m.lua"],
  ["luacov-ts merge --jo"],
];

/** Each asks a shell for all of these at once, and gives the lines that it has found, with an empty one behind each. */
const drivers = {
  // As bash does: the function that is registered for the program gets its words.
  bash: `
    source <(luacov-ts completion bash)
    fn=$(complete -p luacov-ts | sed 's/.*-F \\([^ ]*\\).*/\\1/')
    while IFS= read -r line; do
      IFS=$'\\t' read -ra COMP_WORDS <<< "$line"
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
      words=("\${(@ps:\\t:)line}")
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

/** As bash and zsh part what is typed: with backslashes and quotes. */
function wordsOf(line: string): string[] {
  return line.match(/(?:\\.|"[^"]*"?|'[^']*'?|[^ "'\\])+/g) ?? [];
}

const flags = { bash: ["--norc", "-c"], zsh: ["-f", "-c"], fish: ["--no-config", "-c"] } as const;

for (const shell of ["bash", "zsh", "fish"] as const) {
  testWith(shell)(`${shell} completes commands, options, values, files and tests`, () => {
    const folder = makeFolder({
      "spec/m_spec.lua":
        'describe("module", function() it("adds #fast", function() end) pending("later") it(name, f) end)',
      "src/m.lua": "return {}",
      "dir with space/m.lua": "return {}",
      "programs/measured-program": "#!/bin/sh\n",
    });
    chmodSync(path.join(folder, "programs/measured-program"), 0o755);
    symlinkSync(bin, path.join(folder, "programs/luacov-ts"));
    // All ask the same program; what is quoted each gives to it in another way.
    const isQuoting = ([line]: readonly string[]) => /["'\\]/.test(line ?? "");
    const others = typed.filter((each, index) => index < 6 || isQuoting(each));
    const asked = shell === "bash" ? typed : others;
    const output = execFileSync(toolPath(shell), [...flags[shell], drivers[shell]], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, PATH: `${path.join(folder, "programs")}:${process.env.PATH}`, HOME: folder },
      input: asked.map(([line]) => `${shell === "fish" ? line : wordsOf(line).join("\t")}\n`).join(""),
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
