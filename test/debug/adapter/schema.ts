import { fileURLToPath } from "node:url";
import { Ajv, type ValidateFunction } from "ajv";
import { createGenerator, type Schema } from "ts-json-schema-generator";

const types = fileURLToPath(import.meta.resolve("@vscode/debugprotocol/lib/debugProtocol.d.ts"));

/** What the protocol's own types allow, and no key beside it. */
const schema: Schema = createGenerator({
  path: types,
  // Its types stand by themselves, and those of JavaScript's library take seconds to read.
  tsconfig: fileURLToPath(new URL("schema.tsconfig.json", import.meta.url)),
  skipTypeCheck: true,
  additionalProperties: false,
  jsDoc: "none",
}).createSchema("*");

// Each debugger has keys of its own in configurations.
for (const name of ["Launch", "Attach"]) {
  const given = schema.definitions?.[`DebugProtocol.${name}RequestArguments`];
  if (typeof given === "object") given.additionalProperties = true;
}

const ajv = new Ajv({ strict: false, allErrors: true }).addSchema(
  { definitions: schema.definitions },
  "protocol",
);

/** A message, as far as its form depends on it. */
export interface Message {
  readonly type: string;
  readonly command?: string;
  readonly event?: string;
  readonly success?: boolean;
}

/** What is wrong with a message of the protocol; null for nothing. */
export function problemOf(message: Message): string | null {
  const name = definitionOf(message);
  const validate: ValidateFunction | undefined = ajv.getSchema(`protocol#/definitions/DebugProtocol.${name}`);
  if (validate === undefined) return `there is no ${name}`;
  return validate(message) ? null : `${name}: ${ajv.errorsText(validate.errors)}`;
}

function definitionOf({ type, command = "", event = "", success }: Message): string {
  if (type === "event") return `${capitalised(event)}Event`;
  if (type === "request") return `${capitalised(command)}Request`;
  return success === false ? "ErrorResponse" : `${capitalised(command)}Response`;
}

function capitalised(word: string): string {
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
}
