/** What `package.json` says of where this project lies. */
export interface ProjectManifest {
  readonly version: string;
  /** Of this repository, as npm wants it. */
  readonly repository: { readonly url: string };
  /** Of the second repository, which the Terraform registry reads: the modules alone. */
  readonly modulesRepository: string;
}

/** Where this project lies: two values of `package.json`, which everything that prints an address reads. */
export interface Addresses {
  /** This repository, for a browser: `https://github.com/acme/remotion-lambda-terraform`. */
  readonly repository: string;
  /** The repository of the modules alone: `https://github.com/acme/terraform-aws-remotion-lambda`. */
  readonly modulesRepository: string;
}

/** The addresses that a `package.json` has. */
export function addressesOf({ repository, modulesRepository }: ProjectManifest): Addresses {
  return {
    repository: repository.url.replace(/^git\+/, "").replace(/\.git$/, ""),
    modulesRepository: modulesRepository.replace(/\.git$/, ""),
  };
}

/** Who owns a repository, and its name: the last two parts of its address. */
export function ownerAndName(address: string): readonly [owner: string, name: string] {
  const [owner = "", name = ""] = new URL(address).pathname.split("/").slice(-2);
  return [owner, name];
}

/**
 * Whether nobody has put in where the project lies yet. The hosts are those that are nobody's, so that a
 * placeholder that was forgotten fetches nothing.
 *
 * @see https://www.rfc-editor.org/rfc/rfc2606#section-3
 */
export function isPlaceholder(address: string): boolean {
  return /^(.+\.)?example\.(com|net|org)$/.test(new URL(address).hostname);
}

/**
 * A module's source for Terraform, out of a git repository.
 *
 * @param folder of the module in the repository
 * @see https://developer.hashicorp.com/terraform/language/modules/sources#generic-git-repository
 */
export function gitSource(repository: string, folder: string, version: string): string {
  return `git::${repository}.git//${folder}?ref=v${version}`;
}

/**
 * A module's source for Terraform, out of the public registry, which makes it of the repository's owner and name.
 *
 * @param folder of the module in the repository; empty for the root
 * @see https://developer.hashicorp.com/terraform/registry/modules/publish#requirements
 */
export function registrySource(modulesRepository: string, folder: string): string {
  const [owner, repository] = ownerAndName(modulesRepository);
  const [, provider = "", name = ""] = /^terraform-([^-]+)-(.+)$/.exec(repository) ?? [];
  return [`${owner}/${name}/${provider}`, ...(folder === "" ? [] : [folder])].join("//");
}
