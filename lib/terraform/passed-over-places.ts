import type { Bystanders } from "./bystanders.js";
import type { IamFile } from "./iam-file.js";
import { moduleOf, withoutKeys } from "./module-path.js";

/** Where in a plan those are who are passed over: its configuration, at the end, says more of them. */
export class PassedOverPlaces {
  /** Modules, and addresses of those who lack something; without keys, so that there are few. */
  readonly #modules = new Set<string>();
  readonly #lacking = new Set<string>();

  /** @param lacks whether an argument is left out that gives something */
  add(address: string, lacks: boolean): void {
    const path = withoutKeys(address);
    if (address.startsWith("module.")) {
      this.#modules.add(moduleOf(path));
    }
    if (lacks) {
      this.#lacking.add(path);
    }
  }

  /** Those where somebody may be meant, or may have more. */
  *needed(
    { moduleSources, configured = [] }: IamFile,
    { mayBeMeantIn }: Bystanders,
  ): Generator<string> {
    for (const module of this.#modules) {
      if (mayBeMeantIn(moduleSources(module))) {
        yield module;
      }
    }
    for (const address of configured) {
      if (this.#lacking.has(address)) {
        yield address;
      }
    }
  }
}
