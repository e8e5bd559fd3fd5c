import { expect, test } from "vitest";
import { connect } from "../../src/debug/client.js";
import type { DebuggedProgram } from "../../src/debug/program.js";
import type { DebugEvent } from "../../src/debug/protocol.js";

/** A program that answers each line with lines; it is over after the last one. */
function answering(replies: readonly (readonly string[])[]): DebuggedProgram & { readonly sent: string[] } {
  const sent: string[] = [];
  let wake = () => {};
  async function* lines() {
    for (const [index, each] of replies.entries()) {
      while (sent.length < index) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      yield* each;
    }
  }
  const send = (line: string) => {
    sent.push(line);
    wake();
  };
  return { file: "main.lua", lua: null, send, pause: () => {}, lines: lines(), sent };
}

test("requests are Lua, each with its number; answers and events find who asked for them", async () => {
  const program = answering([
    ['{"event":"ready","version":"Lua 5.4"}'],
    ['{"request":1,"result":null}', '{"event":"log","text":"n","file":"a.lua","line":2}'],
    ['{"request":2,"error":"no variable \\u00c3\\u00a4"}'],
    ['{"request":3,"result":["caf\\u00c3\\u00a9","\\u00ff"]}'],
    ['{"event":"ended"}'],
  ]);
  const events: DebugEvent[] = [];
  const client = connect(program, (event) => events.push(event));
  expect(await client.request({ command: "errors", mode: "always" })).toBe(null);
  const place = { thread: 1, frame: 1 };
  const set = client.request({ command: "set", reference: 1, name: "ä", text: "1", ...place });
  await expect(set).rejects.toThrow("no variable ä");
  expect(await client.request({ command: "sources" })).toEqual(["café", "\udcff"]);
  await expect(client.request({ command: "threads" })).rejects.toThrow(
    "The program is over, so that nothing in it can be asked for any more",
  );
  await client.ended;
  expect(events.map(({ event }) => event)).toEqual(["ready", "log", "ended"]);
  expect(program.sent.slice(0, 2)).toEqual([
    '{["command"]="errors",["mode"]="always",["request"]=1}',
    '{["command"]="set",["reference"]=1,["name"]="\\195\\164",["text"]="1",["thread"]=1,["frame"]=1,["request"]=2}',
  ]);
  await expect(client.request({ command: "threads" })).rejects.toThrow("The program is over");
});

test("what comes before a request is in its line, and has no number", async () => {
  const program = answering([[], ['{"request":1,"result":null}']]);
  const client = connect(program, () => {});
  expect(
    await client.request({ command: "go", go: { kind: "in" } }, [{ command: "skip", files: ["a"] }]),
  ).toBe(null);
  expect(program.sent).toEqual([
    '{{["command"]="skip",["files"]={"a"}},{["command"]="go",["go"]={["kind"]="in"},["request"]=1}}',
  ]);
});

/** What answers the first request, and what is said of that. */
const wrong: readonly (readonly [line: string, sentence: string])[] = [
  ["lua: out of memory", 'The debugger in the program answered "lua: out of memory", which is no JSON'],
  ['{"event":"paused"}', "which is neither an answer nor an event"],
  ['{"event":"stopped","reason":"step"}', "which is neither an answer nor an event"],
  ["[1]", "which is neither an answer nor an event"],
];

test.for(wrong)("%s is answered by %s", async ([line, sentence]) => {
  const program = answering([[], [line]]);
  const client = connect(program, () => {});
  const asked = client.request({ command: "sources" });
  await expect(asked).rejects.toThrow(sentence);
  await expect(client.ended).rejects.toThrow(sentence);
});

test("a result of another command is refused, and the next one is not", async () => {
  const program = answering([[], ['{"request":1,"result":{}}'], ['{"request":2,"result":[]}']]);
  const client = connect(program, () => {});
  await expect(client.request({ command: "sources" })).rejects.toThrow(
    'The debugger in the program answered "{}", which is no result of the command sources',
  );
  expect(await client.request({ command: "sources" })).toEqual([]);
});
