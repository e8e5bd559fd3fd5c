/** What a configuration should say for tests to run, with the reasons. */

import path from "node:path";
import type { Config } from "../types.js";
import { type Followed, luaText, needText, versionText } from "./blocked.js";
import type { Choice } from "./follow/choose.js";
import type { FoundTemplate, Looking } from "./follow/follow.js";
import type { Setting } from "./project.js";
import type { Declared } from "./read/declared.js";
import type { ProjectLua } from "./read/luas.js";

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
    declared: declaredText(declared, lua),
  };
  return { key: "lua", value: [lua.name], reason: `${reasons[why]}${absent}`, isNeeded: why !== "declared" };
}

function declaredText({ version }: Declared, lua: ProjectLua): string {
  if (version === null) return "";
  const said = `${version.from} says ${versionText(version.version)}`;
  return version.version === lua.version
    ? `${said}.`
    : `${said}, to which ${luaText(lua)} is the nearest here.`;
}
