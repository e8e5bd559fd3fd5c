import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, onTestFinished, test as vitestTest } from "vitest";
import { readCoverage } from "../../src/index.js";
import { exitCode, runCli, startCli } from "../support/cli.js";
import { makeFolder } from "../support/folder.js";

const waiting = "Waiting for changes; Ctrl-C ends.\n";

interface Watch {
  readonly folder: string;
  /** Does something and returns what was written until the command waits again, or until another text. */
  after(action: () => void, text?: string): Promise<string>;
  write(name: string, content: string): () => void;
  end(): Promise<number>;
}

async function startWatch(
  files: Readonly<Record<string, string>>,
  ...flags: readonly string[]
): Promise<Watch> {
  const folder = makeFolder(files);
  const child = startCli(folder, ["--watch", "--reporter", "none", ...flags]);
  const code = exitCode(child);
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  let output = "";
  let onOutput = () => {};
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
      onOutput();
    });
  }
  const until = (text: string) =>
    new Promise<string>((resolve) => {
      onOutput = () => {
        const end = output.indexOf(text);
        if (end === -1) return;
        const found = output.slice(0, end + text.length);
        output = output.slice(found.length);
        resolve(
          found
            .replace(/\(\d+ ms\)/g, "(N ms)")
            .replace(waiting, "")
            .trim(),
        );
      };
      onOutput();
    });
  const watched: Watch = {
    folder,
    after: (action, text = waiting) => {
      action();
      return until(text);
    },
    write: (name, content) => () => writeFileSync(path.join(folder, name), content),
    end: () => {
      child.kill("SIGINT");
      return code;
    },
  };
  return watched;
}

const test = (name: string, body: () => Promise<void>) => vitestTest(name, body, 60_000);

const files = {
  "src/m.lua": "local M = {}\nfunction M.one()\n  return 1\nend\nreturn M\n",
  "src/n.lua": "return 2\n",
  "test/a.lua": 'assert(require("src.m").one() == 1)',
  "test/b.lua": 'assert(require("src.m").one() == 1) require "src.n"',
  "test/c.lua": 'require "src.n"',
};

test("a change runs the files that it touches, and the coverage stays that of all", async () => {
  const { folder, after, write, end } = await startWatch(files);
  const hits = () => {
    const coverage = readCoverage(path.join(folder, ".nyc_output"));
    return [coverage[path.join(folder, "src/m.lua")]?.f[0], coverage[path.join(folder, "src/n.lua")]?.s[0]];
  };
  const all = "✔ test/a.lua (N ms)\n✔ test/b.lua (N ms)\n✔ test/c.lua (N ms)\n\n3 passed, 0 failed";
  expect(await after(() => {})).toBe(all);
  expect(hits()).toEqual([2, 2]);

  const changedTest = write("test/c.lua", 'require "src.n" print("changed")');
  expect(await after(changedTest)).toBe("changed\n✔ test/c.lua (N ms)\n\n1 passed, 0 failed");
  expect(hits()).toEqual([2, 2]);

  const broken = files["src/m.lua"].replace("return 1", "return 3");
  expect(await after(write("src/m.lua", broken))).toMatch(
    /^✖ test\/a\.lua [\s\S]*\n✖ test\/b\.lua [\s\S]*\n0 passed, 2 failed$/,
  );
  // Of b nothing ran behind its assertion.
  expect(hits()).toEqual([2, 1]);
  expect(await after(write("src/m.lua", files["src/m.lua"]))).toMatch(
    /^✔ test\/a.*\n✔ test\/b.*\n\n2 passed/,
  );

  const made = write("test/d.lua", 'assert(require("src.m").one() == 1)');
  expect(await after(made)).toBe("✔ test/d.lua (N ms)\n\n1 passed, 0 failed");
  expect(hits()).toEqual([3, 2]);

  // What is gone no longer counts, which the next run shows.
  const removed = () => {
    rmSync(path.join(folder, "test/b.lua"));
    rmSync(path.join(folder, "test/d.lua"));
  };
  removed();
  expect(await after(write("test/c.lua", "print 'again'"))).toBe(
    "again\n✔ test/c.lua (N ms)\n\n1 passed, 0 failed",
  );
  expect(hits()).toEqual([1, undefined]);
  expect(await end()).toBe(130);
});

test("a missing module that appears runs the tests that failed", async () => {
  const { after, write, end } = await startWatch({
    "test/a.lua": 'require "src.m"',
    "test/b.lua": 'require "src.other"',
    "src/other.lua": "return 1",
  });
  expect(await after(() => {})).toContain("1 passed, 1 failed");
  expect(await after(write("src/m.lua", "return 1"))).toBe("✔ test/a.lua (N ms)\n\n1 passed, 0 failed");
  expect(await end()).toBe(130);
});

test("a file that a test writes for itself starts nothing; a change of the configuration is told", async () => {
  const { after, write, end } = await startWatch({
    "src/m.lua": "return 1",
    "test/a.lua": `require "src.m" local file = io.open("made.lua", "w") file:write("return 1") file:close()
      dofile("made.lua")`,
    ".nycrc.json": "{}",
  });
  await after(() => {});
  expect(await after(write(".nycrc.json", '{ "all": true }'))).toBe(
    ".nycrc.json has changed; start the watch again for it to count",
  );
  expect(await end()).toBe(130);
});

test("Ctrl-C ends a watch in the midst of a run, too", async () => {
  const { after, end } = await startWatch({ "test/a.lua": "print('begun') while true do end" });
  await after(() => {}, "begun\n");
  expect(await end()).toBe(130);
});

test("--watch takes no --shard", async () => {
  const folder = makeFolder(files);
  const { code, stderr } = await runCli(folder, ["--watch", "--shard", "1/2"]);
  expect(stderr).toBe(
    "ERROR: --watch runs whatever a change touches, so it takes no --shard; see luacov-ts --help\n",
  );
  expect(code).toBe(2);
});

test("a watch says of the test record what a run says", async () => {
  const { after, end } = await startWatch({ ...files, ".nyc_output/luacov-ts/tests.json": "{" });
  expect(await after(() => {})).toMatch(
    /WARNING: The test record .*tests\.json cannot be used and is made anew: /,
  );
  expect(await end()).toBe(130);
});
