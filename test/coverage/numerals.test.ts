import { test } from "vitest";
import { check } from "../support/listing.js";

test("a hexadecimal numeral may begin with its point, and have an exponent", () => {
  check(`
    1| local half = 0x.8
    1| if half ~= 0.5 or 0x.1p4 ~= 1 or 0xA.8p-1 ~= 5.25 then
  if 0 1
  binary-expr 1 1 1 true 0 0 0
    0|   error("not reached")
     | end
  `);
});
