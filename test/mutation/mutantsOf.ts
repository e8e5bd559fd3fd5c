import { mutantsOf, mutated } from "../../src/mutation/find/mutants.js";
import type { MutatorName } from "../../src/mutation/mutatorNames.js";
import { type LuaVersion, newestFirst } from "../../src/source/dialect.js";
import { parse, parseNewest, type Syntax } from "../../src/source/syntax.js";
import type { Mutant } from "../../src/types.js";

/** The syntax of a text; a text that no Lua reads is a mistake of the test. */
export function syntaxOf(source: Uint8Array): Syntax {
  const parsed = parseNewest(source);
  if (!parsed.ok) throw new Error(`${parsed.line}: ${parsed.message}`);
  return parsed.syntax;
}

/** The texts of all mutants of one kind. */
export function textsOf(text: string, mutator: MutatorName): string[] {
  const source = Buffer.from(text);
  return mutantsOf(source, syntaxOf(source), [mutator]).map((mutant) =>
    Buffer.from(mutated(source, mutant)).toString(),
  );
}

/** What is wrong with mutants of a text: no Lua in a dialect in which this is, or the same tokens as it. */
export function faultsIn(source: Uint8Array, mutants: readonly Mutant[]): string[] {
  const known = newestFirst.flatMap((version) => {
    const parsed = parse(source, version);
    return parsed.ok ? [{ version, tokens: tokensOf(parsed.syntax) }] : [];
  });
  return mutants.flatMap((mutant) => {
    const text = mutated(source, mutant);
    const faults = known.flatMap(({ version, tokens }) => faultOf(text, version, tokens) ?? []);
    return faults.map((fault) => `${mutant.id} ${JSON.stringify(mutant.replacement)}: ${fault}`);
  });
}

function faultOf(text: Uint8Array, version: LuaVersion, tokens: string): string | null {
  const parsed = parse(text, version);
  if (!parsed.ok) return `Lua ${version}: ${parsed.line}: ${parsed.message}`;
  return tokensOf(parsed.syntax) === tokens ? `Lua ${version}: the same tokens` : null;
}

function tokensOf({ tokens, text }: Syntax): string {
  const texts = Array.from({ length: tokens.length }, (_, index) =>
    text({ start: tokens.start(index), end: tokens.end(index) }),
  );
  return texts.join("\n");
}
