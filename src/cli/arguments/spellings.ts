import { bustedAdvice } from "../../config/bustedAdvice.js";
import { usage } from "../../errors.js";

/** Flags of one letter; busted's where it has them. */
export const shortFlags: Readonly<Record<string, string>> = {
  t: "tags",
  r: "run",
  p: "pattern",
  o: "output",
  m: "lua-path",
  f: "config-file",
  C: "directory",
  l: "list",
  c: "coverage",
  R: "recursive",
  k: "keep-going",
  e: "execute",
  s: "enable-sound",
  v: "version",
  j: "jobs",
  n: "name",
  w: "watch",
  q: "quiet",
  h: "help",
};

/** What busted's flags are called here. */
const others: Readonly<Record<string, string>> = {
  lpath: "lua-path",
  cpath: "lua-cpath",
  "list-tests": "list",
  "sort-tests": "sort",
  "no-sort-tests": "no-sort",
  "sort-files": "no-shuffle-files",
  "keep-going": "bail=0",
  "no-keep-going": "bail=1",
  Xhelper: "helper-args",
};

/** What to use in place of flags that busted has and that mean nothing here. */
const instead: Readonly<Record<string, string>> = {
  execute: bustedAdvice.e,
  verbose: "failures are always shown with all that is known of them",
  "no-verbose": "--test-reporter dot and --quiet show less",
  lang: bustedAdvice.lang,
  loaders: bustedAdvice.loaders,
  Xoutput: "a reporter's file follows its name, as in --test-reporter junit=junit.xml",
  "coverage-config-file": bustedAdvice["coverage-config-file"],
  "enable-sound": "have the shell say it: luacov-ts || say failed",
  "no-enable-sound": "there is no sound",
  "ignore-lua": "the Lua is what --lua says, whatever a .busted has",
  "auto-insulate": "each test file has a Lua state of its own",
  "no-auto-insulate": bustedAdvice["auto-insulate"],
  "defer-print": "--test-reporter dot shows failures at the end",
  "no-defer-print": "results are shown as they come",
  "no-sort-files": "--shuffle-files runs files in another order than that of their names",
};

/** All that `spelled` knows beside the flags themselves, for who has mistyped one. */
export const otherSpellings: readonly string[] = [...Object.keys(others), ...Object.keys(instead)];

/**
 * An argument with its flags written out: `-tslow` is `--tags=slow`, `-lq` is `--list --quiet`, `--lpath=src` is `--lua-path=src`.
 * Throws USAGE for one of busted's that means nothing here.
 */
export function spelled(argument: string, takesValue: (flag: string) => boolean): string[] {
  if (argument.startsWith("--")) return [longFlag(argument.slice(2))];
  if (/^-X(helper|output)(=|$)/.test(argument)) return [longFlag(argument.slice(1), argument.slice(0, 8))];
  if (!/^-[A-Za-z]/.test(argument)) return [argument];
  const name = shortFlags[argument[1] ?? ""];
  if (name === undefined) return [argument];
  const rest = argument.slice(2);
  const flag = longFlag(name, argument.slice(0, 2));
  if (rest === "") return [flag];
  if (takesValue(name)) return [`${flag}=${rest.replace(/^=/, "")}`];
  return [flag, ...spelled(`-${rest}`, takesValue)];
}

/** `typed` is what stands there. */
function longFlag(text: string, typed = `--${text.split("=")[0]}`): string {
  const [name = ""] = text.split("=");
  const advice = instead[name];
  if (advice !== undefined) throw usage(`There is no ${typed} here: ${advice}`);
  const other = others[name];
  return other === undefined ? `--${text}` : `--${other}${text.slice(name.length)}`;
}
