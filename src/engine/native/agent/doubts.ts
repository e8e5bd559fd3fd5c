/** Libraries in C that read nothing but what they are handed, as far as tests are concerned; lfs is followed by the agent. */
const known: ReadonlySet<string> = new Set([
  ...[
    "lfs",
    "lpeg",
    "re",
    "lpeglabel",
    "lpegrex",
    "cjson",
    "cjson.safe",
    "cjson.core",
    "rapidjson",
    "struct",
  ],
  ...[
    "utf8",
    "lua-utf8",
    "bit",
    "bit32",
    "compat53.utf8",
    "compat53.string",
    "compat53.table",
    "compat53.io",
  ],
  ...["zlib", "lxp", "lxp.lom", "term.core", "system.core", "MessagePack", "iconv", "unicode", "lua_cliargs"],
]);

/** What is in doubt where a program has loaded libraries: those written in C are not followed. */
export function doubtsOfLibraries(names: readonly string[]): string[] {
  return names
    .filter((name) => !known.has(name))
    .map((name) => `loads ${name}, which may read what nobody can follow`);
}
