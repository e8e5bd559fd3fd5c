/** What programs rely on that not every Lua has. */

/** Something that an embedded Lua does not have, and who does, the likeliest first. */
export interface Need {
  /** As in "relies on …". */
  readonly what: string;
  /** In a message of a failed test; null where that says nothing of it. */
  readonly sign: RegExp | null;
  /** In a text: the globals whose fields it uses or that it calls, and the modules that it requires. */
  readonly globals: readonly string[];
  readonly modules: RegExp | null;
  readonly luas: readonly string[];
  /** What to do where no Lua can run tests that has it. */
  readonly instead?: string;
}

/** What is known for a module in C: nobody can tell by its name. */
export const moduleInC: Need = {
  what: "a module in C",
  sign: /written in C, which the embedded Lua cannot load/,
  globals: [],
  modules: /^(?:cjson|lpeg|socket|mime|ssl|posix|luv|lsqlite3|luasql|zlib|lyaml|lxp|openssl)(?:\.|$)/,
  luas: ["lua5.3", "lua", "lua5.4", "luajit", "lua5.1", "lua5.2"],
};

/** How Luas say that a global is nothing: by itself, in a local that it was taken into, or as a field of _G. */
function absent(names: string, kinds = "global|upvalue|local|field"): RegExp {
  const variable = `(?:${kinds}) '(?:${names})'`;
  return new RegExp(`a nil value \\(${variable}\\)|${variable} \\(a nil value\\)`);
}

/** Any of some signs. */
function anyOf(...signs: readonly RegExp[]): RegExp {
  return new RegExp(signs.map(({ source }) => source).join("|"));
}

/** For what only Luas outside of Node have. */
export const outside: readonly Need[] = [
  moduleInC,
  {
    what: "LuaJIT",
    sign: anyOf(/module '(?:ffi|bit|jit(?:\.\w+)*)' not found/, absent("jit")),
    globals: ["jit"],
    modules: /^(?:ffi|bit|jit(?:\.\w+)*)$/,
    luas: ["luajit"],
  },
  {
    what: "Neovim",
    sign: anyOf(/module 'vim\.[\w.]+' not found/, absent("vim")),
    globals: ["vim"],
    modules: /^vim\./,
    luas: ["nvim"],
  },
  {
    what: "LÖVE",
    sign: anyOf(/module 'love(?:\.[\w.]+)?' not found/, absent("love")),
    globals: ["love"],
    modules: /^love(?:\.|$)/,
    luas: [],
    instead:
      "have the test make the table love that it needs, or measure the game as it runs: luacov-ts cover -- love .",
  },
  {
    what: "OpenResty",
    sign: anyOf(/module '(?:ngx|(?:ngx|resty)\.[\w.]+)' not found/, absent("ngx")),
    globals: ["ngx"],
    modules: /^(?:ngx$|(?:ngx|resty)\.)/,
    luas: ["resty"],
  },
];

/** For what another one that is embedded has. */
export const inside: readonly Need[] = [
  {
    what: "what Lua 5.1 had",
    // Locals of the other names are ordinary.
    sign: anyOf(
      absent("setfenv|getfenv|loadstring|unpack|newproxy", "global|upvalue|local"),
      absent("module", "global"),
    ),
    globals: ["setfenv", "getfenv", "loadstring", "unpack", "module", "newproxy"],
    modules: null,
    luas: ["5.1"],
  },
];

/** What fengari does not have, for tests that wait for the collector of garbage: by the keys of metatables. */
export const ofCollector: Readonly<Record<string, Need>> = {
  __mode: { what: "weak tables", sign: null, globals: [], modules: null, luas: ["5.3"] },
  __gc: { what: "finalizers", sign: null, globals: [], modules: null, luas: ["5.3"] },
};

/** What fengari does not have, for arithmetic whose results do not fit. */
export const wideIntegers: Need = {
  what: "integers of more than 32 bits",
  sign: null,
  globals: [],
  modules: null,
  luas: ["5.3"],
};
