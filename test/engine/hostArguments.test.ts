import { expect, test } from "vitest";
import { withAgent } from "../../src/engine/native/agent/hostArguments.js";

const start = 'local agent = os.getenv "LUACOV_TS_AGENT" if agent then dofile(agent) end';

test.each([
  ["busted -o TAP", "busted -o TAP"],
  ["make nvim", "make nvim"],
  ["nvim --headless +q", `nvim --cmd|lua ${start}|--headless +q`],
  ["/opt/nvim/bin/nvim.exe", `/opt/nvim/bin/nvim.exe --cmd|lua ${start}`],
  ["resty -I lib t.lua a", `resty -e|${start}|-I lib t.lua a`],
  ["tarantool main.lua a b", "tarantool /agent.lua main.lua a b"],
  ["tarantool -l fun -e x=1 -i main.lua -v", "tarantool -l fun -e x=1 -i /agent.lua main.lua -v"],
  ["tarantool -e print(1)", "tarantool -e print(1)"],
])("%s is started as %s", (command, started) => {
  const words = started
    .split("|")
    .flatMap((part) => (part.includes(start) ? [part] : part.trim().split(" ")));
  expect(withAgent(command.split(" "), "/agent.lua")).toEqual(words);
});
