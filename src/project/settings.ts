/** What a configuration should say for tests to run, with the reasons. */

import path from "node:path";
import { outside, wideIntegers } from "../hints/needs.js";
import type { Config } from "../types.js";
import { type Followed, luaText, needText, versionText } from "./blocked.js";
import type { Choice } from "./follow/choose.js";
import type { FoundTemplate, Looking } from "./follow/follow.js";
import type { Needed } from "./follow/reach.js";
import type { Setting } from "./project.js";
import type { Declared } from "./read/declared.js";
import { hasNeeded, type ProjectLua } from "./read/luas.js";

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
  { lua, why, module }: Choice,
  current: ProjectLua,
  all: readonly Followed[],
  { declared, config }: Looking,
): Setting {
  const absent = lua.problem === null ? "" : ` ${lua.name} ${lua.problem}.`;
  const setting = { key: "lua", value: [lua.name] } as const;
  if (why === "declared")
    return { ...setting, reason: `${declaredText(declared, lua)}${absent}`, isNeeded: false };
  if (why === "syntax")
    return { ...setting, reason: `${luaText(current)} does not read what the tests load.`, isNeeded: true };
  if (why === "installed")
    return {
      ...setting,
      reason: `${luaText(lua)} finds ${module}, ${luaText(current)} does not.`,
      isNeeded: true,
    };
  const unmet = all.flatMap(({ test, reached }) =>
    reached.needed
      .filter(({ need }) => need.luas.length > 0 && !hasNeeded(need, current))
      .map((needed) => ({ test, needed })),
  );
  // What only this Lua has says more than what others have, too.
  const [first] = unmet.toSorted((a, b) => weight(b.needed, lua) - weight(a.needed, lua));
  const what = first === undefined ? "" : `${first.test} ${needText(first.needed, shownIn(config))}`;
  const matters = [...outside, wideIntegers];
  const isNeeded = unmet.some(({ needed }) => needed.isCertain || matters.includes(needed.need));
  return { ...setting, reason: `${what}, which ${luaText(current)} does not have.${absent}`, isNeeded };
}

function weight({ need, isCertain }: Needed, { name }: ProjectLua): number {
  return (need.luas[0] === name ? 2 : 0) + (isCertain ? 1 : 0);
}

/** Files as a person in the root would name them, and others by their whole path. */
export function shownIn({ cwd }: Pick<Config, "cwd">): (file: string) => string {
  return (file) => {
    const name = path.relative(cwd, file);
    return name.startsWith("..") ? file : name;
  };
}

function declaredText({ version }: Declared, lua: ProjectLua): string {
  if (version === null) return "";
  const said = `${version.from} says ${versionText(version.version)}`;
  return version.version === lua.version
    ? `${said}.`
    : `${said}, to which ${luaText(lua)} is the nearest here.`;
}
