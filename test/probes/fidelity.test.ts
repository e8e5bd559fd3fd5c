import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { parse } from "../../src/source/syntax.js";
import { makeFolder } from "../support/folder.js";
import { testWith } from "../support/tools.js";
import { luas, run, runProbed, versionOf } from "./run.js";

/** Programs whose output, messages and lines would tell that there are probes. */
const programs: readonly (readonly [what: string, text: string])[] = [
  ["an empty text", ""],
  ["a comment alone", "-- nothing"],
  ["a shebang", "#!/usr/bin/lua\nprint(debug.getinfo(1).currentline)\nerror('here')"],
  ["a byte order mark", "\ufeffprint(1)\nlocal x = nil + 1"],
  ["a byte order mark and a shebang", "\ufeff#!/usr/bin/lua\nprint(2)\nprint(nil .. 1)"],
  ["carriage returns", "local x = 1\r\nif x then\r\n  print(x)\r\nend\r\nerror('five')"],
  ["no end of the last line", "local function f() return end\nprint(f()) -- a comment"],
  [
    "comments and long strings at the ends of lines",
    "local a = [[x\ny]] --[[ c\n]] print(a) -- end\nlocal b = a --x\nprint(#b)--",
  ],
  ["statements without spaces", "local a=1;local b=2print(a)if(a)then(print)(b)end;do(print)(a)end"],
  [
    "a statement that begins with a parenthesis",
    "local f = print\nlocal t = {}\n;(f)(1)\nif t then (f)(2) end\nfor i = 1, 2 do (f)(i) end",
  ],
  ["semicolons", "local a = 1; print(a); do print(2); end; for i = 1, 1 do print(i); end; return;"],
  [
    "multiple results",
    "local function f(...) return ... end\nprint(f(1, 2, nil), (f(1, 2)), { f(1, 2, 3) }, select('#', f(nil, nil)))\nprint(#{ f(1, 2, 3) }, f())",
  ],
  [
    "varargs in operands",
    "local function f(...) local a = ... or 5 local b = ... and 6 return a, b, not ... end\nprint(f()) print(f(1, 2)) print(f(false)) print(f(nil, 1))",
  ],
  [
    "calls without results in operands",
    "local function none() end\nlocal x = none() or 3\nif none() and x then else print(x, none() == nil and none() or 4) end",
  ],
  [
    "precedence",
    "local a, b, c = 1, 2, false\nprint(a + b < 4 and not c == true, -a ^ b or c, a .. b == '12' and #'x' + 1 or 0, not a and b or not (c and a))",
  ],
  [
    "calls with strings and tables",
    "local t = { b = { c = {} } }\nfunction t.b.c:d(s) return s or self end\nlocal a = t.b['c']:d 'str' and t.b.c:d { 1 } or print\nprint(type(a), (t.b.c:d[[x]] or 1):upper())",
  ],
  [
    "tail calls",
    "local function loop(n) if n == 0 then return debug.traceback('deep') end return loop(n - 1) end\nprint(loop(100000))",
  ],
  ["a deep recursion's end", "local function f() return 1 + f() end\nprint(pcall(f) == false)"],
  [
    "runtime errors and their lines",
    "local function try(f) print(pcall(f)) end\ntry(function()\n  local t\n  return t.x\nend)\ntry(function()\n  return {} < {}\n    or 1\nend)\ntry(function() return undefined\n  .x and 1\nend)\ntry(function() local s = 'a'\n  if s.y\n    .z and s then return 1 end\nend)\ntry(function() return #5 end)\ntry(function() local x = 'a' + 1 end)\ntry(function() error({}) end)\ntry(function() error('level', 2) end)\ntry(function() return ('x')() end)\ntry(function() for i = 1, 'x' do end end)\ntry(function() undefinedFunction() end)",
  ],
  [
    "an index over lines in operands",
    "local function try(f) print(pcall(f)) end\nlocal t = {}\ntry(function() if t.a.b\n and t then return 1 end end)\ntry(function() if (t.a.b\n) and t then return 1 end end)\ntry(function() return t and t.a\n.b\n or 2 end)\ntry(function() if not t.a.b\n and t then return 1 end end)\ntry(function() return t.a\n or t.b.c\n end)\ntry(function() while t\n and t.x.y\n do end end)",
  ],
  [
    "coroutines",
    "local co = coroutine.wrap(function(a) while a do a = coroutine.yield(a and a + 1 or nil) end return 'done' end)\nprint(co(1), co(2), co())\nlocal left = coroutine.create(function() coroutine.yield(1) print 'never' end)\nprint(coroutine.resume(left))\nprint(coroutine.status(left))",
  ],
  [
    "environments",
    "local env = { print = print }\nlocal f\nif setfenv then f = setfenv(function() x = 1 return x or 2 end, env) else f = load('x = 1 return x or 2', 'c', 't', env) end\nprint(f(), env.x, x)",
  ],
  [
    "a local environment",
    "local print = print\nlocal function f() local _ENV = { y = 5 } return y or 6 end\nprint(f())",
  ],
  [
    "a strict environment",
    "setmetatable(_G, { __index = function(_, name) error('undeclared ' .. tostring(name), 2) end, __newindex = function(_, name) error('new ' .. name, 2) end })\nprint(pcall(function() return nothing and 1 end))\nprint(pcall(function() A = 1 end))\nlocal A, B = 1, 2\nprint(A and B or A)",
  ],
  ["names of ours", "local A, B, A1 = 1, 2, 3\nlocal function f(B1) return A and B1 or B end\nprint(f(A1))"],
  [
    "upvalues",
    "local a, b = 1, 2\nlocal function f() return a and b or _G end\nfor i = 1, 5 do print((debug.getupvalue(f, i))) end",
  ],
  [
    "dumped functions",
    "local f = (loadstring or load)(string.dump(function(a) if a then return a and 1 or 2 end print 'no' end))\nprint(f(1)) f()",
  ],
  ["a function's methods", "local c = {}\nfunction c.a.b() end"],
  [
    "numbers that raise",
    "local n = 0\nfor i = 1, 2 do local ok, m = pcall(function() local x = i % n if x == 1 then print 'one' end local y = 5 % i return y end) print(ok) end\nprint(1 % 3 == 1 and 2 ^ 2 > 3)",
  ],
  [
    "goto continue",
    "for i = 1, 3 do\n  if i == 2 then goto continue end\n  local x = i\n  print(x)\n  ::continue::\nend\ndo goto done local y ::done:: end\nlocal n = 0\n::top:: n = n + 1\nif n < 3 then goto top end\nrepeat local z = n if z then goto out end until z ::out:: print(n)",
  ],
  [
    "goto into the end of a block",
    "for i = 1, 2 do\n  for j = 1, 2 do\n    if j == i then goto next_i end\n    print(i, j)\n  end\n  ::next_i:: ;\nend",
  ],
  ["goto as a name", "local goto = 1\nif goto then print(goto) end"],
  [
    "breaks in the middle",
    "while true do print 'once' break print 'never' end\nfor i = 1, 3 do if i > 1 then break end print(i) end\nrepeat if x then else break end until false",
  ],
  [
    "integers and bits",
    "local a = 7 // 2 | 1 << 2 ~ 5 & ~0\nlocal ok, m = pcall(function() local z = 0 return 1 // z end)\nprint(a, ok, m) for i = 1, 2 do local x = i // 1 if x > 1 and i | 1 == 3 then print(x) end end",
  ],
  [
    "variables that are closed",
    "local function closer(n) return setmetatable({}, { __close = function() print('close', n) if n == 3 then error('closing') end end }) end\ndo local a <close> = closer(1) print 'in' end\nlocal function f() local b <close> = closer(2) return 'r' end print(f())\nprint(pcall(function() for i = 1, 2 do local c <close> = closer(i + 1) if i == 2 then break end end print 'behind' end))\nlocal k <const> = 5 print(k and k + 1)\nwhile true do local d <close> = closer(4) if k then break end end\nprint(pcall(function() do local e <close> = closer(3)\n print 'body'\n end print 'never' end))",
  ],
  [
    "an iterator that is closed",
    "local function each() return function(_, i) if i < 2 then return i + 1 end end, nil, 0, setmetatable({}, { __close = function() print 'closed' end }) end\nfor i in each() do print(i) end for i in each() do break end",
  ],
  [
    "globals that are declared, or must not be",
    "global print, pcall, load\nprint(pcall(function() global print = 1 end))\nprint(pcall(function()\n  global y = 1\n  global y = 2\nend))\nprint(load 'global a b = 1')\nprint(load 'global a; b = 1')\nprint(load 'global <const> a; a = 1')\nprint(load 'for i = 1, 2 do i = 3 end')\nprint(load 'local function f(...t) t = 1 end')\nglobal z\nif z and z.x then print(z) end\nz.x = 1",
  ],
  [
    "declared globals where no local is left",
    `global print\n${Array.from({ length: 200 }, (_, index) => `local v${index} = ${index}`).join("\n")}\nif v1 and print then print(v1 or 2) end\nfor i = 1, 2 do if i == v1 or i > v5 then print(i) end end`,
  ],
];

for (const lua of luas) {
  testWith(lua).for(programs)(`in ${lua} nobody sees probes in %s`, ([, text]) => {
    const file = path.join(makeFolder({}), "program.lua");
    writeFileSync(file, text);
    const parsed = parse(Buffer.from(text), versionOf(lua));
    const plain = run(lua, file);
    if (!parsed.ok) return;
    const { status, output } = runProbed(lua, [file]);
    expect({ status, output: withoutAddresses(output) }).toEqual({
      ...plain,
      output: withoutAddresses(plain.output),
    });
  });
}

function withoutAddresses(output: string): string {
  return output.replaceAll(/0x[0-9a-f]+/g, "0x");
}
