import { noParts } from "../../../hits/byTest/countedParts.js";
import type { Part, Place, Status, Step, TestReport } from "../../../types.js";
import type { Value } from "../../host/primitives/value.js";
import type { TestNews } from "../../news.js";
import { type LuaFunction, type LuaState, lua, toLuaString, toText } from "../fengari.js";
import { setFunctions } from "./bind.js";
import type { Import } from "./bindExport.js";
import { pushValue } from "./bindValue.js";

type TestStep = Extract<Step, { readonly kind: "tests" }>;

/**
 * Pushes the runner of a style, which is what the file of src/lua of its name returns, and its three arguments:
 * the test file, the settings in a table, and by which functions it tells of its tests:
 *
 * - `started(file, line, name…)`: a test begins; `file` and `line` may be nil;
 * - `ended(descriptor, status, seconds, message, traceback, file, line, failedFile, failedLine, name…)`: a test
 *   has ended, or something else than a test has failed; texts and places may be nil;
 * - `complete()`: no more tests will follow;
 * - `ran(kind, file, line, lines, name…)`: as spec/parts has it.
 */
export function pushTestRun(
  L: LuaState,
  step: TestStep,
  importFile: Import,
  tell: (news: TestNews) => void,
): void {
  importFile(L, step.style);
  lua.lua_pushstring(L, toLuaString(step.file));
  const settings = Object.entries(step.settings).filter(([, value]) => value !== null);
  pushValue(L, Object.fromEntries(settings.map(([key, value]) => [key, settingValue(value)])));
  lua.lua_createtable(L, 0, 3);
  setFunctions(L, tellers(tell));
}

function settingValue(value: TestStep["settings"][string]): Value {
  if (typeof value === "string") return toLuaString(value);
  return typeof value === "object" && value !== null ? value.map((each) => toLuaString(each)) : value;
}

function tellers(tell: (news: TestNews) => void): Readonly<Record<string, LuaFunction>> {
  return {
    started: (L) => {
      tell({ kind: "test start", place: placeAt(L, 1), names: textsFrom(L, 3) });
      return 0;
    },
    ended: (L) => {
      tell({ kind: "test end", report: reportOf(L) });
      return 0;
    },
    ran: (L) => {
      tell({ kind: "ran", part: partOf(L), counts: noParts });
      return 0;
    },
    complete: () => {
      tell({ kind: "tests complete" });
      return 0;
    },
  };
}

function partOf(L: LuaState): Part {
  const kind = textAt(L, 1);
  if (kind === "outside") return { kind };
  const [lines, names] = [textAt(L, 4), textsFrom(L, 5)];
  if (kind === "block") return { kind, lines, names };
  const place = placeAt(L, 2);
  return { kind: "test", file: place?.file ?? null, line: place?.line ?? null, lines, names };
}

function reportOf(L: LuaState): TestReport {
  return {
    descriptor: textAt(L, 1),
    status: statusAt(L, 2),
    duration: lua.lua_tonumber(L, 3) * 1000,
    message: textAt(L, 4),
    traceback: textAt(L, 5),
    place: placeAt(L, 6),
    failedAt: placeAt(L, 8),
    names: textsFrom(L, 10),
  };
}

function statusAt(L: LuaState, index: number): Status {
  const text = textAt(L, index);
  return text === "success" || text === "failure" || text === "pending" ? text : "error";
}

function textAt(L: LuaState, index: number): string {
  const text = lua.lua_type(L, index) === lua.LUA_TSTRING ? lua.lua_tolstring(L, index) : null;
  return text === null ? "" : toText(text);
}

function textsFrom(L: LuaState, first: number): string[] {
  const texts: string[] = [];
  for (let index = first; index <= lua.lua_gettop(L); index++) texts.push(textAt(L, index));
  return texts;
}

function placeAt(L: LuaState, index: number): Place | null {
  if (lua.lua_type(L, index) !== lua.LUA_TSTRING || lua.lua_type(L, index + 1) !== lua.LUA_TNUMBER)
    return null;
  return { file: textAt(L, index), line: lua.lua_tonumber(L, index + 1) };
}
