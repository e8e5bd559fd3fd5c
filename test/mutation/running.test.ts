import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { StrykerReport } from "luacov-ts";
import { expect, test } from "vitest";
import { runCli } from "../support/cli.js";
import { makeFolder } from "../support/folder.js";
import { makeRepository } from "../support/repository.js";
import { testWith } from "../support/tools.js";
import { fatesIn, makeMutationProject, mutatedIn } from "./project.js";

const spec = { tests: "spec" };

/** A source whose mutants would do harm, and a spec that fails of each. */
function harmful(outside: string) {
  return {
    "data.txt": "precious",
    "src/harm.lua": `
local harm, outside = {}, ${JSON.stringify(outside)}
function harm.loop(n) while n > 0 do n = n - 1 end return n end
function harm.fill(n) local t = {} repeat t[#t + 1] = ("x"):rep(100000) .. #t until #t >= n return #t end
function harm.write(far) local f = io.open(far and outside or "own.txt", "w") f:write("x") f:close() end
function harm.leave(early) if early then os.exit(0) end return "here" end
function harm.remove(all) if all then os.remove("data.txt") end local f = io.open("data.txt") return f and f:read("a") end
function harm.start(shell) if shell then os.execute("touch started.txt") end end
return harm`,
    "spec/harm_spec.lua": `
local harm = require "src.harm"
it("loops", function() assert.equal(0, harm.loop(3)) end)
it("fills", function() assert.equal(2, harm.fill(2)) end)
it("writes", function() harm.write(false) assert.truthy(io.open("own.txt")) end)
it("leaves", function() assert.equal("here", harm.leave(false)) end)
it("removes", function() assert.equal("precious", harm.remove(false)) end)
it("starts", function() harm.start(false) end)`,
  };
}

test.for(["fengari", "5.4"])("no mutant in %s does any harm, and each has its end", async (lua) => {
  const outside = path.join(makeFolder({}), "outside.txt");
  const folder = makeMutationProject(harmful(outside));
  const kinds = "ConditionalExpression,ArithmeticOperator,EqualityOperator,LogicalOperator";
  const flags = ["--lua", lua, "--jobs", "1", "--max-memory", "300", "--mutators", kinds];
  const { code, stdout } = await runCli(folder, [
    "mutate",
    ...flags,
    "--mutation-reporter",
    "text",
    "--json",
  ]);
  expect(code).toBe(0);
  const report: StrykerReport = JSON.parse(stdout);
  const fates = Object.values(report.files).flatMap(({ mutants }) =>
    mutants.map(({ id, status }) => `${id} ${status}`),
  );
  expect(fates.map((fate) => fate.replace("src/harm.lua:", ""))).toEqual([
    "3:29 ConditionalExpression Killed",
    "3:31 EqualityOperator Killed",
    "3:31 EqualityOperator 2 Killed",
    "3:44 ArithmeticOperator Timeout",
    "4:48 ArithmeticOperator Timeout",
    "4:85 ConditionalExpression Killed",
    "4:88 EqualityOperator Killed",
    "4:88 EqualityOperator 2 Killed",
    "5:48 LogicalOperator Killed",
    "5:60 LogicalOperator Killed",
    "6:31 ConditionalExpression Killed",
    "6:31 ConditionalExpression 2 Survived",
    "7:30 ConditionalExpression Killed",
    "7:30 ConditionalExpression 2 Survived",
    "7:104 LogicalOperator Killed",
    "8:31 ConditionalExpression Killed",
    "8:31 ConditionalExpression 2 Survived",
  ]);
  expect(existsSync(outside)).toBe(false);
  expect(
    ["data.txt", "own.txt", "started.txt"].filter((name) => existsSync(path.join(folder, name))),
  ).toEqual(["data.txt"]);
});

const sign = {
  "src/sign.lua": `
return function(number)
  if number < 0 then return "negative" end
  return "positive"
end`,
  "spec/sign_spec.lua": `
local sign = require "src.sign"
describe("the sign of", function()
  it("minus one", function() assert.equal("negative", sign(-1)) end)
  it("one", function() assert.equal("positive", sign(1)) end)
end)`,
};

test("a run goes on where another one was ended, and what it knows is what that has found out", async () => {
  const folder = makeMutationProject(sign);
  const stop = new AbortController();
  let fates = 0;
  const onProgress = ({ kind }: { readonly kind: string }) => {
    if (kind === "fate" && ++fates === 3) stop.abort();
  };
  const first = await mutatedIn(folder, { ...spec, jobs: 1 }, { signal: stop.signal, onProgress });
  expect(first).toMatchObject({ interrupted: true, ran: 3, known: 0, left: 7 });
  const second = await mutatedIn(folder, spec);
  expect(second).toMatchObject({ interrupted: false, ran: 7, known: 3, left: 0 });
  const anew = await mutatedIn(folder, spec, { force: true });
  expect(anew).toMatchObject({ ran: 10, known: 0 });
  expect(fatesIn(anew)).toEqual(fatesIn(second));
  expect(fatesIn(second).slice(0, 3)).toEqual(fatesIn(first));
});

test("what a mutant alone loads or reads decides its fate, too", async () => {
  const chosen = {
    "src/one.lua": "return 1",
    "src/two.lua": "return 1",
    "data/a.txt": "1",
    "data/b.txt": "1",
    "src/choose.lua": `
return function(first)
  local f = io.open(first == 1 and "data/a.txt" or "data/b.txt")
  local number = f:read("*n")
  f:close()
  return require(first == 1 and "src.one" or "src.two") + number
end`,
    "spec/choose_spec.lua": 'it("chooses", function() assert.equal(2, require("src.choose")(1)) end)',
  };
  const folder = makeMutationProject(chosen);
  const kinds = ["--mutators", "LogicalOperator", "--mutation-reporter", "text", "src/choose.lua"];
  const told = async () => {
    const { stdout, stderr } = await runCli(folder, ["mutate", ...kinds]);
    const survived = [...stdout.matchAll(/^src.choose.lua:(\d+):.*survived/gm)].map(([, line]) => line);
    return [/(\d+) mutants? to run/.exec(stderr)?.[1], survived];
  };
  expect(await told()).toEqual(["4", ["3", "6"]]);
  expect(await told()).toEqual(["0", ["3", "6"]]);
  writeFileSync(path.join(folder, "src/two.lua"), "return 2");
  expect(await told()).toEqual(["1", ["3"]]);
  writeFileSync(path.join(folder, "data/b.txt"), "2");
  expect(await told()).toEqual(["1", []]);
});

test("what has changed is tried again, and nothing else", async () => {
  const two = {
    ...sign,
    "src/double.lua": "return function(n) return 2 * n end",
    "spec/double_spec.lua": 'it("doubles", function() assert.equal(4, require("src.double")(2)) end)',
  };
  const folder = makeMutationProject(two);
  expect(await mutatedIn(folder, spec)).toMatchObject({ ran: 14, known: 0 });
  writeFileSync(path.join(folder, "spec/double_spec.lua"), `${two["spec/double_spec.lua"]} -- other`);
  expect(await mutatedIn(folder, spec)).toMatchObject({ ran: 4, known: 10 });
  writeFileSync(path.join(folder, "src/sign.lua"), `${sign["src/sign.lua"]} -- other`);
  expect(await mutatedIn(folder, spec)).toMatchObject({ ran: 10, known: 4 });
});

const readers: readonly (readonly [what: string, reading: string, file: string])[] = [
  ["a file that it reads", 'io.open(here .. "data/words.txt"):close()', "data/words.txt"],
  ["a file that was not there", 'io.open(here .. "data/none.txt")', "data/none.txt"],
  ["a module that was not there", 'pcall(require, "src.none")', "src/none.lua"],
];

test.for(readers)("what depends on %s is tried again", async ([, reading, file]) => {
  const folder = makeMutationProject({
    ...sign,
    "data/words.txt": "words",
    "src/double.lua": "return function(n) return 2 * n end",
    "spec/double_spec.lua": `local here = debug.getinfo(1, "S").source:match "^@(.*)spec/"
    it("doubles", function()
      ${reading}
      io.open(here .. "own.txt", "w"):close()
      io.open(here .. "own.txt"):close()
      assert.equal(4, require("src.double")(2))
    end)`,
  });
  expect(await mutatedIn(folder, spec)).toMatchObject({ ran: 14, known: 0 });
  expect(await mutatedIn(folder, spec)).toMatchObject({ ran: 0, known: 14 });
  writeFileSync(path.join(folder, file), "return nil");
  expect(await mutatedIn(folder, spec)).toMatchObject({ ran: 4, known: 10 });
});

test("comments silence mutants, with a reason, by kind or all", async () => {
  const folder = makeMutationProject({
    "src/a.lua": `
return function(n)
  if n >= 3 then -- luacov: ignore mutants EqualityOperator,NumberLiteral -- it never is
    n = 3
  end
  -- luacov: ignore mutants -- for people
  print("n", n)
  -- luacov: ignore mutants Equality
  local x = n + 1
  return x -- luacov: ignore mutants
  -- luacov: disable
end`,
    "spec/a_spec.lua": 'it("adds", function() assert.equal(2, require("src.a")(1)) end)',
  });
  const { sources, notices } = await mutatedIn(folder, spec);
  const ignored = sources.flatMap(({ mutants }) =>
    mutants.filter(({ status }) => status === "Ignored").map(({ id, reason }) => `${id}: ${reason}`),
  );
  expect(ignored).toEqual([
    "3:8 EqualityOperator: it never is",
    "3:8 EqualityOperator 2: it never is",
    "3:11 NumberLiteral: it never is",
    "7:3 CallStatement: for people",
    "7:9 StringLiteral: for people",
    "7:9 ArgumentOrder: for people",
    "10:10 ReturnValue: ignored by a comment",
  ]);
  expect(notices.map(({ message }) => message.replace(/;.*/, ""))).toEqual([
    'src/a.lua:8: "luacov: ignore mutants Equality" names no kind of mutants',
  ]);
});

test("a setup counts for the tests of its block, and what is loaded for all of the file", async () => {
  const folder = makeMutationProject({
    "src/a.lua": "local a = { size = 1 }\nfunction a.grow() a.size = a.size + 2 end\nreturn a",
    "spec/a_spec.lua": `
local a = require "src.a"
it("before", function() end)
describe("grown", function()
  setup(function() a.grow() end)
  it("is three", function() assert.equal(3, a.size) end)
  it("is there", function() end)
end)`,
    "spec/b_spec.lua": 'it("is of another", function() end)',
  });
  const { sources, tests } = await mutatedIn(folder, {
    ...spec,
    mutators: ["ArithmeticOperator", "NumberLiteral"],
  });
  const name = (id: string) => tests.find((each) => each.id === id)?.name;
  expect(
    sources.flatMap(({ mutants }) =>
      mutants.map(({ id, coveredBy, killedBy }) => [id, coveredBy.map(name), killedBy.map(name)]),
    ),
  ).toEqual([
    ["1:20 NumberLiteral", ["before", "grown is three", "grown is there"], ["grown is three"]],
    ["2:35 ArithmeticOperator", ["grown is three", "grown is there"], ["grown is three"]],
    ["2:37 NumberLiteral", ["grown is three", "grown is there"], ["grown is three"]],
  ]);
});

test("sources are files, folders, globs and lines", async () => {
  const folder = makeMutationProject({ ...sign, "src/b/c.lua": "return function(n) return n + 1 end" });
  const idsOf = async (...sources: readonly string[]) => fatesIn(await mutatedIn(folder, spec, { sources }));
  expect(await idsOf("src/b")).toEqual([
    "src/b/c.lua:1:20 BlockStatement NoCoverage",
    "src/b/c.lua:1:27 ReturnValue NoCoverage",
    "src/b/c.lua:1:29 ArithmeticOperator NoCoverage",
    "src/b/c.lua:1:31 NumberLiteral NoCoverage",
  ]);
  expect(await idsOf("src/*.lua:4")).toEqual([
    "src/sign.lua:4:10 ReturnValue Killed",
    "src/sign.lua:4:10 StringLiteral Killed",
  ]);
  expect((await idsOf("src/sign.lua:1-3", "src/sign.lua:4")).length).toBe(10);
  await expect(idsOf("src/sing.lua")).rejects.toThrow(
    'No source is called "src/sing.lua": perhaps src/sign.lua',
  );
});

testWith("git")("with since, there are mutants of the change alone", async () => {
  const repository = makeRepository(sign);
  const { folder } = repository;
  repository.write({
    "src/sign.lua": sign["src/sign.lua"].replace('return "positive"', 'number = "positive"\n  return number'),
  });
  const options = { ...spec, since: "main" };
  expect(fatesIn(await mutatedIn(folder, options, { force: true }))).toEqual([
    "src/sign.lua:4:12 StringLiteral Killed",
    "src/sign.lua:5:10 ReturnValue Killed",
  ]);
  expect(await mutatedIn(folder, options, { sources: ["src/sign.lua:5"] })).toMatchObject({
    known: 1,
    ran: 0,
  });
});

test("where a test fails without a mutant, it is named, and nothing is left behind", async () => {
  const failing = { ...sign, "spec/bad_spec.lua": 'it("is bad", function() error("no luck") end)' };
  const folder = makeMutationProject(failing);
  await expect(mutatedIn(folder, spec)).rejects.toThrow(
    /^\S*spec\/bad_spec\.lua: is bad fails without any mutant, so that nothing could be told from its failure: \S*spec\/bad_spec\.lua:1: no luck$/,
  );
  expect(readFileSync(path.join(folder, "src/sign.lua"), "utf8")).toBe(sign["src/sign.lua"]);
  const writing = { ...sign, "spec/w_spec.lua": 'it("starts", function() assert(os.execute("true")) end)' };
  await expect(mutatedIn(makeMutationProject(writing), spec)).rejects.toThrow(
    /--no-sandbox lets it, and its mutants/,
  );
});

test("what cannot be told by tests, or confined, is refused", async () => {
  const folder = makeMutationProject(sign);
  const refused = (options: object) => expect(mutatedIn(folder, { ...spec, ...options })).rejects;
  await refused({ framework: "busted" }).toThrow("by-test does not work with framework busted");
  await refused({ collector: "hook" }).toThrow("by-test does not work with collector hook");
  await refused({ lua: "luajit" }).toThrow("say --no-sandbox where that may be, or choose an embedded Lua");
});

test("scripts are tests, too", async () => {
  const folder = makeMutationProject({
    "src/sign.lua": sign["src/sign.lua"],
    "test/a.lua": 'assert(require("src.sign")(1) == "positive")',
    "test/b.lua": 'assert(require("src.sign")(-1) == "negative")',
  });
  const { sources, tests } = await mutatedIn(folder, { tests: "test", mutators: ["StringLiteral"] });
  const killedBy = sources.flatMap(({ mutants }) => mutants.flatMap((each) => each.killedBy));
  expect(killedBy.map((id) => tests.find((each) => each.id === id)?.name)).toEqual([
    "test/b.lua",
    "test/a.lua",
  ]);
});

testWith("luaunit")("a suite of LuaUnit runs the tests that cover a mutant", async () => {
  const folder = makeMutationProject({
    "src/sign.lua": sign["src/sign.lua"],
    "test/sign.lua": `
local lu, sign = require "luaunit", require "src.sign"
TestSign = {}
function TestSign:testBelow() lu.assertEquals(sign(-1), "negative") end
function TestSign:testAbove() lu.assertEquals(sign(1), "positive") end
os.exit(lu.LuaUnit.run())`,
  });
  const { sources, tests } = await mutatedIn(folder, { tests: "test", mutators: ["StringLiteral"] });
  const nameOf = (id: string) => tests.find((each) => each.id === id)?.name;
  expect(
    sources.flatMap(({ mutants }) =>
      mutants.map(({ coveredBy, killedBy }) => [coveredBy.map(nameOf), killedBy.map(nameOf)]),
    ),
  ).toEqual([
    [["TestSign testBelow"], ["TestSign testBelow"]],
    [["TestSign testAbove"], ["TestSign testAbove"]],
  ]);
});
