import { expect, test } from "vitest";
import { hasColors } from "../src/colors.js";

/** The variables; then whether a terminal gets colours, and a pipe. */
const cases: readonly (readonly [Readonly<Record<string, string>>, terminal: boolean, pipe: boolean])[] = [
  [{}, true, false],
  [{ TERM: "xterm" }, true, false],
  [{ TERM: "dumb" }, false, false],
  [{ CI: "true" }, true, false],
  [{ NO_COLOR: "1" }, false, false],
  [{ NO_COLOR: "0" }, false, false],
  [{ NO_COLOR: "" }, true, false],
  [{ NO_COLOR: "1", FORCE_COLOR: "1" }, false, false],
  [{ NO_COLOR: "", FORCE_COLOR: "1" }, true, true],
  [{ FORCE_COLOR: "3", TERM: "dumb" }, true, true],
  [{ FORCE_COLOR: "0" }, false, false],
  [{ FORCE_COLOR: "false" }, false, false],
  [{ FORCE_COLOR: "" }, true, false],
];

test.for(cases)("with %j a terminal has colours: %j, a pipe: %j", ([environment, terminal, pipe]) => {
  expect([hasColors({ isTTY: true }, environment), hasColors({}, environment)]).toEqual([terminal, pipe]);
});
