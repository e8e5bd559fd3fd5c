import { type TestAPI, test } from "vitest";
import { type DebianLua, luas } from "./debianLua.js";
import { testLua } from "./testLua.js";

/** In which Luas our harness cannot do what it does in the embedded one, or does it otherwise, and why. */
interface Difference {
  readonly luas: readonly DebianLua[];
  readonly reason: string;
}

const old = ["lua5.1", "luajit"] as const;

const differences = {
  "the embedded Lua": { luas, reason: "it is about the embedded Lua alone" },
} as const satisfies Record<string, Difference>;

export type DifferenceName = keyof typeof differences;

/** Whether the Lua that tests run in differs in this respect. */
export function differs(name: DifferenceName): boolean {
  const { luas: own }: Difference = differences[name];
  return testLua !== null && own.includes(testLua);
}

/** `test` for what Luas with this difference cannot do; there it is left out, and says why at the end of the run. */
export function testUnless(name: DifferenceName): TestAPI<{ difference: undefined }> {
  return test.extend<{ difference: undefined }>({
    difference: [
      async ({ skip }, use) => {
        if (differs(name)) skip(`${testLua}: ${differences[name].reason}`);
        await use(undefined);
      },
      { auto: true },
    ],
  });
}
