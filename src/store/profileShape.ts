import * as v from "valibot";
import type { Profile } from "../types.js";

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const positive = v.pipe(count, v.minValue(1));
const bytes = v.pipe(v.number(), v.safeInteger());
const text = v.nullable(v.string());

const functionSchema = v.object({
  kind: v.picklist(["Lua", "main", "C", "test"]),
  name: text,
  file: text,
  line: count,
  lastLine: count,
});

const nodeSchema = v.object({
  fn: count,
  parent: v.pipe(v.number(), v.safeInteger(), v.minValue(-1)),
  self: count,
  samples: count,
  calls: v.nullable(count),
  allocated: v.nullable(bytes),
  lines: v.array(v.tuple([positive, count])),
});

const samplingSchema = v.object({
  samples: count,
  interval: positive,
  unit: v.picklist(["instructions", "microseconds"]),
});

const heldSchema = v.object({
  bytes: count,
  holders: v.array(v.object({ path: v.string(), bytes: count, count: positive })),
});

const profileSchema = v.pipe(
  v.object({
    functions: v.array(functionSchema),
    nodes: v.array(nodeSchema),
    sampling: v.array(samplingSchema),
    overhead: count,
    held: v.nullable(heldSchema),
  }),
  v.check(
    ({ functions, nodes }) => nodes.every(({ fn, parent }, index) => fn < functions.length && parent < index),
    "a call has no function, or stands before its caller",
  ),
);

const storedSchema = v.object({
  version: v.literal(1),
  root: v.string(),
  began: v.number(),
  ended: v.number(),
  profile: profileSchema,
});

/** A profile with where and when it was measured, in milliseconds since 1970. */
export interface StoredProfile {
  readonly version: 1;
  /** The project root, on the machine on which it was measured. */
  readonly root: string;
  readonly began: number;
  readonly ended: number;
  readonly profile: Profile;
}

/** What was read as a profile. Throws when it is something else. */
export function checkProfile(content: unknown): StoredProfile {
  const result = v.safeParse(storedSchema, content);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const place = v.getDotPath(issue) ?? "it";
  throw new Error(issue.type === "check" ? issue.message : `${place} is ${issue.received}`);
}
