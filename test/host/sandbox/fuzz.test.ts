import { expect, test } from "vitest";
import { makeWatched } from "./watched.js";

/** How many in each of the two jobs; `SANDBOX_OPERATIONS=50000` looks longer. */
const operations = Number(process.env.SANDBOX_OPERATIONS ?? 1500);
const seed = Number(process.env.SANDBOX_SEED ?? Date.now() % 1_000_000);

test(
  `whatever two programs do at once, nothing outside is touched (SANDBOX_SEED=${seed})`,
  async () => {
    const { outside, look, run } = makeWatched("fuzz.lua");
    const before = look();
    const call = (own: number) => `program(${own}, ${operations}, "${outside}")`;
    const { stdout, stderr } = await run(call(seed + 1), call(seed + 2));
    const counts = [...stdout.matchAll(/done (\d+) refused (\d+) failed (\d+)/g)];
    expect(counts, stdout + stderr).toHaveLength(2);
    for (const [text, done, refused] of counts) {
      // What the program did was not all in vain.
      expect(
        [Number(done), Number(refused)].every((count) => count > operations / 50),
        text,
      ).toBe(true);
    }
    expect(look()).toEqual(before);
  },
  Math.max(60_000, operations * 20),
);
