import { accessSync, constants, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { type TestAPI, test } from "vitest";
import { isReadableByAll } from "../../src/engine/native/agent/readable.js";

/** What a test needs that not every machine with Node has. */
interface Tool {
  /** Where it is on this machine; null when it is not. Starts nothing. */
  readonly find: () => string | null;
  readonly debianPackage?: string;
  /** Whether a prepared machine, too, may be without it. */
  readonly isOptional?: boolean;
}

/** Every tool that a test uses, and every file of somebody else's: a new one is a row. */
const tools = {
  "lua5.1": command("lua5.1", "lua5.1"),
  "lua5.2": command("lua5.2", "lua5.2"),
  "lua5.3": command("lua5.3", "lua5.3"),
  "lua5.4": command("lua5.4", "lua5.4"),
  "lua5.5": { find: () => existing(path.join(import.meta.dirname, "lua55/lua5.5")), isOptional: true },
  luajit: command("luajit", "luajit"),
  "lua-lpeg": cModule("lpeg.so", "lua-lpeg"),
  "lua-cjson": cModule("cjson.so", "lua-cjson"),
  "lua-filesystem": cModule("lfs.so", "lua-filesystem"),
  "lua-socket": cModule("socket/core.so", "lua-socket"),
  nvim: command("nvim", "neovim"),
  nginx: { find: () => commands("nginx")[0] ?? existing("/usr/sbin/nginx"), debianPackage: "nginx-light" },
  "nginx-lua": { find: findNginxLua },
  love: { ...command("love", "love"), isOptional: true },
  tarantool: { ...command("tarantool", "tarantool"), isOptional: true },
  luarocks: command("luarocks", "luarocks"),
  busted: { find: findBusted, debianPackage: "lua-busted" },
  luassert: luaModule("luassert/init.lua", "lua-luassert"),
  luaunit: luaModule("luaunit.lua", "lua-unit"),
  penlight: luaModule("pl/init.lua", "lua-penlight"),
  lcov: command("lcov", "lcov"),
  genhtml: command("genhtml", "lcov"),
  xmllint: command("xmllint", "libxml2-utils"),
  chromium: command("chromium", "chromium"),
  dot: command("dot", "graphviz"),
  gzip: command("gzip", "gzip"),
  sed: command("sed", "sed"),
  prove: command("prove", "perl"),
  make: command("make", "make"),
  git: command("git", "git"),
  script: command("script", "bsdutils"),
  bash: command("bash", "bash"),
  zsh: command("zsh", "zsh"),
  fish: command("fish", "fish"),
  setsid: command("setsid", "util-linux"),
  "time zones": { find: () => existing("/usr/share/zoneinfo/Asia/Kolkata"), debianPackage: "tzdata" },
  "the packages in .ci/run": { find: findOracleModules },
  "suites of specs, in LUA_SUITES": { find: () => suites("LUA_SUITES"), isOptional: true },
  "LuaUnit's sources, in LUAUNIT_SUITE": { find: () => suites("LUAUNIT_SUITE"), isOptional: true },
  "Penlight's sources, in PENLIGHT_SUITE": { find: () => suites("PENLIGHT_SUITE"), isOptional: true },
  "LuaCov's files, in ../shared/luacov-golden": {
    find: () => existing(path.join(import.meta.dirname, "../../../shared/luacov-golden")),
  },
  "a /usr/local/share/lua without luassert": { find: findNoLuassert, isOptional: true },
  "files that can be refused": { find: findRefusal, isOptional: true },
  Linux: { find: () => (process.platform === "linux" ? existing("/proc/self/fd") : null), isOptional: true },
} as const satisfies Record<string, Tool>;

export type ToolName = keyof typeof tools;

/** Modules that Debian's packages install for Lua 5.3 or 5.1: what the oracle measures, and nothing else. */
export const oracleModules = [
  "MessagePack",
  "argparse",
  "basexx",
  "busted",
  "cliargs",
  "dkjson",
  "inifile",
  "inspect",
  "luassert",
  "luaunit",
  "mediator",
  "moses",
  "moses_min",
  "pl",
  "say",
  "system",
  "term",
  "uri",
] as const;

/**
 * `test` for what needs these tools. Where one is missing, the test is left out and says so at the end of the
 * run; on a prepared machine (CI=true) it fails, unless MISSING_TOOLS has the names of those that may be missing,
 * with commas between them, or `skip` for all.
 */
export function testWith(...names: readonly ToolName[]): TestAPI<{ tools: undefined }> {
  return test.extend<{ tools: undefined }>({
    tools: [
      async ({ skip }, use) => {
        const missing = names.filter((name) => !hasTool(name));
        const required = missing.filter(isRequired);
        if (required.length > 0) throw new Error(reasonFor(required));
        if (missing.length > 0) skip(reasonFor(missing));
        await use(undefined);
      },
      { auto: true },
    ],
  });
}

export function isToolName(name: string): name is ToolName {
  return Object.hasOwn(tools, name);
}

export function hasTool(name: ToolName): boolean {
  return tools[name].find() !== null;
}

/** The file or folder of a tool that the test has asked for. */
export function toolPath(name: ToolName): string {
  const found = tools[name].find();
  if (found === null) throw new Error(`${reasonFor([name])}. Whoever uses it asks by testWith first`);
  return found;
}

function isRequired(name: ToolName): boolean {
  const { isOptional }: Tool = tools[name];
  const mayBeMissing = (process.env.MISSING_TOOLS ?? "").split(",");
  const isMissed = !mayBeMissing.includes("skip") && !mayBeMissing.includes(name);
  return process.env.CI === "true" && isMissed && isOptional !== true;
}

function reasonFor(names: readonly ToolName[]): string {
  const wanted: readonly Tool[] = names.map((name) => tools[name]);
  const packages = new Set(wanted.flatMap(({ debianPackage }) => debianPackage ?? []));
  const remedy = packages.size === 0 ? "" : ` (apt-get install ${[...packages].join(" ")})`;
  return `not here: ${names.join("; ")}${remedy}`;
}

function command(name: string, debianPackage: string): Tool {
  return { find: () => commands(name)[0] ?? null, debianPackage };
}

/** A module where Debian installs those of lua5.3. */
function luaModule(file: string, debianPackage: string): Tool {
  return { find: () => existing(path.join("/usr/share/lua/5.3", file)), debianPackage };
}

/** A module in C where Debian installs those of each Lua. */
function cModule(file: string, debianPackage: string): Tool {
  const folders = () => namesIn("/usr/lib").filter((name) => /-linux-gnu/.test(name));
  const files = () => folders().map((name) => path.join("/usr/lib", name, "lua/5.4", file));
  return { find: () => files().find((each) => existsSync(each)) ?? null, debianPackage };
}

function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

/** All programs of a name on PATH, in its order. */
function commands(name: string): string[] {
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter((each) => path.isAbsolute(each));
  return folders.map((folder) => path.join(folder, name)).filter(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function existing(file: string): string | null {
  return existsSync(file) ? file : null;
}

/** A busted that is a Lua program, for whose modules lua5.3 can look: LuaRocks puts a shell script first. */
function findBusted(): string | null {
  if (existing("/usr/share/lua/5.3/busted/runner.lua") === null) return null;
  return commands("busted").find((file) => /^#!.*\blua/.test(readFileSync(file, "latin1"))) ?? null;
}

function findOracleModules(): string | null {
  const folders = ["/usr/share/lua/5.3", "/usr/share/lua/5.1"];
  const isInstalled = (module: string) =>
    folders.some((folder) => [module, `${module}.lua`].some((name) => existsSync(path.join(folder, name))));
  return oracleModules.every(isInstalled) ? "/usr/share/lua" : null;
}

/** Debian's Lua module for nginx with all that it needs, unpacked into a folder by .ci/run. */
function findNginxLua(): string | null {
  const folder = process.env.NGINX_LUA ?? "";
  return existsSync(path.join(folder, "usr/lib/nginx/modules/ngx_http_lua_module.so")) ? folder : null;
}

/** Where LuaRocks installs; specs take the assertions that they find there. */
function findNoLuassert(): string | null {
  const folder = "/usr/local/share/lua/5.3";
  return existsSync(path.join(folder, "luassert")) ? null : folder;
}

/** Where root runs the tests, somebody else has to be able to run the command. */
function findRefusal(): string | null {
  if (process.getuid === undefined) return null;
  const command = path.join(import.meta.dirname, "../../bin/luacov-ts.js");
  return process.getuid() !== 0 || [command, process.execPath].every(isReadableByAll) ? command : null;
}

function suites(variable: string): string | null {
  const folder = process.env[variable] ?? "";
  return existsSync(folder) && readdirSync(folder).length > 0 ? folder : null;
}
