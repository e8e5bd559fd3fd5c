import { expect } from "vitest";
import { testWith } from "../support/tools.js";
import { allLuas, expectSame, makeProject } from "./agent.js";
import { type HookProgram, hookPrograms } from "./hookPrograms.js";

const files = Object.fromEntries(hookPrograms.map(({ text }, index) => [`p${index}.lua`, text]));

/** Some of the programs in one process, each in a chunk of its own. */
function mainOf(isShown: (needs: HookProgram["needs"]) => boolean): string {
  const shown = hookPrograms.flatMap(({ needs }, index) => (isShown(needs) ? [index] : []));
  return `for _, i in ipairs { ${shown.join(", ")} } do
  print("== " .. i)
  dofile("p" .. i .. ".lua")
end
`;
}

/** A program whose functions are clients of ours. */
function client(text: string): string {
  return `if jit then jit.off() end\nlocal hooks = ("").luacov_ts "hooks"\n${text}`;
}

/** Who listens, as the environment says. */
const listeners: readonly Readonly<Record<string, string>>[] = [
  { LUACOV_TS_COLLECTOR: "hook" },
  { LUACOV_TS_PROFILE: "exact" },
  { LUACOV_TS_PROFILE: "sampling" },
  { LUACOV_TS_COLLECTOR: "hook", LUACOV_TS_PROFILE: "exact" },
];

const clients: readonly (readonly [name: string, text: string, printed: string])[] = [
  [
    "hears what is in its mask, of the function at its level",
    `local function f() return 1 end
local lines, calls = 0, 0
local one = hooks.add { mask = "l", call = function(event, line, level)
  if debug.getinfo(level or 2, "f").func == f then lines = lines + (event == "line" and line == 3 and 1 or 100) end
end }
local two = hooks.add { mask = "c", catches = true, call = function(event, line, level)
  if debug.getinfo(level or 2, "f").func == f then calls = calls + 1 end
end }
f() f()
hooks.remove(one)
f()
hooks.remove(two)
f()
print(lines, calls, debug.gethook())`,
    "2\t3\tnil",
  ],
  [
    "may add and remove clients in its events",
    `local heard = {}
local first, second
local function f() return 1 end
first = hooks.add { mask = "l", call = function(_, _, level)
  if debug.getinfo(level, "f").func ~= f then return end
  heard[#heard + 1] = "first"
  hooks.remove(first)
  second = hooks.add { mask = "l", call = function(_, _, level)
    if debug.getinfo(level, "f").func ~= f then return end
    heard[#heard + 1] = "second"
    hooks.remove(second)
  end }
end }
f() f() f()
print(table.concat(heard, " "))`,
    "first second",
  ],
  [
    "is removed when it fails, and others go on",
    `local failing, other = 0, 0
local one = hooks.add { mask = "l", call = function() failing = failing + 1 error("a mistake of ours") end }
local two = hooks.add { mask = "l", call = function() other = other + 1 end }
local x = 1
x = 2
x = 3
hooks.remove(two)
print(failing, other >= 4, one.isOn)`,
    "1\ttrue\tfalse",
  ],
  [
    "hears coroutines, also those made before it, and may be for one alone",
    `local listens = hooks.add { mask = "c", call = function() end }
local function f() end
local function body() coroutine.yield() f() end
local before, wrapped = coroutine.create(body), coroutine.wrap(body)
coroutine.resume(before) wrapped()
local all, own = 0, 0
local after
local function count(event, line, level) return debug.getinfo(level + 1, "f").func == f and 1 or 0 end
local everywhere = hooks.add { mask = "c", call = function(e, l, level) all = all + count(e, l, level) end }
after = coroutine.create(body)
local one = hooks.add { mask = "c", thread = after, call = function(e, l, level) own = own + count(e, l, level) end }
coroutine.resume(before) wrapped() coroutine.resume(after) coroutine.resume(after)
for _, each in ipairs { listens, everywhere, one } do hooks.remove(each) end
print(all, own)`,
    "3\t1",
  ],
  [
    "counts instructions, each in its own size",
    `local a, b = 0, 0
local one = hooks.add { count = 1000, call = function(_, n) a = a + n end }
local two = hooks.add { count = 700, call = function(_, n) b = b + n end }
local i = 0
while a < 200000 do i = i + 1 end
hooks.remove(one) hooks.remove(two)
print(a, math.abs(b - a) <= 3000)`,
    "200000\ttrue",
  ],
  [
    "counts instructions of many short coroutines",
    `local n = 0
local function body() local x = 1 for i = 1, 20 do x = x + i end return x end
local one = hooks.add { count = 1000, call = function(_, passed) n = n + passed end }
for i = 1, 2000 do coroutine.wrap(body)() end
hooks.remove(one)
print(n > 50000, n < 1000000)`,
    "true\ttrue",
  ],
];

for (const lua of allLuas) {
  const isFirst = lua === "lua5.1";

  testWith(lua)(`${lua}: programs' hooks see what they see without us, where probes measure`, () => {
    const shown = mainOf((needs) => !isFirst || needs !== "functions that load");
    const { stdout } = expectSame(makeProject({ ...files, "main.lua": shown }, []), [lua, "main.lua"]);
    expect(stdout).toContain(`== ${hookPrograms.length - 1}\n`);
  });

  testWith(lua).for(listeners)(
    `${lua}: programs' hooks see what they see without us, with %j`,
    (listening) => {
      const replacesLoad = listening.LUACOV_TS_COLLECTOR === undefined;
      const isShown = (needs: HookProgram["needs"]) =>
        !isFirst || needs === undefined || (needs === "functions that load" && !replacesLoad);
      const project = makeProject({ ...files, "main.lua": mainOf(isShown) });
      const plain = project.plain([lua, "main.lua"]);
      expect(project.run([lua, "main.lua"], listening)).toEqual(plain);
    },
  );

  testWith(lua).for(clients)(`${lua}: a client %s`, ([, text, printed]) => {
    const project = makeProject({ "main.lua": client(text) }, []);
    const { stdout, stderr } = project.run([lua, "main.lua"]);
    expect([stdout, stderr]).toEqual([expect.stringContaining(printed), ""]);
    const mistakes = /a mistake of ours/.test(text)
      ? [expect.stringMatching(/^listener .*: a mistake of ours$/)]
      : [];
    expect(project.doubts()).toEqual(mistakes);
  });
}
