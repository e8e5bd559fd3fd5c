import istanbul, { type FileCoverageData } from "istanbul-lib-coverage";
import { expect, test } from "vitest";
import { measure } from "../support/measure.js";

/** What a hook of lines sees otherwise than statements are: what has no instruction, and lines with nothing but an end. */
const sources = [
  "local function f(a)\n  if a then return 1 end\n\n  return 2 -- done\nend\nf(1) f(1)\n",
  "local x\nlocal y, z\nfor i = 1, 2 do\n  if i then\n    break\n  end\nend\n",
  "local t = {\n  a = 1,\n  b = function()\n    return 2\n  end,\n}\nprint(\n  t.a)\n",
  "while true do\n  local x = 1\n  if x == 1 then\n    goto out\n  elseif x == 2 then\n    x = 3\n  end\nend\n::out::\nlocal y\n",
  "repeat\n  local x\nuntil not\n  x\ndo\n  local z\nend\n",
  "return (function(...)\n  return ...\nend)(1)\n",
];

const linesOf = (file: FileCoverageData) => istanbul.createFileCoverage(file).getLineCoverage();

test.for(sources)("with lines only all but the branches is the same: %j", (source) => {
  const all = measure(source).coverage;
  const { branchMap, b, bT, ...lines } = measure(source, { linesOnly: true }).coverage;
  expect([branchMap, b, bT]).toEqual([{}, {}, {}]);
  expect(linesOf({ ...lines, branchMap, b })).toEqual(linesOf(all));
  const { path: _, ...rest } = lines;
  expect(all).toMatchObject(rest);
});
