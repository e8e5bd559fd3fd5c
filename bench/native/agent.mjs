// What the agent costs a process that does nothing, in a project of 200 sources of 200 lines.
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { makeAgentFolder } from "../../build/engine/native/agent/agentFolder.js";
import { probed } from "./probed.mjs";
import { costOf } from "./processes.mjs";
import { median } from "./table.mjs";

const sources = 200;
const processes = 50;

export async function measureAgent(luas, rounds, scratch) {
  const project = path.join(scratch, "project");
  mkdirSync(project);
  const files = Array.from({ length: sources }, (_, index) => {
    const file = path.join(project, `m${index}.lua`);
    writeFileSync(
      file,
      `local M = { ${index} }\n${"function M.f(a, b) if a then return b end end\n".repeat(198)}return M\n`,
    );
    return file;
  });
  const loading = `for i = 0, ${sources - 1} do dofile("m" .. i .. ".lua") end`;
  const agent = makeAgentFolder(await probed(files, project));
  try {
    console.log();
    for (const lua of luas) {
      const added = (program, times) => {
        const all = Array.from({ length: rounds }, () => {
          const [without, within] = [{}, agent.environment].map((each) =>
            milliseconds(lua, program, each, project, times),
          );
          return within - without;
        });
        return median(all).toFixed(1);
      };
      const empty = added("", processes);
      const all = added(loading, 5);
      console.log(
        `${lua}: the agent takes ${empty} ms of a process (at most 15), ${all} ms of one that loads ${sources} sources`,
      );
    }
  } finally {
    agent.close();
  }
}

/** Of one of many processes, since one takes less than the clock tells. */
function milliseconds(lua, program, environment, cwd, times) {
  const loop = `for ((i = 0; i < ${times}; i++)); do "$0" -e "$1"; done`;
  const { seconds, status } = costOf(["bash", "-c", loop, lua, program], environment, cwd);
  if (status !== 0) throw new Error(`${lua} ended with ${status}`);
  return (seconds * 1000) / times;
}
