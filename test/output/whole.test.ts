import { spawnSync } from "node:child_process";
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { newMark } from "../../src/output/owner.js";
import { makeFolder, makeOwnFolder } from "../../src/output/place.js";
import { appendWhole, openWhole, writeWhole } from "../../src/output/whole.js";
import { makeFolder as makeTestFolder } from "../support/folder.js";

test("a file has its name once it is whole, and until then the former one has it", () => {
  const folder = makeTestFolder({ "a.txt": "before" });
  const file = path.join(folder, "a.txt");
  const whole = openWhole(file);
  whole.write(Buffer.from("af"));
  expect(readFileSync(file, "utf8")).toBe("before");
  whole.write(Buffer.from("ter"));
  whole.commit();
  expect([readFileSync(file, "utf8"), readdirSync(folder)]).toEqual(["after", ["a.txt"]]);
  appendWhole(file, Buffer.from("wards"));
  expect(readFileSync(file, "utf8")).toBe("afterwards");
});

test("what is discarded, or cannot be named, leaves nothing behind", () => {
  const folder = makeTestFolder({ "a.txt": "before", "folder/b.txt": "" });
  const whole = openWhole(path.join(folder, "a.txt"));
  whole.write(Buffer.from("x"));
  whole.discard();
  expect(() => writeWhole(path.join(folder, "folder"), "x")).toThrow();
  expect(() => writeWhole(path.join(folder, "no/such/file"), "x")).toThrow("ENOENT");
  expect(readdirSync(folder)).toEqual(["a.txt", "folder"]);
  expect(readFileSync(path.join(folder, "a.txt"), "utf8")).toBe("before");
});

/** What a test may do to the file under its temporary name, or to its folder. */
const disturbances: readonly (readonly [
  string,
  (folder: string, temporary: string, outside: string) => void,
])[] = [
  ["removed", (_folder, temporary) => rmSync(temporary)],
  [
    "replaced by a link",
    (_folder, temporary, outside) => replace(temporary, () => symlinkSync(outside, temporary)),
  ],
  [
    "replaced by a hard link",
    (_folder, temporary, outside) => replace(temporary, () => linkSync(outside, temporary)),
  ],
  ["renamed", (_folder, temporary) => renameSync(temporary, `${temporary}.gone`)],
  ["removed with its folder", (folder) => rmSync(folder, { recursive: true })],
];

function replace(file: string, action: () => void): void {
  rmSync(file);
  action();
}

test.for(disturbances)("a file is written all the same when it was %s", ([, disturb]) => {
  const root = makeTestFolder({ "outside.txt": "theirs", "out/readme": "" });
  const folder = path.join(root, "out");
  const file = path.join(folder, "a.txt");
  const whole = openWhole(file);
  whole.write(Buffer.from("ours"));
  const temporary = readdirSync(folder).find((name) => name.endsWith(".tmp")) ?? "";
  disturb(folder, path.join(folder, temporary), path.join(root, "outside.txt"));
  whole.commit();
  expect(readFileSync(file, "utf8")).toBe("ours");
  expect(readFileSync(path.join(root, "outside.txt"), "utf8")).toBe("theirs");
});

test("a link is followed, except in a fence, where it gives way", () => {
  const root = makeTestFolder({ "outside/theirs.txt": "theirs", "project/readme": "" });
  const [fence, theirs] = [path.join(root, "project"), path.join(root, "outside/theirs.txt")];
  const file = path.join(fence, "a.txt");
  symlinkSync(theirs, file);
  writeWhole(file, "followed");
  expect(readFileSync(theirs, "utf8")).toBe("followed");
  writeWhole(file, "ours", { fence });
  expect([readFileSync(file, "utf8"), readFileSync(theirs, "utf8")]).toEqual(["ours", "followed"]);
});

test("in a fence, no folder is made or used behind a link that leads out", () => {
  const root = makeTestFolder({ "outside/readme": "", "project/inside/readme": "" });
  const [fence, outside] = [path.join(root, "project"), path.join(root, "outside")];
  symlinkSync(outside, path.join(fence, "out"));
  symlinkSync(path.join(outside, "nothing"), path.join(fence, "dangling"));
  symlinkSync(path.join(fence, "inside"), path.join(fence, "in"));
  for (const name of ["out", "out/a", "dangling", "dangling/a", "in/../out/b"]) {
    expect(() => makeFolder(path.join(fence, name), fence), name).toThrow();
    expect(() => writeWhole(path.join(fence, name, "x"), "x", { fence }), name).toThrow();
  }
  makeFolder(path.join(fence, "in/made"), fence);
  makeFolder(path.join(outside, "own"), fence);
  makeOwnFolder(path.join(fence, "out"), fence);
  writeWhole(path.join(fence, "out/x"), "x", { fence });
  expect(readdirSync(outside)).toEqual(["own", "readme"]);
});

test("what a killed process has left is removed by the next one that writes there, and nothing else", () => {
  const [place = "", , start = ""] = newMark().split("-");
  const killed = spawnSync(process.execPath, ["-p", "process.pid"], { encoding: "utf8" }).stdout.trim();
  const leftovers = {
    // Its process has ended; its number is another process's now.
    [`.luacov-ts-${place}-${killed}-1-0123456789abcdef.tmp`]: "x",
    [`.luacov-ts-${place}-${process.pid}-1-0123456789abcdef.tmp`]: "x",
  };
  const others = {
    [`.luacov-ts-${place}-${process.pid}-${start}-0123456789abcdef.tmp`]: "of a run that goes on",
    ".luacov-ts-00000000-1-1-0123456789abcdef.tmp": "of another machine",
    [`luacov-ts-${place}-${killed}-1-0123456789abcdef.tmp`]: "somebody's",
    ".luacov-ts-notes.tmp": "somebody's",
    "notes.tmp": "somebody's",
  };
  const folder = makeTestFolder({ ...leftovers, ...others });
  mkdirSync(path.join(folder, `.luacov-ts-${place}-${killed}-2-0123456789abcdef.tmp`));
  writeWhole(path.join(folder, "a.txt"), "x");
  expect(readdirSync(folder)).toEqual([...Object.keys(others), "a.txt"].sort());
});

const write = `import { writeWhole } from "${path.resolve("build/output/whole.js")}";
  try { writeWhole(process.argv[1], "x".repeat(100_000)); } catch (error) { console.log(error.code); }`;

test("on a full disk a file stays what it was, and nothing is left beside it", () => {
  const folder = makeTestFolder({ "a.txt": "before" });
  const script = `trap '' XFSZ; ulimit -f 8; exec "$@"`;
  const command = [process.execPath, "--input-type=module", "-e", write, path.join(folder, "a.txt")];
  const { stdout } = spawnSync("sh", ["-c", script, "sh", ...command], { encoding: "utf8" });
  expect(stdout).toBe("EFBIG\n");
  expect([readFileSync(path.join(folder, "a.txt"), "utf8"), readdirSync(folder)]).toEqual([
    "before",
    ["a.txt"],
  ]);
});

test("a pipe gives way where a file of ours is meant", () => {
  const file = path.join(makeTestFolder({}), "tests.json");
  expect(spawnSync("mkfifo", [file]).status).toBe(0);
  writeWhole(file, "ours", { replacesPipes: true });
  expect(readFileSync(file, "utf8")).toBe("ours");
});

test("a device or a pipe is written to, not replaced", () => {
  const folder = makeTestFolder({});
  const fifo = path.join(folder, "fifo");
  expect(spawnSync("mkfifo", [fifo]).status).toBe(0);
  const reader = spawnSync(
    "sh",
    ["-c", `"$@" & cat "$0"; wait`, fifo, process.execPath, "--input-type=module", "-e", write, fifo],
    { encoding: "utf8" },
  );
  expect(reader.stdout.length).toBe(100_000);
  writeWhole("/dev/null", "x");
  expect(() => writeWhole("/dev/full", "x")).toThrow("ENOSPC");
  expect([statSync(fifo).isFIFO(), statSync("/dev/null").isCharacterDevice()]).toEqual([true, true]);
  expect(existsSync(path.join(folder, "a.txt"))).toBe(false);
});

test("the mode of a file stays", () => {
  const folder = makeTestFolder({});
  const file = path.join(folder, "a.txt");
  writeFileSync(file, "x", { mode: 0o640 });
  writeWhole(file, "y");
  expect(statSync(file).mode & 0o777).toBe(0o640);
});
