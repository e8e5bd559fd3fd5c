/** What a configuration should say for tests to run, with the reasons. */

import path from "node:path";
import type { Config } from "../types.js";
import { type Followed, luaText, needText } from "./blocked.js";
import type { Choice } from "./choose.js";
import type { FoundTemplate, Looking } from "./follow.js";
import type { ProjectLua } from "./luas.js";
import type { Setting } from "./project.js";

export function pathSetting(templates: readonly FoundTemplate[], { luaPath }: Config): Setting[] {
  if (templates.length === 0) return [];
  const value = [...new Set([...luaPath, ...templates.flatMap(({ template }) => withPlain(template))])];
  const modules = templates.map(({ module, file }) => `require "${module}" means ${file}`);
  const reason = `${modules.slice(0, 3).join(", ")}${modules.length > 3 ? ", …" : ""}.`;
  return [{ key: "luaPath", value, reason, isNeeded: true }];
}

/** Where folders are modules, files will be. */
function withPlain(template: string): string[] {
  const folder = /^(.*)\?\/init\.lua$/.exec(template)?.[1];
  return folder === undefined ? [template] : [`${folder}?.lua`, template];
}

export function choiceSetting(
  { lua, why }: Choice,
  current: ProjectLua,
  all: readonly Followed[],
  { declared, config }: Looking,
): Setting {
  const needed = all.flatMap(({ test, reached }) => reached.needed.map((each) => ({ test, each })));
  const first = needed.find(({ each }) => each.need.luas.length > 0);
  const absent = lua.problem === null ? "" : ` ${lua.name} ${lua.problem}.`;
  const reasons = {
    needed:
      first === undefined
        ? ""
        : `${first.test} ${needText(first.each, (file) => path.relative(config.cwd, file))}, which ${luaText(current)} does not have.`,
    syntax: `${luaText(current)} does not read what the tests load.`,
    declared: `${declared.version?.from} says ${declared.version?.version}.`,
  };
  return { key: "lua", value: [lua.name], reason: `${reasons[why]}${absent}`, isNeeded: why !== "declared" };
}
