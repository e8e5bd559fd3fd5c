import { expect, test } from "vitest";
import { type LuaText, readLuaText } from "../../src/project/read/luaText.js";

const when = (uses: LuaText["requires"]) => Object.fromEntries(uses.map((each) => [each.name, each.when]));

/** What a text takes for granted. */
const globals: readonly (readonly [text: string, found: Readonly<Record<string, string>>])[] = [
  ["local now = ngx.now", { ngx: "load" }],
  ["return function() return vim.fn.getcwd() end", { vim: "call" }],
  ["it('a', function() vim.cmd 'x' end)", { it: "load", vim: "load" }],
  ["function love.update() end", { love: "load" }],
  ["local vim = {} vim.fn()", {}],
  ["love = { } love.draw()", {}],
  ["_G.ngx = { } ngx.log()", { _G: "load" }],
  ["if ngx then ngx.log() end", {}],
  ["if vim.fn.has 'x' then vim.cmd 'y' else vim.cmd 'z' end", { vim: "load" }],
  ["local f = jit and jit.off or print", {}],
  ["local u = table.unpack or unpack u()", { table: "load" }],
  ["local t = { vim = 1 } t.vim.x()", {}],
  ["for _, ngx in ipairs(a) do ngx.say() end", { ipairs: "load" }],
  ["goto vim ::vim:: print(1)", { print: "load" }],
  ["local ngx = ngx return function() return ngx.now() end", { ngx: "call" }],
  ["local a, lib = 1, vim lib.cmd 'x'", { vim: "load" }],
  ["local unpack = unpack local f = unpack return function() return f {} end", { unpack: "call" }],
  ["local love = love function love.update() end", { love: "load" }],
  ["local ngx = ngx", {}],
  ["local ngx = ngx or {} ngx.now()", {}],
  ["local jit = jit if jit then jit.off() end", {}],
  ["local jit = jit if type(jit) == 'table' then jit.off() end", { type: "load" }],
  ["local vim = vim vim = vim or { } vim.cmd 'x'", {}],
  ["local ngx = ngx ngx = { } ngx.now()", {}],
  ["no Lua at all", {}],
];

test.for(globals)("%s", ([text, found]) => {
  expect(when(readLuaText(Buffer.from(text)).globals)).toEqual(found);
});

const requires: readonly (readonly [text: string, found: Readonly<Record<string, string>>])[] = [
  ['local a = require "a.b"', { "a.b": "load" }],
  ['return function() require("a").b() end', { a: "call" }],
  ['local ok, ffi = pcall(require, "ffi")', {}],
  ['if jit then require "ffi" end', { ffi: "perhaps" }],
  ['local bit = bit or require "bit"', { bit: "perhaps" }],
];

test.for(requires)("modules of %s", ([text, found]) => {
  expect(when(readLuaText(Buffer.from(text)).requires)).toEqual(found);
});

test("what a text sets, and where it looks for modules", () => {
  const text = `
    package.path = "lib/?.lua;./?/init.lua;" .. package.path
    package.loaded["a.b"] = {}
    package.preload.c = print
    _G.d = 1
    function e() end
    return { }`;
  const { defines, provides, templates, returns } = readLuaText(Buffer.from(text));
  expect([defines, provides]).toEqual([
    ["d", "e"],
    ["a.b", "c"],
  ]);
  expect([templates, returns]).toEqual([["lib/?.lua", "./?/init.lua"], true]);
});

test.for([
  ["return 0xFFFFFFFF", "0xFFFFFFFF"],
  ["return 2147483647, 0x7fffffff, 0x000000001", null],
  ["local a = 1\nlocal b = 2147483648 * a", "2147483648"],
  ["return 1e100, 12345678901.5, 0x1p99, .99999999999", null],
  ["return 0xffffffffffULL, 12345678901LL", null],
  ["-- 12345678901\nreturn '12345678901'", null],
] as const)("integers of more than 32 bits in %s", ([text, found]) => {
  expect(readLuaText(Buffer.from(text)).wideInteger).toBe(found);
});
