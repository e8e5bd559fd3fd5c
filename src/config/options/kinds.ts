import type { Valibot } from "./valibot.js";

/** The least and the greatest value of a number. */
export type Range = readonly [least: number, greatest: number];

/** An option that is true or false. */
export function yesNo<const Fallback extends boolean>(fallback: Fallback, help: string) {
  return {
    kind: "boolean",
    placeholder: "",
    fallback,
    help,
    expected: "true or false",
    schema: (v: Valibot) => v.boolean(),
  } as const;
}

/** An option that is a text. */
export function text<const Fallback extends string | undefined>(
  fallback: Fallback,
  placeholder: string,
  help: string,
) {
  // An empty folder name would stand for the project root, whose files must not be taken for ours.
  const schema = (v: Valibot) => v.pipe(v.string(), v.nonEmpty());
  return { kind: "string", placeholder, fallback, help, expected: "a non-empty text", schema } as const;
}

/** An option that is one of some values, which its help names. */
export function choice<const Value extends string>(
  fallback: NoInfer<Value>,
  values: readonly Value[],
  placeholder: string,
  help: string,
) {
  return {
    kind: "string",
    placeholder,
    fallback,
    help: `${help}: ${values.join(", ")}`,
    values,
    expected: oneOf(values),
    schema: (v: Valibot) => v.picklist(values),
  } as const;
}

/** An option that is one or several of some values, which its help names. */
export function choices<const Value extends string>(
  fallback: readonly NoInfer<Value>[],
  values: readonly Value[],
  placeholder: string,
  help: string,
) {
  const schema = (v: Valibot) => {
    const item = v.picklist(values);
    return v.pipe(
      v.union([item, v.array(item)]),
      v.transform((value): readonly Value[] => (Array.isArray(value) ? value : [value])),
    );
  };
  return {
    kind: "list",
    placeholder,
    fallback,
    help: `${help}: ${values.join(", ")}`,
    values,
    expected: `${oneOf(values)}, or a list of such`,
    schema,
  } as const;
}

function oneOf(values: readonly string[]): string {
  return `one of ${values.map((value) => `"${value}"`).join(", ")}`;
}

/** An option that is a text or a list of texts. */
export function list(fallback: readonly string[], placeholder: string, help: string) {
  const schema = (v: Valibot) => {
    const item = v.pipe(v.string(), v.nonEmpty());
    return v.pipe(
      v.union([item, v.array(item)]),
      v.transform((value): readonly string[] => [value].flat()),
    );
  };
  return {
    kind: "list",
    placeholder,
    fallback,
    help,
    expected: "a non-empty text or a list of such",
    schema,
  } as const;
}

/** A list whose texts may also be lists with commas in between, as in `--tags fast,slow`. */
export function words(placeholder: string, help: string) {
  const { schema, ...option } = list([], placeholder, help);
  const split = (texts: readonly string[]) => texts.flatMap((each) => each.split(","));
  return { ...option, schema: (v: Valibot) => v.pipe(schema(v), v.transform(split)) } as const;
}

/** An option that is a whole number of a range. */
export function count<const Fallback extends number | undefined>(
  [least, greatest]: Range,
  fallback: Fallback,
  placeholder: string,
  help: string,
) {
  const schema = (v: Valibot) => v.pipe(v.number(), v.safeInteger(), v.minValue(least), v.maxValue(greatest));
  const expected = `a whole number from ${least} to ${greatest}`;
  return { kind: "number", placeholder, fallback, help, expected, schema } as const;
}

/** An option that is a number of a range. */
export function number([least, greatest]: Range, fallback: number, placeholder: string, help: string) {
  const schema = (v: Valibot) => v.pipe(v.number(), v.minValue(least), v.maxValue(greatest));
  const expected = `a number from ${least} to ${greatest}`;
  return { kind: "number", placeholder, fallback, help, expected, schema } as const;
}
