import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

/** A project of so many sources of 200 lines; its tests load some of them, 50 each, and call half of their functions. */
export function writeProject(folder, sources, loaded) {
  for (let index = 0; index < sources; index++) write(folder, fileOf(index), sourceText(index));
  for (let first = 0; first < loaded; first += 50) {
    const last = Math.min(first + 50, loaded);
    const files = Array.from({ length: last - first }, (_, index) => fileOf(first + index));
    write(folder, `test/from${first}.lua`, files.map(callsOf).join("\n"));
  }
  write(folder, ".nycrc.json", JSON.stringify({ all: true, include: ["src/**"] }));
}

function fileOf(index) {
  return `src/${index % 50}/file${index}.lua`;
}

function callsOf(file) {
  return `do local m = dofile "${file}" for i = 0, 6 do m["f" .. i](i) end end`;
}

function write(folder, name, text) {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** 200 lines, as people write them. */
function sourceText(index) {
  const functions = Array.from({ length: 14 }, (_, number) => functionText(number));
  return `-- Module ${index}, which isn't real.\nlocal M = {}\n\n${functions.join("\n")}\nreturn M\n`;
}

function functionText(number) {
  return `--- Says what there is to be said of a number.
function M.f${number}(number)
  local text = "number " .. number
  if number > 3 and (number < 5 or number == 6) then
    text = text .. " is between"
  elseif number == nil then
    return nil, "no number" -- nobody's
  end
  for position = 1, number do
    if position % 2 == 0 and number then
      text = text .. ", " .. position // 1
    end
  end
  return text or [[none]]
end`;
}
