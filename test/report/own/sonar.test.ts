import path from "node:path";
import { expect, test } from "vitest";
import { startTool } from "../../command.js";
import { testWith } from "../../support/tools.js";
import { project, sources } from "./reported.js";

test("lines to cover are those of statements and conditions, each once, with the ways on from it", async () => {
  const text = await project().write("sonar");
  expect(text.slice(0, text.indexOf("  </file>"))).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<coverage version="1">
  <file path="src/sign.lua">
    <lineToCover lineNumber="1" covered="true"/>
    <lineToCover lineNumber="2" covered="true" branchesToCover="4" coveredBranches="2"/>
    <lineToCover lineNumber="3" covered="false"/>
    <lineToCover lineNumber="4" covered="true" branchesToCover="2" coveredBranches="1"/>
    <lineToCover lineNumber="5" covered="false"/>
    <lineToCover lineNumber="7" covered="true"/>
    <lineToCover lineNumber="9" covered="true"/>
`);
});

testWith("xmllint")("Sonar's schema reads it, whatever the names are", async () => {
  const { cwd, write } = project({ ...sources, 'a & "b" <c>\n.lua': "return 1", "é.lua": "return 1" });
  await write("sonar");
  const report = path.join(cwd, "coverage/report");
  const schema = path.join(import.meta.dirname, "sonar.xsd");
  const { code, output } = startTool("xmllint", ["--noout", "--schema", schema, report]);
  expect([code, output]).toEqual([0, `${report} validates\n`]);
});
