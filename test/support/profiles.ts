import fc from "fast-check";
import type { HeldMemory, Profile, ProfiledFunction, ProfileNode, Sampling } from "../../src/types.js";

/** A function of Lua at some lines of a file. */
export function lua(
  name: string | null,
  file: string | null,
  line: number,
  lastLine = line,
): ProfiledFunction {
  return { kind: "Lua", name, file, line, lastLine };
}

/** A function of a kind that has no lines. */
export function other(kind: ProfiledFunction["kind"], name: string | null, file: string | null = null) {
  return { kind, name, file, line: 0, lastLine: 0 } as const;
}

/** A call: its function, its own time, what else is known of it, and the calls in it. */
export type Call = readonly [
  fn: ProfiledFunction,
  self: number,
  known?: Partial<Pick<ProfileNode, "samples" | "calls" | "allocated" | "lines">>,
  called?: Calls,
];

/** An interface, as it goes around. */
interface Calls extends ReadonlyArray<Call> {}

/** A profile of calls, each counted once where nothing else is said. */
export function profileOf(calls: readonly Call[], rest: Partial<Profile> = {}): Profile {
  const functions: ProfiledFunction[] = [];
  const nodes: ProfileNode[] = [];
  const add = ([fn, self, known, called = []]: Call, parent: number) => {
    if (!functions.includes(fn)) functions.push(fn);
    const counted = { samples: 0, calls: 1, allocated: null, lines: [] };
    const place = nodes.push({ fn: functions.indexOf(fn), parent, self, ...counted, ...known }) - 1;
    for (const each of called) add(each, place);
  };
  for (const each of calls) add(each, -1);
  return { functions, nodes, sampling: [], overhead: 0, held: null, ...rest };
}

const names = ["parse", "f", "a;b c", "<img src=x onerror=\"document.title='RAN'\">", '"\\N\n', null];
const files = ["/p/src/a.lua", "/p/b.lua", '/p/it\'s <b> & "c".lua', "/p/by\udcfftes.lua", null];

const functions: fc.Arbitrary<readonly ProfiledFunction[]> = fc.uniqueArray(
  fc.record({
    kind: fc.constantFrom("Lua", "main", "C", "test"),
    name: fc.constantFrom(...names),
    file: fc.constantFrom(...files),
    line: fc.nat(3),
    lastLine: fc.nat(3),
  }),
  { minLength: 1, maxLength: 6, selector: (fn) => JSON.stringify(Object.values(fn)) },
);

const sampling: fc.Arbitrary<readonly Sampling[]> = fc.uniqueArray(
  fc.record({
    samples: fc.nat(1000),
    interval: fc.integer({ min: 1, max: 3 }),
    unit: fc.constantFrom("instructions", "microseconds"),
  }),
  { maxLength: 3, selector: ({ interval, unit }) => `${interval} ${unit}` },
);

const numbers = fc.oneof(fc.nat(5), fc.nat(10_000_000));
const unknown = fc.option(numbers, { nil: null });
const lines = fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.nat(1000)), {
  maxLength: 4,
  selector: ([line]) => line,
});

/** Some node, whose own time is no less than that of its lines. */
const values = fc
  .record({
    fn: fc.nat(),
    parent: fc.nat(),
    rest: numbers,
    samples: fc.nat(9),
    calls: unknown,
    allocated: unknown,
    lines,
  })
  .map(({ rest, ...node }) => {
    const inOrder = [...node.lines].sort(([a], [b]) => a - b);
    return { ...node, lines: inOrder, self: inOrder.reduce((sum, [, time]) => sum + time, rest) };
  });

const held: fc.Arbitrary<HeldMemory | null> = fc.option(
  fc.record({
    bytes: numbers,
    holders: fc.array(
      fc.record({
        path: fc.constantFrom("a", "a.b", "<b>"),
        bytes: numbers,
        count: fc.integer({ min: 1, max: 9 }),
      }),
      { maxLength: 4 },
    ),
  }),
);

/** Any profile, with recursions, calls of one function from one place twice, and names that are markup. */
export const anyProfile: fc.Arbitrary<Profile> = fc
  .record({ functions, nodes: fc.array(values, { maxLength: 30 }), sampling, overhead: numbers, held })
  .map(({ nodes, ...profile }) => ({
    ...profile,
    nodes: nodes.map((node, index) => ({
      ...node,
      fn: node.fn % profile.functions.length,
      parent: (node.parent % (index + 1)) - 1,
    })),
  }));
