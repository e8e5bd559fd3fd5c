import { chmodSync, linkSync, mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { makeProject } from "../support/project.js";
import { type ToolName, testWith } from "../support/tools.js";
import { reasonsIn, runChanged } from "./changedRun.js";

/** A spec, what it finds, a change to that, and a part of the reason for which it then runs; null for a spec that does not. */
interface Case {
  readonly test: string;
  readonly prepare?: (at: (name: string) => string) => void;
  readonly edit?: (at: (name: string) => string) => void;
  readonly reason: string | null;
  /** Whether it takes LuaFileSystem, which embedded Luas have; or that of these alone. */
  readonly lfs?: boolean | "embedded";
}

function folder(name: string): NonNullable<Case["prepare"]> {
  return (at) => mkdirSync(at(name), { recursive: true });
}

function file(name: string, text = "1\n"): NonNullable<Case["prepare"]> {
  return (at) => {
    mkdirSync(path.dirname(at(name)), { recursive: true });
    writeFileSync(at(name), text);
  };
}

function gone(name: string): NonNullable<Case["edit"]> {
  return (at) => rmSync(at(name), { recursive: true });
}

/** What a spec does to files, and asks about them. Each has paths of its own, so that all changes come at once. */
const cases: Readonly<Record<string, Case>> = {
  writes: {
    test: 'assert(io.open("out/x.txt", "w")):close()',
    prepare: folder("out"),
    edit: gone("out"),
    reason: "out/x.txt, which it writes, has no folder to be in now",
  },
  "writes in vain": {
    test: 'assert.is_nil((io.open("later/x.txt", "w")))',
    edit: folder("later"),
    reason: "later/x.txt, which it writes, has changed",
  },
  "a folder in its place": {
    test: 'assert(io.open("place", "w")):close() os.remove "place"',
    edit: folder("place"),
    reason: "place, which it writes, has changed",
  },
  output: {
    test: 'local old = io.output() io.output("put/x.txt"):close() io.output(old)',
    prepare: folder("put"),
    edit: gone("put"),
    reason: "put/x.txt, which it writes",
  },
  removes: {
    test: 'assert.is_nil((os.remove "data/none.txt"))',
    edit: file("data/none.txt"),
    reason: "data/none.txt, which it looked for in vain, is there now",
  },
  "removes what is there": {
    test: 'os.remove "left.txt" assert(io.open("left.txt", "w")):close()',
    prepare: file("left.txt"),
    edit: (at) => {
      rmSync(at("left.txt"));
      folder("left.txt/full")(at);
    },
    reason: "left.txt, which it",
  },
  moves: {
    test: 'assert(os.rename("moved.txt", "tmp.txt")) local f = io.open "tmp.txt" local s = f:read "*l" f:close() assert(os.rename("tmp.txt", "moved.txt")) assert.equal("1", s)',
    prepare: file("moved.txt"),
    reason: "moves moved.txt, which it has not written itself",
  },
  "moves in vain": {
    test: 'assert.is_nil((os.rename("absent.txt", "other.txt")))',
    edit: file("absent.txt"),
    reason: "absent.txt, which it looked for in vain, is there now",
  },
  "moves to itself": {
    test: 'assert(os.rename("sub/", "sub/"))',
    prepare: folder("sub"),
    edit: gone("sub"),
    reason: "sub, which it asks about, is gone",
  },
  searchpath: {
    test: 'assert.is_nil((package.searchpath("zzz", "./searched/?.lua")))',
    edit: file("searched/zzz.lua"),
    reason: "searched/zzz.lua, which it looked for in vain, is there now",
  },
  "a module by a link": {
    test: 'assert.equal(1, require "current.m")',
    prepare: (at) => {
      file("v1/m.lua", "return 1\n")(at);
      file("v2/m.lua", "return 2\n")(at);
      symlinkSync("v1", at("current"));
    },
    edit: (at) => {
      rmSync(at("current"));
      symlinkSync("v2", at("current"));
    },
    reason: "current/m.lua, which it reaches by a link, has changed",
  },
  makes: {
    test: 'require("lfs").mkdir "new"',
    prepare: folder("new"),
    edit: gone("new"),
    reason: "new, which it makes, has changed",
    lfs: true,
  },
  "makes what is there": {
    test: 'local lfs = require "lfs" assert(lfs.mkdir "made") assert(lfs.rmdir "made")',
    edit: folder("made"),
    reason: "made, which it makes, is there now",
    lfs: true,
  },
  empties: {
    test: 'assert.is_nil((require("lfs").rmdir "full"))',
    prepare: file("full/x.txt"),
    edit: gone("full/x.txt"),
    reason: "full, which it removes, has changed",
    lfs: true,
  },
  links: {
    test: 'local lfs = require "lfs" assert(lfs.link("linked.txt", "links/tmp", true)) local f = io.open "links/tmp" local s = f:read "*l" f:close() os.remove "links/tmp" assert.equal("1", s)',
    prepare: file("links/linked.txt"),
    edit: file("links/linked.txt", "2\n"),
    reason: "links/linked.txt, which it links to, has changed",
    lfs: true,
  },
  "asks when": {
    test: 'assert.is_true(require("lfs").attributes("when.txt", "modification") > 1e9)',
    prepare: file("when.txt"),
    edit: (at) => utimesSync(at("when.txt"), 1000, 1000),
    reason: "when.txt, which it asks about, has changed",
    lfs: true,
  },
  "asks for all": {
    test: 'assert.is_true(require("lfs").attributes("all.txt").modification > 1e9)',
    prepare: file("all.txt"),
    edit: (at) => utimesSync(at("all.txt"), 1000, 1000),
    reason: "all.txt, which it asks about, has changed",
    lfs: true,
  },
  "asks who may": {
    test: 'assert.equal("rw-", require("lfs").attributes("may.txt", "permissions"):sub(1, 3))',
    prepare: file("may.txt"),
    edit: (at) => chmodSync(at("may.txt"), 0o444),
    reason: "may.txt, which it asks about, has changed",
    lfs: true,
  },
  "asks how often": {
    test: 'assert.equal(1, require("lfs").attributes("often.txt", "nlink"))',
    prepare: file("often.txt"),
    edit: (at) => linkSync(at("often.txt"), at("oftener.txt")),
    reason: "often.txt, which it asks about, has changed",
    lfs: true,
  },
  "asks a link": {
    test: 'assert.equal("link", require("lfs").symlinkattributes("link.txt", "mode"))',
    prepare: (at) => symlinkSync("when.txt", at("link.txt")),
    edit: (at) => {
      rmSync(at("link.txt"));
      file("link.txt")(at);
    },
    reason: "link.txt, which it asks about, has changed",
    lfs: true,
  },
  "changes its folder": {
    test: 'assert.is_nil((require("lfs").chdir "into"))',
    edit: folder("into"),
    reason: "into, which it looked for in vain, is there now",
    lfs: "embedded",
  },
  "writes nowhere": {
    test: 'assert(io.open("/dev/null", "w")):close()',
    reason: null,
  },
  "asks what": {
    test: 'assert.equal("file", require("lfs").attributes("what.txt", "mode"))',
    prepare: file("what.txt"),
    edit: file("what.txt", "other\n"),
    reason: null,
    lfs: true,
  },
  "asks a folder that is written to": {
    test: 'local lfs = require "lfs" assert.equal("directory", lfs.attributes("own").mode) assert(io.open("own/x.txt", "w")):close() os.remove "own/x.txt"',
    prepare: folder("own"),
    reason: null,
    lfs: true,
  },
  "leaves a folder": {
    test: 'local lfs = require "lfs" lfs.mkdir "kept" assert(io.open("kept/x.txt", "w")):close()',
    reason: null,
    lfs: true,
  },
  "removes a folder": {
    test: 'local lfs = require "lfs" assert(lfs.mkdir "scratch") assert(lfs.mkdir "scratch/in") assert(io.open("scratch/in/x.txt", "w")):close() os.remove "scratch/in/x.txt" lfs.rmdir "scratch/in" lfs.rmdir "scratch"',
    reason: null,
    lfs: true,
  },
  scratch: {
    test: 'local f = assert(io.open("scratch.txt", "w")) f:write "1" f:close() f = io.open "scratch.txt" assert.equal("1", f:read "*a") f:close() os.remove "scratch.txt"',
    edit: file("scratch.txt", "other"),
    reason: null,
  },
  leaves: {
    test: 'local f = assert(io.open("kept.txt", "w")) f:write(tostring(os.time())) f:close()',
    edit: file("kept.txt", "other"),
    reason: null,
  },
  "removes and leaves": {
    test: 'os.remove "again.txt" assert(io.open("again.txt", "w")):close()',
    reason: null,
  },
  "writes at once": {
    test: 'assert(io.open("at.tmp", "w")):close() assert(os.rename("at.tmp", "at.txt"))',
    edit: file("at.txt", "other"),
    reason: null,
  },
  "takes a name": {
    test: 'local name = os.tmpname() local f = assert(io.open(name, "w")) f:write "1" f:close() for l in io.lines(name) do assert.equal("1", l) end os.remove(name)',
    reason: null,
  },
};

/** Runs until what specs leave behind is there, then after all changes, and once more. */
async function checkFiles(lua: string, only: (each: Case) => boolean): Promise<void> {
  const asked = Object.entries(cases).filter(([, each]) => only(each));
  const specs = asked.map(([name, { test }]) => [
    `spec/${name}_spec.lua`,
    `it("${name}", function() ${test} end)\n`,
  ]);
  const root = makeProject(Object.fromEntries(specs));
  const at = (name: string) => path.join(root, name);
  for (const [, { prepare }] of asked) prepare?.(at);
  const known = { folder: root, lua };
  for (let time = 0; time < 3; time++) await runChanged(known, ".kept");
  const always = asked.filter(([, { edit, reason }]) => edit === undefined && reason !== null);
  const steady = reasonsIn(await runChanged(known, ".kept"));
  expect(Object.keys(steady).sort()).toEqual(always.map(([name]) => name).sort());
  for (const [, { edit }] of asked) edit?.(at);
  const touched = reasonsIn(await runChanged(known, ".kept"));
  const reasons = asked.filter(([, { reason }]) => reason !== null);
  expect(Object.keys(touched).sort()).toEqual(reasons.map(([name]) => name).sort());
  for (const [name, { reason }] of reasons) expect(touched[name]?.join("; "), name).toContain(reason);
}

const all = () => true;
const withoutLfs = ({ lfs }: Case) => lfs === undefined;

testWith()("what specs do to files, in fengari", () => checkFiles("fengari", all), 120_000);
testWith()("what specs do to files, in 5.1", () => checkFiles("5.1", all), 120_000);
testWith()("what specs do to files, in 5.4", () => checkFiles("5.4", all), 120_000);
testWith("lua5.4", "lua-filesystem")(
  "what specs do to files, in lua5.4 by its LuaFileSystem",
  () => checkFiles("lua5.4", ({ lfs }) => lfs === true),
  120_000,
);
for (const lua of ["lua5.1", "lua5.4", "luajit"] as const satisfies readonly ToolName[])
  testWith(lua)(`what specs do to files, in ${lua}`, () => checkFiles(lua, withoutLfs), 120_000);
