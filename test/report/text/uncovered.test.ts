import { expect, test } from "vitest";
import { uncoveredItems } from "../../../src/report/text/uncovered.js";
import { measure } from "../../support/measure.js";

test.for<readonly [string, string, string]>([
  ["lines that did not run, over those without code", "local x\nif x then\n  x = 1\n\n  x = 2\nend", "3-5"],
  ["a then on the same line", "local x\nif x then x = 1 end", "2->then"],
  ["an else that is not written", "local x = 1\nif x then\n  x = 2\nend", "2->else"],
  ["an else whose lines tell of it", "local x = 1\nif x then\n  x = 2\nelse\n  x = 3\nend", "5"],
  ["an else on the same line", "local x = 1\nif x then x = 2 else x = 3 end", "2->else"],
  ["an elseif", "local x = 1\nif x == 1 then\n  x = 2\nelseif x then\n  x = 3\nend", "5"],
  [
    "an elseif without an else",
    "local x = 1\nif not x then\n  x = 2\nelseif x then\n  x = 3\nend",
    "3,4->else",
  ],
  ["the body of a loop", "for i = 1, 0 do end\nlocal x\nwhile x do\n  x = 1\nend", "1->body,4"],
  ["the end of a loop", "for i = 1, 2 do\n  break\nend", "1->end"],
  ["a repeat that does not", "repeat\n  local x = 1\nuntil x", "1->body"],
  ["operands", "local a, b = 1, 2\nlocal c = a or\n  b\nlocal d = a and b and c", "3->#2"],
  ["what was never reached", "local function f(a)\n  if a then a = 1 end\nend", "2"],
  ["several on a line", "local a, b = 1\nif a then a = 2 end if b then b = 1 end", "2->else,2->then"],
])("%s", ([, source, expected]) => {
  expect(uncoveredItems(measure(source).coverage).join(",")).toBe(expected);
});
