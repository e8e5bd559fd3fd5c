import type { Block, Call, Expr, Stat } from "./tree.js";

/** What a generated program is made of. */
export interface Program {
  readonly bodies: readonly Block[];
  readonly carriageReturns: boolean;
}

interface Scope {
  readonly names: readonly string[];
  readonly functions: readonly string[];
  readonly isVararg: boolean;
  readonly loop: { readonly continues: string; readonly out: string } | null;
}

const globals: Scope = { names: ["g1", "g2", "_G"], functions: [], isVararg: true, loop: null };
const gaps = [
  "\n",
  "\n",
  "\n",
  "\n",
  "\n",
  "\n",
  "\n",
  "; ",
  " ",
  " --[[ naïve\n ü ]] ",
  "; ; ",
  " -- «é»\n\n",
];
const breaks = ["\n", " ", " ", " ", " ", " ", " ", " ", " ", " ", " -- ñ\n", "\n\n"];

/** The Lua text of a program. It always ends, and without an error. */
export function render({ bodies, carriageReturns }: Program, prelude: string): string {
  let labels = 0;

  function block(body: Block, scope: Scope): string {
    let inner = scope;
    return body
      .map(({ stat, gap }) => {
        const text = statement(stat, inner);
        inner = declared(stat, inner);
        return text + at(gaps, gap);
      })
      .join("");
  }

  /** The scope behind a statement. Names are as many as there are, so that each is new. */
  function declared(stat: Stat, scope: Scope): Scope {
    const { names, functions } = scope;
    if (stat.kind === "locals") return { ...scope, names: [...names, ...newNames(scope, stat.rows)] };
    if (stat.kind === "local") return { ...scope, names: [...names, ...newNames(scope, stat.names)] };
    if (stat.kind !== "function") return scope;
    return { ...scope, functions: [...functions, functionName(stat, scope)] };
  }

  function statement(stat: Stat, scope: Scope): string {
    switch (stat.kind) {
      case "call":
        return call(stat.value, scope);
      case "locals":
        return newNames(scope, stat.rows)
          .map((name) => `local ${name}`)
          .join(stat.rows > 2 ? "\n" : " ");
      case "local":
        return `local ${newNames(scope, stat.names).join(", ")}${assigned(stat.values, scope)}`;
      case "assign": {
        const targets = stat.targets.map((pick) =>
          at(
            scope.names.filter((name) => name !== "_G"),
            pick,
          ),
        );
        return `${targets.join(", ")}${assigned(stat.values, scope) || " = flip()"}`;
      }
      case "if":
        return `${stat.clauses.map((each) => clause(each, scope)).join("else")}${otherwise(stat, scope)} end`;
      case "jump":
        return jump(stat.to, scope);
      case "again":
        return again(stat, scope);
      case "do":
        return `do ${block(stat.body, scope)} end`;
      case "function":
        return `${stat.isLocal ? "local " : ""}function ${functionName(stat, scope)}${functionBody(stat.isVararg, stat.body, withFunction(stat, scope))}`;
      case "return":
        return `do return ${list(stat.values, scope)} end`;
      case "inside":
        return inside(stat, scope);
      default:
        return loop(stat, scope);
    }
  }

  function clause([condition, body]: readonly [Expr, Block], scope: Scope): string {
    return `if ${expression(condition, scope)} then ${block(body, scope)} `;
  }

  function otherwise({ otherwise: body }: Extract<Stat, { kind: "if" }>, scope: Scope): string {
    return body === null ? "" : `else ${block(body, scope)}`;
  }

  function jump(to: "break" | "continue" | "out", { loop: around }: Scope): string {
    if (around === null) return "flip()";
    if (to === "break") return "break";
    return `goto ${to === "continue" ? around.continues : around.out}`;
  }

  function again({ times, body }: Extract<Stat, { kind: "again" }>, scope: Scope): string {
    const [label, count] = [`back${++labels}`, `count${labels}`];
    const back = `${count} = ${count} + 1 if ${count} < ${times} then tick() goto ${label} end`;
    return `do local ${count} = 0 ::${label}:: ${block(body, scope)} ${back} end`;
  }

  function loop(stat: Loop, scope: Scope): string {
    const number = ++labels;
    const around = { continues: `continue${number}`, out: `out${number}` };
    const text = loopText(stat, { ...scope, loop: around });
    const end = text.includes(`goto ${around.out}`) ? ` ::${around.out}::` : "";
    return text + end;
  }

  function loopText(stat: Loop, scope: Scope): string {
    const names = [...scope.names, `i${scope.names.length}`];
    const name = names.at(-1);
    switch (stat.kind) {
      case "while":
        return whileText(stat, scope);
      case "repeat":
        return repeatText(stat, scope);
      case "numeric":
        return `for ${name} = ${stat.range.map((each) => each || 1).join(", ")} do ${loopBody(stat.body, { ...scope, names })} end`;
      case "generic":
        return `for ${name}, unused in ${iterator(stat, scope)} do ${loopBody(stat.body, { ...scope, names })} end`;
    }
  }

  function whileText({ condition, body, late }: Extract<Stat, { kind: "while" }>, scope: Scope): string {
    const test = expression(condition, scope);
    const inner = loopBody(body, scope);
    if (body.length === 0) return `while tick(${test}) do end`;
    const isLate = late && !inner.includes("goto ");
    return `while ${test} do ${isLate ? "" : "tick() "}${inner} ${isLate ? "tick() " : ""}end`;
  }

  function repeatText(
    { condition, body, ownLocal }: Extract<Stat, { kind: "repeat" }>,
    scope: Scope,
  ): string {
    const own = `own${scope.names.length}`;
    const inner = ownLocal ? { ...scope, names: [...scope.names, own] } : scope;
    const test = `${ownLocal ? `${own} and ` : ""}${expression(condition, { ...inner, names: [...inner.names, own] })}`;
    const text = `do ${loopBody(body, inner)} end`;
    return `repeat ${ownLocal ? `local ${own} = ` : ""}tick(flip()) ${text} until ${test}`;
  }

  function loopBody(body: Block, scope: Scope): string {
    const text = block(body, scope);
    const label = scope.loop?.continues ?? "";
    return text.includes(`goto ${label}`) ? `${text} ::${label}::` : text;
  }

  function iterator({ over, inner }: Extract<Stat, { kind: "generic" }>, scope: Scope): string {
    const thread = `threaded(function() ${block(inner, { ...scope, loop: null, isVararg: false })} pause(1) end)`;
    return at(["ipairs { 1, flip(), 3 }", "rounds(2)", "rounds(num())", thread, "(rounds)(3)"], over);
  }

  function inside({ caller, body }: Extract<Stat, { kind: "inside" }>, scope: Scope): string {
    const inner = { ...scope, isVararg: false, loop: null };
    const callers = [
      () => `pcall(function() ${block(body, inner)} end)`,
      () =>
        `table.sort({ 3, 1, 2 }, function(a, b) pcall(function() ${block(body, inner)} end) return a < b end)`,
      () => `string.gsub("ab", "%a", function() ${block(body, inner)} return flip() and "c" end)`,
      () => `pcall(load(string.dump(function(...) ${block(body, { ...globals })} end)), flip())`,
      () =>
        `xpcall(function() ${block(body, inner)} end,\n  function(message) return message ~= "failed" and message end)`,
    ];
    return at(callers, caller)();
  }

  function functionBody(isVararg: boolean, body: Block, scope: Scope): string {
    const parameter = `p${scope.names.length}`;
    const inner = { ...scope, names: [...scope.names, parameter], isVararg, loop: null };
    return `(${parameter}${isVararg ? ", ..." : ""}) ${block(body, inner)} end`;
  }

  function expression(expr: Expr, scope: Scope): string {
    switch (expr.kind) {
      case "constant":
        return expr.text;
      case "variable":
        return at(scope.names, expr.pick);
      case "vararg":
        return scope.isVararg ? "..." : "flip()";
      case "field":
        return "object().field";
      case "unary":
        return `${expr.operator} ${expression(expr.operand, scope)}`;
      case "binary":
        return `${expression(expr.left, scope)} ${expr.operator}${at(breaks, expr.gap)}${expression(expr.right, scope)}`;
      case "parentheses":
        return `(${expression(expr.inner, scope)})`;
      case "table":
        return `{ ${expr.values.map((each, index) => at(["", "x = ", "[1] = "], index) + expression(each, scope)).join(", ")} }`;
      case "function":
        return `function${functionBody(expr.isVararg, expr.body, scope)}`;
      default:
        return call(expr, scope);
    }
  }

  function call(expr: Call, scope: Scope): string {
    const values = list(expr.values, scope);
    if (expr.kind === "builtin") return `${expr.name}(${values})${expr.name.includes("(") ? ")" : ""}`;
    if (expr.kind === "method") return `object()${at(breaks, expr.gap)}:m(${values})\n:m()`;
    return scope.functions.length === 0 ? "flip()" : `${at(scope.functions, expr.pick)}(tick(${values}))`;
  }

  function list(values: readonly Expr[], scope: Scope): string {
    return values.map((each) => expression(each, scope)).join(", ");
  }

  function assigned(values: readonly Expr[], scope: Scope): string {
    return values.length === 0 ? "" : ` = ${list(values, scope)}`;
  }

  const parts = bodies.map((body) => `run(function(...)\n${block(body, globals)}\nend)\n`);
  const text = `dofile ${JSON.stringify(prelude)}\n${parts.join("")}`;
  return carriageReturns ? text.replaceAll("\n", "\r\n") : text;
}

function newNames({ names }: Scope, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `v${names.length + index}`);
}

function functionName({ isLocal }: { isLocal: boolean }, { functions, names }: Scope): string {
  return isLocal ? `f${names.length}_${functions.length}` : "g3";
}

function withFunction(stat: Extract<Stat, { kind: "function" }>, scope: Scope): Scope {
  return { ...scope, functions: [...scope.functions, functionName(stat, scope)] };
}

function at<T>(items: readonly T[], pick: number): T {
  const item = items[pick % items.length];
  if (item === undefined) throw new Error("nothing to pick from");
  return item;
}

type Loop = Extract<Stat, { kind: "while" | "repeat" | "numeric" | "generic" }>;
