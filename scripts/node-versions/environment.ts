/** What `npm run` tells its scripts of this repository and of its own call, and what leads CDKTF elsewhere. */
const NOT_PASSED_ON =
  /^(npm_(package|lifecycle)_.*|npm_(command|execpath|node_execpath)|npm_config_(ignore_scripts|local_prefix|loglevel)|INIT_CWD|NODE|CDKTF_.*|PATH)$/i;

/**
 * The environment of a step: the user's own, as it would be in a new terminal.
 *
 * @param added goes before it
 */
export function stepEnvironment(
  inherited: NodeJS.ProcessEnv,
  added: Readonly<Record<string, string>>,
): NodeJS.ProcessEnv {
  const own = Object.entries(inherited).filter(([name]) => !NOT_PASSED_ON.test(name));
  return { ...Object.fromEntries(own), ...added };
}
