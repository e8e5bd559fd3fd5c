/** What files of other tools say of a project. */

import path from "node:path";
import { isFile, readContent } from "../../files/files.js";
import { jsonc } from "../../files/json.js";
import { problemOf, rockspecModules, rockspecOf, textsOf } from "../../harness/plan/modules/rockspec.js";
import type { LuaVersion } from "../../source/dialect.js";

export interface Declared {
  /** The files that say something, and what, in words. */
  readonly files: readonly { readonly name: string; readonly says: string }[];
  /** What is wrong with them, in words. */
  readonly problems: readonly string[];
  /** The Lua that the project is for, and which file says so; null where none does, or several Luas are. */
  readonly version: { readonly version: LuaVersion; readonly from: string } | null;
  /** Files of the project by their modules, as a rockspec installs them: Lua files, or sources in C. */
  readonly modules: Readonly<Record<string, string>>;
  /** Rocks that it needs, by their names. */
  readonly rocks: readonly string[];
  /** Templates of package.path. */
  readonly templates: readonly string[];
  /** The folder that TypeScriptToLua writes; null for none. */
  readonly compiled: string | null;
}

const nothing: Declared = {
  files: [],
  problems: [],
  version: null,
  modules: {},
  rocks: [],
  templates: [],
  compiled: null,
};

/** Reads what is in the root of a project. */
export async function declaredIn(root: string): Promise<Declared> {
  const parts = [...(await rockspecIn(root)), ...languageServerOf(root), ...compilerOf(root)];
  return parts.reduce(joined, nothing);
}

function joined(all: Declared, part: Partial<Declared>): Declared {
  return {
    files: [...all.files, ...(part.files ?? [])],
    problems: [...all.problems, ...(part.problems ?? [])],
    version: all.version ?? part.version ?? null,
    modules: { ...all.modules, ...part.modules },
    rocks: [...all.rocks, ...(part.rocks ?? [])],
    templates: [...all.templates, ...(part.templates ?? [])],
    compiled: all.compiled ?? part.compiled ?? null,
  };
}

async function rockspecIn(root: string): Promise<Partial<Declared>[]> {
  const rockspec = await rockspecOf(root);
  if (rockspec === null) return [];
  const { name, read } = rockspec;
  if (!read.ok) return [{ problems: [problemOf(rockspec)].filter((each) => each !== null) }];
  const { fields } = read;
  const rocks = textsOf(fields.dependencies);
  const ofLua = rocks.find((each) => /^lua\b(?!-)/.test(each)) ?? null;
  const others = [...rocks, ...textsOf(fields.test_dependencies)].filter((each) => each !== ofLua);
  const version = ofLua === null ? null : onlyVersion(ofLua);
  const modules = rockspecModules(fields);
  const count = Object.keys(modules).length;
  const says = [`${count} ${count === 1 ? "module" : "modules"}`, ...(ofLua === null ? [] : [ofLua])].join(
    ", ",
  );
  return [
    {
      files: [{ name, says }],
      version: version === null ? null : { version, from: name },
      modules,
      rocks: others.map((each) => each.split(/[\s<>=~]/)[0] ?? each),
    },
  ];
}

/** The Lua of a dependency that lets but one through: `lua ~> 5.1`, `lua == 5.4`, `lua >= 5.1, < 5.2`. */
function onlyVersion(dependency: string): LuaVersion | null {
  const conditions = Array.from(dependency.matchAll(/(==|~>|>=|<=|<|>)\s*(5\.\d)/g), ([, sign, version]) => {
    return { sign, minor: Number(version?.slice(2)) };
  });
  const exact = /^lua\s+5\.\d/.test(dependency)
    ? [{ sign: "==", minor: Number(dependency.match(/5\.(\d)/)?.[1]) }]
    : [];
  const all = [...conditions, ...exact];
  const fits = versions.filter((version) => all.every((each) => accepts(each, Number(version.slice(2)))));
  return all.length > 0 && fits.length === 1 ? (fits[0] ?? null) : null;
}

const versions: readonly LuaVersion[] = ["5.1", "5.2", "5.3", "5.4", "5.5"];

function accepts(
  { sign, minor }: { readonly sign: string | undefined; readonly minor: number },
  of: number,
): boolean {
  if (sign === ">=") return of >= minor;
  if (sign === ">") return of > minor;
  if (sign === "<=") return of <= minor;
  return sign === "<" ? of < minor : of === minor;
}

/** Of the language server: its Lua, and where it looks for modules. */
function languageServerOf(root: string): Partial<Declared>[] {
  const name = ".luarc.json";
  const settings = jsonIn(path.join(root, name));
  if (settings === null) return [];
  if ("problem" in settings) return [{ problems: [`${name} cannot be read: ${settings.problem}`] }];
  const runtime = object(settings.value.runtime);
  const get = (key: string) =>
    runtime[key] ?? settings.value[`runtime.${key}`] ?? settings.value[`Lua.runtime.${key}`];
  const version = versionNamed(get("version"));
  const paths = [get("path") ?? []].flat().filter((each): each is string => typeof each === "string");
  const says = [
    ...(version === null ? [] : [nameOf(version)]),
    ...(paths.length > 0 ? ["runtime.path"] : []),
  ];
  return [
    {
      files: says.length === 0 ? [] : [{ name, says: says.join(", ") }],
      version: version === null ? null : { version, from: name },
      templates: paths.filter((each) => each.includes("?")),
    },
  ];
}

const nameOf = (version: LuaVersion) => (version === "LuaJIT" ? version : `Lua ${version}`);

/** As the language server and TypeScriptToLua name Luas. */
function versionNamed(value: unknown): LuaVersion | null {
  if (value === "LuaJIT" || value === "JIT") return "LuaJIT";
  return versions.find((version) => value === version || value === `Lua ${version}`) ?? null;
}

function compilerOf(root: string): Partial<Declared>[] {
  const name = "tsconfig.json";
  const settings = jsonIn(path.join(root, name));
  if (settings === null || "problem" in settings || settings.value.tstl === undefined) return [];
  const version = versionNamed(object(settings.value.tstl).luaTarget);
  const { outDir } = object(settings.value.compilerOptions);
  const compiled = typeof outDir === "string" ? path.posix.normalize(outDir).replace(/\/$/, "") : null;
  const says = ["TypeScriptToLua", ...(version === null ? [] : [nameOf(version)])].join(", ");
  return [
    {
      files: [{ name, says: compiled === null ? says : `${says}, into ${compiled}` }],
      version: version === null ? null : { version, from: name },
      compiled,
    },
  ];
}

type Json = Readonly<Record<string, unknown>>;

/** JSON with comments; null for no file, or for what holds no object. */
function jsonIn(file: string): { readonly value: Json } | { readonly problem: string } | null {
  if (!isFile(file)) return null;
  try {
    const value: unknown = jsonc().parse(readContent(file).toString("utf8"), [], {
      allowTrailingComma: true,
    });
    return typeof value === "object" && value !== null
      ? { value: object(value) }
      : { problem: "it holds no object" };
  } catch (cause) {
    return { problem: cause instanceof Error ? cause.message : String(cause) };
  }
}

function object(value: unknown): Json {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
