import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { allocateBytes } from "../../host/primitives/memory.js";
import { openModuleCode } from "./moduleCode.js";
import { narrow, withNarrowArithmetic } from "./numbers/narrowArithmetic.js";

/**
 * Loads the modules of fengari 0.1.5, whose text is changed in seven respects. Strings are made of memory that is asked for
 * before it is taken, since one call can take all that there is. Lists of jumps, as a chain of a thousand
 * operands or `elseif`s has, are not walked from their start for each jump; a name
 * that a text has again and again is copied once. And slots of a Lua stack are emptied, not
 * deleted. An array that is long and has many holes becomes a dictionary in V8 when an element is deleted: a
 * program that was a few dozen calls deep, or unpacked a hundred values, ran at less than half its speed from
 * then on. `node bench/machine.mjs` shows the difference. And arithmetic tells where its 32 bits are too few
 * (numbers/narrowArithmetic.ts). A coroutine that has caught an error has its hooks still. And numbers of calls and states are small
 * integers from the beginning.
 */

type Exports = ReturnType<NodeJS.Require>;

const ours = createRequire(import.meta.url);
const folder = path.dirname(ours.resolve("fengari"));
const code = openModuleCode(folder);
const loaded = new Map<string, { exports: Exports }>();

const parameters = "exports, require, module, narrow, allocateBytes";

/** Keeps V8's code of what is loaded for the next process; `callMore` has functions called that most programs will call. */
export function keepModuleCode(callMore: () => void): void {
  code.keep(callMore);
}

/** A module of fengari by its file's name, "lstate.js", as they require each other. */
export function requireFengari(name: string): Exports {
  const file = path.join(folder, name);
  const known = loaded.get(file);
  if (known !== undefined) return known.exports;
  const module: { exports: Exports } = { exports: {} };
  loaded.set(file, module);
  const run = code.compile(file, parameters, () => changed(name, readFileSync(file, "utf8")));
  run.call(module.exports, module.exports, requireFrom(file), module, narrow, allocateBytes);
  return module.exports;
}

/** Packages for `os.tmpname` and `debug.debug` alone, which are the host's here: they take a fifth of the time that fengari does. */
const unused: Readonly<Record<string, Exports>> = {
  tmp: {},
  "readline-sync": { setDefaultOptions: () => {} },
};

/** `require` inside of a module: another one of fengari, or a package. */
function requireFrom(file: string): (id: string) => Exports {
  return (id) =>
    id.startsWith("./") ? requireFengari(id.slice(2)) : (unused[id] ?? createRequire(file)(id));
}

/** Changes of one module. */
const changes: Readonly<Record<string, (text: string) => string>> = {
  "defs.js": withSmallNumbers,
  "lapi.js": withHooksKept,
  "lcode.js": withJumpTails,
  "llex.js": withKnownNames,
  "lstate.js": withSmallNumbers,
};

function changed(name: string, text: string): string {
  const change = changes[name] ?? ((same) => same);
  return withNarrowArithmetic(name, withAllocations(change(withoutDeletions(text))));
}

/** Emptied slots look like deleted ones: both read as undefined. */
export function withoutDeletions(text: string): string {
  return text.replace(/\bdelete (\w+\.stack\[(?:[^[\]]|\[[^\]]*\])*\]);/g, "$1 = undefined;");
}

/** Where the size is what a program makes it. */
export function withAllocations(text: string): string {
  return text.replace(/\bnew Uint8Array\((newsize|size|tl|l)\)/g, "allocateBytes($1)");
}

const walk = "let list = l1;\n        let next = getjump(fs, list);";
const append = "fixjump(fs, list, l2);\n    }\n\n    return l1;";

/** `luaK_concat` of lcode.js begins at the last jump of a list that it has seen, not at the first one each time. */
export function withJumpTails(text: string): string {
  return text
    .replace(
      walk,
      () =>
        "fs.tails ??= new Map();\n        let list = fs.tails.get(l1) ?? l1;\n        let next = getjump(fs, list);",
    )
    .replace(
      append,
      () =>
        "fixjump(fs, list, l2);\n        fs.tails.set(l1, fs.tails.get(l2) ?? l2);\n    }\n\n    return l1;",
    );
}

const forgetting = "ci.callstatus &= ~lstate.CIST_OAH | L.allowhook;";

/** `lua_pcallk` of lapi.js notes whether hooks are allowed, for when an error is caught; as lstate.h has setoah. */
export function withHooksKept(text: string): string {
  return text.replace(forgetting, "ci.callstatus = (ci.callstatus & ~lstate.CIST_OAH) | L.allowhook;");
}

const newString = "let ts = luaS_new(L, str);\n    /* HACK";

/** `luaX_newstring` of llex.js copies the bytes of a name only where the text has it for the first time. */
export function withKnownNames(text: string): string {
  return text.replace(
    newString,
    () =>
      "let known = ls.h.strong.get(luaS_hash(str));\n    if (known) return known.key.tsvalue();\n    let ts = luaS_new(L, str);\n    /* HACK",
  );
}

/**
 * The fields of a state and of its calls are integers. What V8 sees first in them is NaN, so that it keeps each as a double in an object
 * of its own: six for every call.
 */
export function withSmallNumbers(text: string): string {
  return text.replace(/\b(this\.\w+) = NaN;/g, "$1 = 0;");
}
