import type { Config } from "../types.js";
import type { OptionKey, ValidOptions } from "./options/options.js";
import { validate } from "./validate.js";

type Value = string | number | boolean;
type Settings = Readonly<Record<string, readonly Value[]>>;

/** How a value of busted's becomes one of ours; all of them are lists there. */
const conversions = {
  list: (values: readonly Value[]) => values,
  one: ([value]: readonly Value[]) => value,
  // busted takes texts that are numbers for numbers.
  number: ([value]: readonly Value[]) => (Number.isNaN(Number(value)) ? value : Number(value)),
  // Not to keep going is to stop after the first failure.
  bail: ([value]: readonly Value[]) => (value === false ? 1 : 0),
} as const;

/** Options of ours by busted's names. Where several are one here, each of them counts. */
const options: Readonly<Record<string, readonly [key: OptionKey, conversion: keyof typeof conversions]>> = {
  lpath: ["luaPath", "list"],
  cpath: ["luaCpath", "list"],
  tags: ["tags", "list"],
  "exclude-tags": ["excludeTags", "list"],
  filter: ["filter", "list"],
  "filter-out": ["filterOut", "list"],
  name: ["name", "list"],
  helper: ["helper", "one"],
  Xhelper: ["helperArgs", "list"],
  "keep-going": ["bail", "bail"],
  repeat: ["repeat", "number"],
  seed: ["seed", "number"],
  shuffle: ["shuffle", "one"],
  "shuffle-files": ["shuffleFiles", "one"],
  "shuffle-tests": ["shuffleTests", "one"],
  sort: ["sort", "one"],
  "sort-tests": ["sort", "one"],
  lazy: ["lazy", "one"],
  "suppress-pending": ["suppressPending", "one"],
};

/** What says which files are tests or how results look, and what is so anyway: files are sorted, and measured. */
const elsewhere = [
  ...["ROOT", "pattern", "exclude-pattern", "recursive", "sort-files", "coverage", "ignore-lua"],
  ...["output", "Xoutput", "verbose", "defer-print", "enable-sound"],
];

/** Values of settings that change nothing, because they say what is so anyway. An empty text says nothing. */
const harmless: Readonly<Record<string, readonly Value[]>> = {
  "auto-insulate": [true],
  "coverage-config-file": [".luacov", "./.luacov"],
  directory: [".", "./"],
  lang: ["en"],
  list: [false],
  loaders: ["lua"],
};

/** Busted's settings of `file` as options of ours. Throws CONFIG for a value of a wrong type. */
export function bustedOptions(settings: Settings, file: string): ValidOptions {
  const entries = Object.entries(options).flatMap(([key, [own, conversion]]) => {
    const values = settings[key];
    // An empty text is what busted has for none.
    if (values === undefined || values.length === 0 || values[0] === "") return [];
    return [{ key, own, value: conversions[conversion](values) }];
  });
  const input: Record<string, unknown> = {};
  for (const { own, value } of entries) input[own] = input[own] === true ? true : value;
  const keyOf = (own: string) => entries.find((entry) => entry.own === own)?.key ?? own;
  return validate(input, (own) => ({ key: keyOf(own), file }));
}

/** The settings that have no counterpart here and are not what is so anyway. */
export function ignoredSettings(settings: Settings): string[] {
  const luaIsIgnored = settings["ignore-lua"]?.[0] === true;
  return Object.entries(settings).flatMap(([key, values]) => {
    if (Object.hasOwn(options, key) || elsewhere.includes(key) || (key === "lua" && luaIsIgnored)) return [];
    const each = values.flatMap((value): readonly Value[] =>
      typeof value === "string" ? value.split(",") : [value],
    );
    return each.every((value) => value === "" || harmless[key]?.includes(value)) ? [] : [key];
  });
}

/** A configuration with options that count where nobody has set anything else, and what runs before each spec. */
export function withFallbacks(config: Config, found: ValidOptions, prelude: string | null): Config {
  const or = <T>(key: OptionKey, value: T | undefined, current: T): T =>
    value === undefined || config.given.includes(key) ? current : value;
  const { specs } = config;
  return {
    ...config,
    luaPath: or("luaPath", found.luaPath, config.luaPath),
    luaCpath: or("luaCpath", found.luaCpath, config.luaCpath),
    bail: or("bail", found.bail, config.bail),
    repeat: or("repeat", found.repeat, config.repeat),
    seed: or("seed", found.seed, config.seed),
    ...shuffling(config, found),
    specs: {
      tags: or("tags", found.tags, specs.tags),
      excludeTags: or("excludeTags", found.excludeTags, specs.excludeTags),
      filter: or("filter", found.filter, specs.filter),
      filterOut: or("filterOut", found.filterOut, specs.filterOut),
      name: or("name", found.name, specs.name),
      sort: or("sort", found.sort, specs.sort),
      lazy: or("lazy", found.lazy, specs.lazy),
      helper: or("helper", found.helper, specs.helper),
      helperArgs: or("helperArgs", found.helperArgs, specs.helperArgs),
      suppressPending: or("suppressPending", found.suppressPending, specs.suppressPending),
      prelude,
    },
  };
}

/** busted takes the more general setting for both, whatever the others say. */
function shuffling(config: Config, found: ValidOptions): Pick<Config, "shuffleFiles" | "shuffleTests"> {
  const of = (key: "shuffleFiles" | "shuffleTests"): boolean => {
    if (config.given.includes(key) || config.given.includes("shuffle")) return config[key];
    return found.shuffle === true || found[key] === true;
  };
  return { shuffleFiles: of("shuffleFiles"), shuffleTests: of("shuffleTests") };
}
