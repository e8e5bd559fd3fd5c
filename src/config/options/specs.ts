import { list, text, words, yesNo } from "./kinds.js";

/** Which specs run, and what busted has for that. */
export const specs = {
  tags: words("TAGS", "run only specs with one of these #tags"),
  excludeTags: words("TAGS", "do not run specs with these #tags; wins over tags"),
  filter: list([], "PATTERN", "run only specs whose full name matches this Lua pattern"),
  filterOut: list([], "PATTERN", "do not run specs whose full name has a match of this Lua pattern"),
  name: list([], "NAME", "run only the spec of this full name"),
  sort: yesNo(false, "run the specs of a block in the order of their names"),
  lazy: yesNo(false, "let setup and teardown of specs run only when a test needs them"),
  helper: text(undefined, "FILE", "a Lua file or module that runs before the specs of each file"),
  helperArgs: words("ARGS", "what the helper gets as arg"),
  suppressPending: yesNo(false, "leave pending specs out of the results"),
  configFile: text(undefined, "FILE", "busted's configuration; default: .busted in the project root"),
  run: text(undefined, "TASK", "the task of busted's configuration; default: default"),
} as const;
