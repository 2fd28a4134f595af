import { deployerPolicy } from "../deployer/deployer-policy.js";
import { DeployerError } from "../deployer/errors.js";
import type { ModuleName } from "../deployer/module-inputs.js";
import type { Phase } from "../deployer/recorded-calls.js";
import type { Partition } from "../iam/partition.js";
import { ACCOUNT_ID } from "../iam/rules.js";
import { keepsRule } from "../iam/value-rule.js";
import type { Console } from "./console.js";
import { inputWithoutValue, invalidOption, repeatedInput, UsageError } from "./errors.js";

/** What `policy deployer` was asked for. */
export interface DeployerCommandOptions {
  readonly module: ModuleName;
  readonly phase: Phase;
  /** What the module is given, as `NAME=VALUE`. */
  readonly input: readonly string[];
  readonly partition: Partition;
  readonly accountId: string | undefined;
  /** Print on one line. */
  readonly compact: boolean;
}

/**
 * Prints the policy for whoever plans or applies a module.
 *
 * @returns the exit code
 * @throws UsageError when an option breaks its rule
 */
export function deployer(options: DeployerCommandOptions, console: Console): number {
  const { module, phase, input, partition, accountId, compact } = options;
  if (accountId !== undefined && !keepsRule(ACCOUNT_ID, accountId)) {
    throw invalidOption("account", accountId, ACCOUNT_ID);
  }
  const inputs = inputsIn(input);
  try {
    const document = deployerPolicy({
      module,
      phase,
      inputs,
      partition,
      ...(accountId === undefined ? {} : { accountId }),
    });
    console.result(JSON.stringify(document, null, compact ? 0 : 2));
    return 0;
  } catch (error) {
    throw error instanceof DeployerError ? new UsageError(`--input: ${error.message}`) : error;
  }
}

function inputsIn(given: readonly string[]): Readonly<Record<string, string>> {
  const inputs = new Map<string, string>();
  for (const text of given) {
    const at = text.indexOf("=");
    if (at < 1) {
      throw inputWithoutValue(text);
    }
    const input = text.slice(0, at);
    if (inputs.has(input)) {
      throw repeatedInput(input);
    }
    inputs.set(input, text.slice(at + 1));
  }
  return Object.fromEntries(inputs);
}
