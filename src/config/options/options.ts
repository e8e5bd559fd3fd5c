import type { InferInput, InferOutput } from "valibot";
import { debugging } from "./debugging.js";
import { measuring } from "./measuring.js";
import { mutation } from "./mutation.js";
import { profiles } from "./profiles.js";
import { reports } from "./reports.js";
import { running } from "./running.js";
import { specs } from "./specs.js";
import { thresholds } from "./thresholds.js";
import { tracing } from "./tracing.js";

/**
 * The one table of options: the key of the library's options, in configuration files and flags written with
 * dashes (`reportDir` is `report-dir` and `--report-dir`). Names, meanings and defaults are nyc's, except where
 * the help says otherwise.
 */
export const optionTable = {
  ...measuring,
  ...running,
  ...specs,
  ...reports,
  ...thresholds,
  ...profiles,
  ...mutation,
};

/** The same by what they are about, as help shows them. */
export const optionGroups: readonly { readonly title: string; readonly keys: readonly OptionKey[] }[] = [
  { title: "What is measured", keys: keysOf(measuring) },
  { title: "How tests run", keys: keysOf(running) },
  { title: "Which specs run, and with what", keys: keysOf(specs) },
  { title: "Reports", keys: keysOf(reports) },
  { title: "Thresholds", keys: keysOf(thresholds) },
  { title: "Profiles", keys: keysOf(profiles) },
  { title: "Mutants", keys: keysOf(mutation) },
];

/** An option that one command alone has; no configuration file has it. */
export interface CommandOption {
  readonly command: "trace" | "debug";
  readonly key: string;
  readonly kind: "string" | "number" | "boolean" | "list";
  readonly placeholder: string;
  readonly help: string;
  /** What it is known to take; none for anything. */
  readonly values: readonly string[];
}

export const commandOptions: readonly CommandOption[] = [
  ...optionsOf("trace", tracing),
  ...optionsOf("debug", debugging),
];

function optionsOf(
  command: CommandOption["command"],
  table: Readonly<
    Record<
      string,
      Pick<CommandOption, "kind" | "placeholder" | "help"> & Partial<Pick<CommandOption, "values">>
    >
  >,
): CommandOption[] {
  return Object.entries(table).map(([key, { kind, placeholder, help, values = [] }]) => {
    return { command, key, kind, placeholder, help, values };
  });
}

type OptionTable = typeof optionTable;
export type OptionKey = keyof OptionTable;
export const optionKeys: readonly OptionKey[] = keysOf(optionTable);

/** What a profile is to be like, and whether there is one. */
export const profileKeys: readonly OptionKey[] = keysOf(profiles);

function keysOf(options: object): OptionKey[] {
  return Object.keys(options).filter(isOptionKey);
}

type SchemaOf<Key extends OptionKey> = ReturnType<OptionTable[Key]["schema"]>;

/** What a caller, a configuration file or flags may set; everything has a default. */
export type Options = { readonly [Key in OptionKey]?: InferInput<SchemaOf<Key>> };

/** Options that were checked; a list is always an array. */
export type ValidOptions = { readonly [Key in OptionKey]?: InferOutput<SchemaOf<Key>> };

export function isOptionKey(key: string): key is OptionKey {
  return Object.hasOwn(optionTable, key);
}

/** The values that an option is known to take; none where it takes any. */
export function valuesOf(key: OptionKey): readonly string[] {
  const option = optionTable[key];
  return "values" in option ? option.values : [];
}

/** The keys of the objects that an option takes; none where it takes none. */
export function partsOf(key: OptionKey): readonly string[] {
  const option = optionTable[key];
  return "parts" in option ? option.parts : [];
}

/** Whether the flag of an option may be given several times. */
export function isRepeatable(kind: OptionTable[OptionKey]["kind"]): boolean {
  return kind === "list" || kind === "watermarks" || kind === "thresholds";
}

/** The spelling of a key in configuration files and, behind "--", of its flag: `report-dir`. */
export function dashed(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
