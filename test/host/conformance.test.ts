import { readdirSync } from "node:fs";
import path from "node:path";
import { describe } from "vitest";
import { expectSame, testWithLua } from "./compare.js";

const scripts = path.join(import.meta.dirname, "conformance");
const input = "first\n42 rest\nabcdef\nmore\n";

const zones = [
  "Europe/Berlin",
  "Australia/Lord_Howe",
  "Europe/Dublin",
  "Africa/Casablanca",
  "",
  "No/Such_Zone",
  "EST5EDT,M3.2.0,M11.1.0",
  "XXX4YYY,J60/1,300/2:30",
] as const;

describe("our libraries and those of lua5.3 print the same", () => {
  for (const script of readdirSync(scripts).filter((each) => each !== "dates.lua")) {
    testWithLua(script, () => {
      const environment = { CONFORMANCE: "value" };
      expectSame(path.join(scripts, script), { input, environment });
    });
  }
  for (const zone of zones) {
    testWithLua(`dates.lua in the time zone "${zone}"`, () => {
      expectSame(path.join(scripts, "dates.lua"), { environment: { TZ: zone } });
    });
  }
});
