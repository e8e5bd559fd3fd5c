import { expect, test } from "vitest";
import { readNews } from "../../src/engine/native/jobs/news.js";
import { luas } from "../support/debianLua.js";
import { makeFolder } from "../support/folder.js";
import { testWith } from "../support/tools.js";
import { type NativeRun, runNative } from "./native.js";

/** What was written to standard output before each piece of news, and the names of what it tells. */
function inOrder({ news, stdout }: NativeRun): string[] {
  let told = 0;
  return news.flatMap(({ event, written }) => {
    const before = stdout.slice(told, written.stdout ?? stdout.length);
    told += before.length;
    const name = event.kind === "test end" ? `end ${event.report.names.join(" ")}` : event.kind;
    return before === "" ? [name] : [before, name];
  });
}

for (const lua of luas) {
  testWith(lua)(`news of ${lua} stand between what was written before and after, by whomever`, () => {
    const spec = `print "first"
it("a", function() io.write "in a, " os.execute "printf 'by another'" end)
it("b", function() io.stdout:setvbuf("full") io.write "in b" end)
io.write "registered"
`;
    const folder = makeFolder({ "a_spec.lua": spec });
    const steps = [{ kind: "tests", style: "spec", file: "a_spec.lua", settings: {} }] as const;
    const order = inOrder(runNative(lua, { file: "a_spec.lua", steps }, { cwd: folder }));
    // What the program leaves in its buffer when it starts another is behind what that writes, as ever in C.
    expect(order.map((each) => each.replace("by anotherin a, ", "in a, by another"))).toEqual([
      ...["begin", "first\nregistered", "test start", "in a, by another", "end a"],
      ...["test start", "in b", "end b", "tests complete", "end"],
    ]);
  });

  testWith(lua)(`every byte of a name and a message comes through from ${lua}`, () => {
    const spec = `local bytes = {}
for code = 0, 255 do bytes[#bytes + 1] = string.char(code) end
local all = table.concat(bytes)
it(all, function() error(all .. ("x"):rep(100000), 0) end)
`;
    const folder = makeFolder({ "a_spec.lua": spec });
    const steps = [{ kind: "tests", style: "spec", file: "a_spec.lua", settings: {} }] as const;
    const { reports } = runNative(lua, { file: "a_spec.lua", steps }, { cwd: folder });
    const ascii = String.fromCharCode(...Array.from({ length: 128 }, (_, code) => code));
    const rest = String.fromCharCode(...Array.from({ length: 128 }, (_, code) => 0xdc80 + code));
    expect(reports.map(({ names }) => names)).toEqual([[ascii + rest]]);
    expect(reports[0]?.message.endsWith(`${ascii}${rest}${"x".repeat(100_000)}`)).toBe(true);
  });

  testWith(lua)(`a program that closes its output goes on telling: ${lua}`, () => {
    const spec = `it("closes", function() print "last" io.stdout:close() end) it("goes on", function() end)`;
    const folder = makeFolder({ "a_spec.lua": spec });
    const steps = [{ kind: "tests", style: "spec", file: "a_spec.lua", settings: {} }] as const;
    const { reports, stdout } = runNative(lua, { file: "a_spec.lua", steps }, { cwd: folder });
    expect(stdout).toBe("last\n");
    expect(reports.map(({ status }) => status)).toEqual(["success", "success"]);
  });
}

test("a record that is not complete is left for later", () => {
  const bytes = Buffer.from("begin\t0\t0\tsLua 5.4\t-\ncomple");
  const { news, length } = readNews(bytes);
  expect(news.map(({ event }) => event)).toEqual([{ kind: "begin", runtime: "Lua 5.4" }]);
  expect(bytes.toString("latin1", length)).toBe("comple");
});
