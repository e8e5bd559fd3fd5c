import { expect, test } from "vitest";
import { knownHookLayout, maskOfCount } from "../../../src/engine/wasm/machine/hook.js";
import { createRunning } from "../../../src/engine/wasm/machine/machine.js";
import { wasmVersions } from "../../../src/engine/wasm/package/versions.js";
import { createPauseHook, pauseSoon } from "../../../src/engine/wasm/pausing.js";
import { freshState, resultOf } from "./state.js";

/** What has been written where a hook is, each by whom: the program sets one, or takes it away, while another thread asks for a pause. */
const mixtures = [0, 1].flatMap((hook) =>
  [0, maskOfCount].flatMap((mask) =>
    [0, 1].flatMap((base) => [0, 1].map((count) => ({ hook, mask, counts: [base, count] }))),
  ),
);

const program = `local ask = ...
local function loop()
  local n = 0
  ask()
  while n < 100 do n = n + 1 end
  return n
end
return select(2, pcall(loop))`;

for (const version of wasmVersions) {
  test.for(mixtures)(`${version}: where there is %o, a pause that is asked for again comes`, (mixture) => {
    const running = createRunning();
    const state = freshState(version, running);
    const { api, L } = state;
    const { memory } = api.machine;
    const layout = knownHookLayout(state);
    let pauses = 0;
    for (const answer of [() => true, () => pauses++]) {
      state.pushFunction(L, (L1) => {
        state.pushSimple(L1, Boolean(answer()));
        return 1;
      });
    }
    const index = createPauseHook(state, L, running);
    const target = { version, memory: memory.memory, running, layout, index, replaced: state.replaced };
    const ask = (L1: number) => {
      pauseSoon(target, index);
      memory.setWord(L1 + layout.hook, mixture.hook * index);
      memory.setByte(L1 + layout.mask, mixture.mask);
      for (const [at, place] of layout.counts.entries()) memory.setWord(L1 + place, mixture.counts[at] ?? 0);
      pauseSoon(target, index);
      return 0;
    };
    const result = resultOf(state, program, () => {
      state.pushFunction(L, ask);
      return 1;
    });
    expect({ result, pauses }).toEqual({ result: "100", pauses: 1 });
  });
}
