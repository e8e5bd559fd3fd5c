type Environment = Readonly<Record<string, string | undefined>>;

/** Lua asks for the one of its version first, from 5.2 on. */
const names = ["LUA_INIT", "LUA_INIT_5_2", "LUA_INIT_5_3", "LUA_INIT_5_4", "LUA_INIT_5_5"] as const;

/** The variable in which the agent finds what was in one of Lua's, which it runs in its turn. */
function handedOn(name: string): string {
  return `LUACOV_TS_USER_${name.slice("LUA_".length)}`;
}

/**
 * The variables that make every Lua run the agent first. What is in them already is handed on, unless that is the agent
 * of a command around this one, which has handed it on itself.
 */
export function luaInit(agent: string, environment: Environment): Record<string, string | undefined> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const own = startsAgent(agent, environment, name) ? environment[handedOn(name)] : environment[name];
      return [
        [name, `@${agent}`],
        [handedOn(name), own],
      ];
    }),
  );
}

/** An environment as it was before a command around this one has put the agent into it; ours measures by itself. */
export function withoutAgent(agent: string, environment: Environment): Environment {
  const own = names.filter((name) => startsAgent(agent, environment, name));
  return { ...environment, ...Object.fromEntries(own.map((name) => [name, environment[handedOn(name)]])) };
}

/** A command around this one may have an agent elsewhere, which it tells. */
function startsAgent(agent: string, environment: Environment, name: string): boolean {
  return [agent, environment.LUACOV_TS_AGENT].some((file) => environment[name] === `@${file}`);
}

/** An environment without all that `luaInit` sets or takes away, for who sets that later. */
export function withoutInit(environment: Environment): Environment {
  const own = new Set<string>([...names, ...names.map(handedOn)]);
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !own.has(name)));
}
