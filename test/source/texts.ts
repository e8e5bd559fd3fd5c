/** Texts that the Luas judge differently, or for different reasons. */
// biome-ignore format: a table
export const texts: readonly string[] = [
  // Labels and goto.
  "goto a; local x; ::a::", "goto a; local x; ::a:: ;", "goto a; local x; ::a:: ; ::b::", "goto a; local x; ::a:: print(x)",
  "do goto a end; local x; ::a::", "repeat goto c; local x; ::c:: until x", "repeat goto c; local x = 1; ::c:: ; until true",
  "::a:: ::a::", "::a:: do ::a:: end", "do ::a:: end ::a::", "goto a do ::a:: end", "do goto a ::a:: end ::a::", "::a:: local x goto a",
  "for i = 1, 2 do goto cont; local y; ::cont:: end", "for i = 1, 2 do goto cont; local y; ::cont:: print(1) end",
  "while true do goto out end ::out::", "function f() goto a end ::a::", "::x:: function f() goto x end",
  "do local a goto e local b ::e:: end", "do goto e; local a; do ::e:: end end", "goto e; local a = function() end ::e:: local b",
  "goto 1", "goto", "::", "::x", "::x:", "::1::", ":: x ::", ": :x::", "goto x; ::x:: goto x", "goto x", "local function f() goto x end",
  "goto = 1", "local goto = 1", "x.goto = 1", "print(goto)", "function goto() end", "goto a ::a::",
  // Loops and break.
  "break", "do break end", "for i = 1, 2 do break end", "for i = 1, 2 do break print(1) end",
  "for i = 1, 2 do (function() break end)() end", "repeat break until true", "while x do break; y = 1 end", "while x do break y = 1 end",
  "repeat break; until x", "while 1 do if x then break else break end end", "for i = 1, 2 do i = 3 end", "for k, v in x do k = 1 end",
  "for k, v in x do v = 1 end", "for i in x do local i = 1; i = 2 end", "for i = 1 do end", "for i do end", "for i, j = 1, 2 do end",
  "for i = 1, 2, 3, 4 do end", "for 1 = 1, 2 do end",
  // Statements.
  ";", ";;", "x = 1;;y = 2", "return;", "return 1;", "return 1; x = 2", "return return", "do return end x = 1", "if x then return 1; y = 1 end",
  "= 1", "x 1", "x, y", "x", "x.y", "(x)", "@", "x = @", "$", "x = `a`", "\\", "?", "\x01", "x = \x7f", "x += 1", "x == 1", "#", "x = #",
  "if x then", "if x then else elseif y then end", "if x then else end", "if x then elseif y then else end", "if then end", "if x end",
  "while x end", "while do end", "repeat until", "repeat x = 1", "repeat until x y = 1", "do", "end", "do end end",
  "function f end", "function f()", "function f() end end", "function f.g:h() end", "function f:g.h() end", "function 1() end",
  "function (x) end", "x = function end", "x = function(x, y, ...) end", "local function f.x() end", "local function() end", "local x.y = 1",
  "local", "local 1", "local x =", "local x = 1,", "x = ", "return x,", "return ,", "\n\nx = \n\n)", "\nif x then\n\n y = 1\n", "f(\n\n1\n", "{\n",
  // Attributes and globals.
  "local x <const> = 1", "local x <const> = 1; x = 2", "local x <close> = nil", "local x <close>, y <close> = 1, 2", "local x <foo> = 1",
  "local x <const>, y = 1, 2; y = 3", "local x <const> = 1; function x() end", "local x <const> = 1; function x.y() end",
  "local x <const> = 1; local function f() x = 2 end", "local <const> x = 1", "local <const> x, y = 1, 2; y = 1", "local <const> x <close> = nil",
  "global x", "global x, y = 1, 2", "global x <const> = 1; x = 2", "global <const> x, y; y = 1", "global *", "global <const> *; x = 1",
  "global none; y = 1", "global none; none = 1", "global x; do global * end y = 1", "global *; global x; y = 1", "do global x end y = 1",
  "global function f() end f() g()", "global = 1", "global.x = 1", "local global = 1", "global()", "global 'x'", "global {1}", "global x <close>",
  "global x = x", "local x; global x; x = 1", "global y; local x; local function f() return x, y end", "global y; local function f() return z end",
  "global y; _ENV.z = 1", "function f(...args) return args end", "function f(a, ...args) args = 1 end", "function f(...a, b) end",
  "function f() return ... end", "function f(...) return function() return ... end end", "function f(a, ..., b) end", "function f(a,) end",
  // Expressions.
  "a = 1 // 2", "a = 1 & 2 | 3 ~ 4 << 5 >> 6", "a = ~1", "a = 1 ~= 2", "a = a!=b", "a = 'x' 'y'", "a = {1, 2; 3,}", "a = {,}", "a = {1 2}",
  "a = {[1] = 2, x = 3, 4}", "a = {[1]}", "a = {x =}", "a.b.c:d('x'):e{1}[2].f = 3", "a:b = 1", "a:b", "a()", "(a)()", "(a) = 1", "(a).b = 1",
  "a() = 1", "a().b = 1", "a, b = 1", "a, b() = 1", "a, b.c, d[1] = 1, 2", "a, = 1", "f\n(1)", "f\n{1}", "f\n'x'", "x = f\n(1)", "a:b\n(c)",
  "a:\nb(c)", "print 'a', 'b'", "f{...}", "f(1,)", "f(,1)", "f(1", "f(1 2)", "f[1", "f[1]", "f[]()", "f.1()", "f.()", "f:x.y()", "'x':rep(2)", "{}.x()",
  "({}).x = 1", "1()", "nil = 1", "... = 1", "and", "x = and y", "x = y and", "x = (y", "x = (y))", "x = ()", "x = (1, 2)", "x = {\n1\n2}",
  "x = not", "x = -", "x = - - 1", "x = 2^3^4", "x = a..b..c", "x = a < b < c", "x = a == b ~= c",
  // Numerals.
  "x = 0x1p4", "x = 0x1.8p-2", "x = 0x1p+4", "x = 3e", "x = 3e+", "x = 3x", "x = 3 x = 4", "x = 3y=4", "x = 1..2", "x = 1 ..2", "x = .5", "x = 5.",
  "x = 5..", "x = 0xep1", "x = 1e5e5", "x = 1_000", "x = 08", "x = 0b1", "x = 1LL", "x = 1i", "x = 1.2.3", "x = 0xg", "x = 3..'a'", "x = 3.e2",
  "x = 1.i", "x = .5i", "x = 0x1i", "x = 0b1i", "x = 1LLi", "x = 1ull", "x = 1u", "x = 1.0LL", "x = 0b101ULL", "x = 0b12", "x = 0b",
  "x = 18446744073709551615LL", "x = 18446744073709551616LL", "x = 00000000000000000000000000001LL", "x = 0xFFFFFFFFFFFFFFFFLL",
  "x = 0x10000000000000000LL", "x = 0x00000000000000001LL", `x = 0b${"1".repeat(64)}`, `x = 0b${"1".repeat(65)}`, `x = 0b000${"1".repeat(64)}ULL`,
  "x = 1e1048575", "x = 1e1048576", "x = 0e-1048576", "x = 0x1p1048576", "x = 0xep1048576", "x = 0x1p99i", "x = 0x1e1048576",
  "x = .e2", "x = 1e+10", "x = 0x1e+1", "x = 0Xa", "x = 0x1P4",
  // Strings and comments.
  "x = '\\q'", "x = '\\z  a'", "x = '\\x41'", "x = '\\x4'", "x = '\\xg'", "x = '\\u{41}'", "x = '\\u{7FFFFFFF}'", "x = '\\u{80000000}'",
  "x = '\\u{110000}'", "x = '\\u41'", "x = '\\u{41'", "x = '\\u{}'", "x = '\\u{zz}'", "x = '\\065'", "x = '\\256'", "x = '\\2561'", "x = '\\25'",
  "x = '\\\n'", "x = '\\\r\n'", "x = 'a\nb'", "x = 'abc", "x = \"abc", "x = [[a", "x = [==[a]]", "x = [==[a]==]", "x = [=a", "x = [=", "x = [",
  "x = [[a [[b]] c]]", "--[[ a [[ b ]]", "--[==[ a", "--[=[ x ]=] y = 1", "-- x\ny = 1", "--", "--[", "--[=", "x = '\\0' y", "x = 'a\\0b' z",
  "x = [[a\r\nb]] z", "x = [[\n\na]] z", "x = \"a\\n\" z", "x = 'a' 'b", "x = 1 'b\\", "x = 'é' é",
  ...limits(),
];

/** At the limits of locals, upvalues and levels, and one beyond. */
function limits(): string[] {
  const names = (count: number) => Array.from({ length: count }, (_, index) => `a${index}`);
  const locals = [200, 201].flatMap((count) => [
    names(count)
      .map((name) => `local ${name}\n`)
      .join(""),
    `function f(${names(count)}) end`,
    `function f()\n${names(count)
      .map((name) => `local ${name}\n`)
      .join("")} end`,
  ]);
  return [...locals, ...[60, 61, 254, 255, 256].flatMap((count) => upvalues(names(count)))];
}

/** A function that uses so many locals of functions around it; and one that uses a global, too. */
function upvalues(names: readonly string[]): string[] {
  const layers = [names.slice(0, 150), names.slice(150)].filter((layer) => layer.length > 0);
  const begin = layers.map((layer) => `local ${layer}\nlocal function w()\n`).join("");
  const end = "end\n".repeat(layers.length);
  return [names.join("+"), `x+${names.join("+")}`].map(
    (sum) => `${begin}return function() return ${sum} end\n${end}`,
  );
}
