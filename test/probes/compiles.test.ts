import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { insertProbes } from "../../src/coverage/probes/insertProbes.js";
import { parseNewest } from "../../src/source/syntax.js";
import { luaFiles, oracleFiles } from "../oracle/native.js";
import { judges } from "../source/judge.js";
import { makeFolder } from "../support/folder.js";
import { testWith, toolPath } from "../support/tools.js";

const root = path.join(import.meta.dirname, "../..");
const own = ["src/lua", "test", "bench", "examples"].flatMap((name) => [
  ...luaFiles(path.join(root, name)).keys(),
]);
const files = [...own, ...oracleFiles().keys()];

/** The texts of all files that any Lua reads, plain and probed, as long as C's strings can hold them. */
function textsFor(upvalues: 60 | 255) {
  return files.flatMap((file) => {
    const source = readFileSync(file);
    const parsed = parseNewest(source);
    if (!parsed.ok || source.includes(0)) return [];
    const { text } = insertProbes(source, parsed.syntax, { upvalues });
    return [{ file, plain: source.toString("latin1"), probed: Buffer.from(text).toString("latin1") }];
  });
}

test.for(judges)("what compiles in Lua %s does so with probes", { timeout: 300_000 }, ([version, judge]) => {
  // The judges skip no first line with "#".
  const compiles = (text: string) => judge(text.replace(/^#[^\n]*/, "")).ok;
  const texts = textsFor(version === "5.1" ? 60 : 255).filter(({ plain }) => compiles(plain));
  expect(texts.length).toBeGreaterThan(50);
  expect(texts.filter(({ probed }) => !compiles(probed)).map(({ file }) => file)).toEqual([]);
});

testWith("luajit")("what compiles in LuaJIT does so with probes", { timeout: 300_000 }, () => {
  const folder = makeFolder({});
  const rows = textsFor(60).map(({ file, plain, probed }, index) => {
    const copies = [path.join(folder, `${index}.plain`), path.join(folder, `${index}.probed`)];
    writeFileSync(copies[0] ?? "", plain, "latin1");
    writeFileSync(copies[1] ?? "", probed, "latin1");
    return `${file}\t${copies.join("\t")}\n`;
  });
  writeFileSync(path.join(folder, "index"), rows.join(""));
  const code = `for row in io.lines(${JSON.stringify(path.join(folder, "index"))}) do
    local file, plain, probed = row:match "^(.*)\t(.*)\t(.*)$"
    if loadfile(plain) and not loadfile(probed) then print(file) end
  end`;
  const { status, stdout } = spawnSync(toolPath("luajit"), ["-e", code], { encoding: "utf8" });
  expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
});

test.for([
  "global print\nlocal x = 1\nif x and print then print(x or 2) end",
  "global <const> *\nlocal function f(...args) return args.n or args[1] and print end\nf(1)",
  "global x = 1\nglobal function g() return x and 1 end\nfor i = 1, 2 do g(i and x) end",
  "local x <const> = 5\nglobal none\ndo local y <close> = nil if y then return none end end",
])("declarations of globals leave probes what they need: %s", (text) => {
  const source = Buffer.from(text);
  const parsed = parseNewest(source);
  if (!parsed.ok) throw new Error(parsed.message);
  const probed = Buffer.from(insertProbes(source, parsed.syntax, { upvalues: 255 }).text).toString();
  const judge = new Map(judges).get("5.5");
  expect([judge?.(text), judge?.(probed)]).toEqual([{ ok: true }, { ok: true }]);
});
