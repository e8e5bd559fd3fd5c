import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { makeFolder } from "../../support/folder.js";
import { testWith } from "../../support/tools.js";
import { startWatch, type Watch } from "../../support/watch.js";

/** Where a test file waits in the midst of its run until it is let go on. */
interface Gate {
  /** Lua that says that it waits, and does. */
  readonly text: string;
  open(): void;
  close(): void;
}

const atGate = "at the gate\n";

function makeGate(): Gate {
  const file = path.join(makeFolder({}), "open");
  return {
    text: `print "${atGate.trim()}" repeat until io.open "${file}" `,
    open: () => writeFileSync(file, ""),
    close: () => rmSync(file),
  };
}

const green = (...names: readonly string[]) =>
  [...names.map((name) => `✔ test/${name}.lua (N ms)`), "", `${names.length} passed, 0 failed`].join("\n");

/** The lines of what ran: a Lua that probes measure also says that a source has changed meanwhile. */
const ran = (output: string) => output.match(/^[✔✖] .*/gm)?.map((line) => line.replace(/^(. \S+) .*/, "$1"));

/** How editors save a file, and what people do with files besides. */
const ways: readonly (readonly [way: string, save: (file: string, text: string) => void])[] = [
  ["written in place", writeFileSync],
  [
    "written beside it, and renamed over it",
    (file, text) => {
      writeFileSync(`${file}.tmp`, text);
      renameSync(`${file}.tmp`, file);
    },
  ],
  [
    "written anew, once the old one has another name",
    (file, text) => {
      renameSync(file, `${file}~`);
      writeFileSync(file, text);
    },
  ],
  [
    "removed and written, twice",
    (file, text) => {
      for (const each of ["return {", text]) {
        rmSync(file);
        writeFileSync(file, each);
      }
    },
  ],
];

const one = { "src/m.lua": "return 1\n", "test/b.lua": 'require "src.m"' };

/** A watch that stands in its first run, in which a test file has loaded `src/m.lua`. */
async function inFirstRun(...flags: readonly string[]): Promise<Watch & { readonly gate: Gate }> {
  const gate = makeGate();
  const watch = startWatch({ ...one, "test/a.lua": `assert(require "src.m" > 0) ${gate.text}` }, ...flags);
  await watch.after(() => {}, atGate);
  return { ...watch, gate };
}

test.for(ways)("what is edited during the first run counts: %s", async ([, save]) => {
  const { folder, after, gate } = await inFirstRun("--jobs", "1");
  const saved = () => {
    save(path.join(folder, "src/m.lua"), "return 2\n");
    gate.open();
  };
  const both = ["✔ test/a.lua", "✔ test/b.lua"];
  expect(ran(await after(saved))).toEqual(both);
  expect(ran(await after(() => {}))).toEqual(both);
});

test.for(ways)("what is edited while it waits counts: %s", async ([, save]) => {
  const { folder, after } = startWatch(one);
  await after(() => {});
  for (const text of ["return 2\n", "return 3\n", "return 4\n"])
    expect(await after(() => save(path.join(folder, "src/m.lua"), text))).toBe(green("b"));
});

test("what a later run loads for the first time, and what others have loaded, may be edited in its midst", async () => {
  const { after, write, gate } = await inFirstRun();
  expect(await after(gate.open)).toBe(green("a", "b"));
  gate.close();
  await after(write("src/new.lua", "return 1\n"), "");
  const atNew = write("test/a.lua", `assert(require "src.new" > 0) ${gate.text}`);
  await after(atNew, atGate);
  const edits = () => {
    write("src/new.lua", "return 2\n")();
    write("src/m.lua", "return 2\n")();
    gate.open();
  };
  expect(await after(edits)).toBe(green("a"));
  expect(await after(() => {})).toBe(`${atGate}${green("a", "b")}`);
});

test("a module that is made once tests have missed it, in the first run", async () => {
  const gate = makeGate();
  const { after, write } = startWatch({
    "test/a.lua": `local found = pcall(require, "new") ${gate.text} assert(found)`,
  });
  await after(() => {}, atGate);
  const made = () => {
    write("new.lua", "return 1")();
    gate.open();
  };
  expect(await after(made)).toContain("0 passed, 1 failed");
  expect(await after(() => {})).toBe(`${atGate}${green("a")}`);
});

test("new test files in folders that are new, during the first run", async () => {
  const { folder, after, gate } = await inFirstRun();
  const made = () => {
    mkdirSync(path.join(folder, "test/x/y"), { recursive: true });
    writeFileSync(path.join(folder, "test/x/y/c.lua"), "local x = 1");
    gate.open();
  };
  expect(await after(made)).toBe(green("a", "b"));
  expect(await after(() => {})).toBe(green("x/y/c"));
});

test("by what tests do, too, an edit during the first run counts", async () => {
  const gate = makeGate();
  const { after, write } = startWatch(
    {
      "src/m.lua": "return { f = function() return 1 end, g = function() return 1 end }",
      "test/a.lua": `assert(require "src.m".f() > 0) ${gate.text}`,
      "test/b.lua": `assert(require "src.m".g() > 0) io.open("test/data"):close()`,
      "test/data": "1",
    },
    "--changed",
    "--jobs",
    "1",
  );
  await after(() => {}, atGate);
  const edited = () => {
    write("test/data", "2")();
    gate.open();
  };
  expect(await after(edited)).toContain("2 passed, 0 failed");
  expect(await after(() => {})).toContain("test/b.lua: it reads test/data, which is written while tests run");
});

/** Test files that write each time something else, below the folder of a test. */
const writers = {
  "test/loads.lua": 'put("loads.lua") dofile "loads.lua"',
  "test/has_loaded.lua": 'pcall(dofile, "has_loaded.lua") put("has_loaded.lua")',
  "test/moves.lua": 'put("moves.tmp") os.rename("moves.tmp", "moves.lua") dofile "moves.lua"',
  "test/adds.lua":
    'local file = io.open("adds.txt", "a") file:write "x" file:close() io.open "adds.txt":close()',
  "test/fails.lua": 'put("fails.lua") error "no"',
};

const put =
  'local function put(name) local file = io.open(name, "w") file:write("return ", os.clock()) file:close() end ';

test.for<[lua: string, flags: readonly string[]]>([
  ["fengari", []],
  ["fengari", ["--changed"]],
  ["5.4", []],
  ["5.4", ["--changed"]],
])("what tests write themselves starts nothing in %s with %j", ([lua, flags]) => runsOthersAlone(lua, flags));

testWith("lua5.4").for<[flags: readonly string[]]>([[[]], [["--changed"]]])(
  "what tests write themselves starts nothing in lua5.4 with %j",
  ([flags]) => runsOthersAlone("lua5.4", flags),
);

async function runsOthersAlone(lua: string, flags: readonly string[]): Promise<void> {
  const files = Object.entries(writers).map(([name, text]) => [name, put + text]);
  const { after, write } = startWatch({ ...one, ...Object.fromEntries(files) }, "--lua", lua, ...flags);
  await after(() => {});
  for (const number of [2, 3, 4]) {
    const output = await after(write("src/m.lua", `return ${number}`));
    expect(output.match(/^[✔✖].*/gm)).toEqual([expect.stringContaining("✔ test/b.lua")]);
  }
}

testWith("lua5.4")("with Lua's own hook, what tests load is known, too, and in the first run", async () => {
  const gate = makeGate();
  const flags = ["--jobs", "1", "--lua", "lua5.4", "--collector", "hook"];
  const { after, write } = startWatch(
    {
      ...one,
      "test/a.lua": gate.text,
      "test/c.lua": 'require "test.help"',
      "test/help.lua": "return 1",
      "luacov-ts.config.json": { tests: ["test/[abc].lua"] },
    },
    ...flags,
  );
  const green = (...names: readonly string[]) =>
    expect.stringContaining(
      `${names.map((name) => `✔ test/${name}.lua (lua5.4) (N ms)`).join("\n")}\n\n${names.length} passed`,
    );
  await after(() => {}, atGate);
  const edited = () => {
    write("src/m.lua", "return 2\n")();
    gate.open();
  };
  expect(await after(edited)).toEqual(green("a", "b", "c"));
  expect(await after(() => {})).toEqual(green("b"));
  expect(await after(write("test/help.lua", "return 2"))).toEqual(green("c"));
});

test("what tests have other programs write runs them some times, and no more", async () => {
  const { after } = startWatch({
    "src/m.lua": "return 1",
    "test/a.lua": `require "src.m" os.execute("echo 'return '$$ > made.lua") dofile "made.lua"`,
  });
  for (const _ of Array(4)) expect(ran(await after(() => {}))).toEqual(["✔ test/a.lua"]);
  expect(await after(() => {})).toBe(
    "made.lua has changed in each of the last runs, so that tests seem to write it; they run again for it once it changes while none runs",
  );
});
