import { cpSync, existsSync } from "node:fs";
import path from "node:path";
import { makeFolder } from "../support/folder.js";
import { type ToolName, toolPath } from "../support/tools.js";

/** What LuaCov 0.17 wrote for a small project with ten configurations on four Luas. */
export const goldenFiles = "LuaCov's files, in ../shared/luacov-golden" as const satisfies ToolName;

export const goldenLuas = ["lua5.1", "lua5.3", "lua5.4", "luajit"] as const;

/** The configurations with where each writes its two files. */
const configs = {
  default: null,
  exclude: null,
  include: null,
  modules: null,
  runreport: null,
  strings: null,
  tick: ["stats.txt", "report.txt"],
  unknown: null,
  untested: null,
  "untested-list": null,
} as const satisfies Record<string, readonly [string, string] | null>;

export type GoldenConfig = keyof typeof configs;
export const goldenConfigs = Object.keys(configs).filter((name): name is GoldenConfig => name in configs);

export interface GoldenFile {
  readonly config: GoldenConfig;
  readonly file: string;
}

/** The stats files of a Lua; a configuration that deletes them has none. */
export function goldenStats(lua: string): GoldenFile[] {
  return goldenConfigs.flatMap((config) => found(config, goldenFile(config, lua, "stats")));
}

/** The reports of a Lua; a configuration whose reporter is missing has none. */
export function goldenReports(lua: string): GoldenFile[] {
  return goldenConfigs.flatMap((config) => found(config, goldenFile(config, lua, "report")));
}

/** The name of a file of LuaCov's with a configuration. */
export function nameOf(config: GoldenConfig, which: "stats" | "report"): string {
  return configs[config]?.[which === "stats" ? 0 : 1] ?? `luacov.${which}.out`;
}

export function goldenFile(config: GoldenConfig, lua: string, which: "stats" | "report"): string {
  return path.join(toolPath(goldenFiles), "expected", config, lua, nameOf(config, which));
}

function found(config: GoldenConfig, file: string): GoldenFile[] {
  return existsSync(file) ? [{ config, file }] : [];
}

/** A copy of the project with a configuration, as LuaCov found it. */
export function goldenProject(config: GoldenConfig): string {
  const folder = makeFolder({});
  cpSync(path.join(toolPath(goldenFiles), "project"), folder, { recursive: true });
  cpSync(path.join(toolPath(goldenFiles), "configs", `${config}.luacov`), path.join(folder, ".luacov"));
  return folder;
}
