import { ownNames, reporterNames } from "../../report/reporterNames.js";
import type { ReporterEntry } from "../../types.js";
import type { Valibot } from "./valibot.js";

/** An option of reporters, each a name or a list of a name and its options: `["html", { "subdir": "pages" }]`. */
export function reporters(fallback: readonly string[], help: string) {
  return {
    kind: "list",
    placeholder: "NAME",
    fallback: fallback satisfies readonly ReporterEntry[] as readonly ReporterEntry[],
    help,
    values: [...reporterNames, ...ownNames],
    expected: 'a name or a list of such, each alone or with options as in ["html", { "subdir": "pages" }]',
    schema: entriesSchema,
  } as const;
}

function entriesSchema(v: Valibot) {
  const name = v.pipe(v.string(), v.nonEmpty());
  const options = v.record(v.string(), v.unknown());
  return v.pipe(
    // A single one with its options is also read where a list is asked for.
    v.union([
      name,
      v.strictTuple([name, options]),
      v.array(v.union([name, v.strictTuple([name]), v.strictTuple([name, options])])),
    ]),
    v.transform(listOf),
  );
}

type Given = string | [string] | [string, Record<string, unknown>];

function listOf(given: Given | Given[]): readonly ReporterEntry[] {
  if (typeof given === "string") return [given];
  const [first, second] = given;
  const isOne = typeof first === "string" && typeof second === "object" && !Array.isArray(second);
  return isOne ? [[first, second]] : given.flatMap((each) => (isEntry(each) ? [each] : []));
}

function isEntry(value: unknown): value is ReporterEntry {
  return typeof value === "string" || Array.isArray(value);
}
