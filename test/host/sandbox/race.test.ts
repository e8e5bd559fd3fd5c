import { expect, test } from "vitest";
import { makeWatched } from "./watched.js";

/** Of attempts to write; `SANDBOX_ROUNDS=100000` looks longer. */
const rounds = Number(process.env.SANDBOX_ROUNDS ?? 2000);

test(
  "a folder that is swapped for a link while another program writes in it leads nowhere",
  async () => {
    const { outside, look, run } = makeWatched("race.lua");
    const before = look();
    const { stdout, stderr } = await run(`program.swap("${outside}")`, `program.write(${rounds})`);
    expect(stdout, stderr).toMatch(/written\t[1-9]\d*\trefused\t[1-9]/);
    expect(look()).toEqual(before);
  },
  Math.max(60_000, rounds * 20),
);
