import { createTwoFilesPatch } from "diff";

/** Path relative to a folder, with `/` → bytes. */
export type Contents = ReadonlyMap<string, Buffer>;

/** How one folder differs from another. */
export interface FolderComparison {
  /** Files that both have, or one. */
  readonly files: number;
  /** One for each file that differs in any byte. */
  readonly patches: readonly string[];
}

/** Compares two folders, byte for byte. */
export function compareFolders(ours: Contents, theirs: Contents): FolderComparison {
  const files = [...new Set([...ours.keys(), ...theirs.keys()])].sort();
  const patches = files.flatMap((file) => {
    const [our, their] = [ours.get(file), theirs.get(file)];
    return our !== undefined && their?.equals(our)
      ? []
      : [patch(file, our?.toString("utf8"), their?.toString("utf8"))];
  });
  return { files: files.length, patches };
}

/** A difference that is understood, and that no plan shows. */
export interface KnownDifference {
  readonly what: string;
  readonly why: string;
  /** The text without it. */
  readonly without: (text: string) => string;
}

/** What synthesized stacks differ in that does not matter. Modules have no such list. */
export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    what: "the framework's version under //.metadata",
    why: "it says which release synthesized, and Terraform reads it as a comment",
    without: (synthesized) =>
      synthesized.replace(
        /^(\{\n {2}"\/\/": \{\n {4}"metadata": \{\n(?: {6,}.*\n)*? {6}"version": )"[^"\n]*"/,
        '$1""',
      ),
  },
  {
    what: "empty lists and objects on one line",
    why: "CDKTF prints with json-stable-stringify, CDK Terrain with safe-stable-stringify",
    without: (synthesized) => synthesized.replaceAll(/([[{])\n\s*([\]}])/g, "$1$2"),
  },
];

/** How one text differs from another. */
export interface TextComparison {
  /** Those known differences without which the texts would differ. */
  readonly known: readonly KnownDifference[];
  /** What is not known; `undefined` where there is nothing. */
  readonly patch: string | undefined;
}

/** Compares two synthesized stacks, byte for byte but for what is known. */
export function compareStacks(
  ours: string,
  theirs: string,
  differences = KNOWN_DIFFERENCES,
): TextComparison {
  const left = (known: readonly KnownDifference[]) =>
    [ours, theirs].map((all) => known.reduce((some, { without }) => without(some), all));
  const [our = "", their = ""] = left(differences);
  return {
    known: differences.filter((difference) => {
      const [here, there] = left(differences.filter((other) => other !== difference));
      return our === their && here !== there;
    }),
    patch: our === their ? undefined : patch("cdk.tf.json", our, their),
  };
}

function patch(file: string, ours: string | undefined, theirs: string | undefined): string {
  const name = (side: string | undefined) => (side === undefined ? "/dev/null" : file);
  return createTwoFilesPatch(
    name(ours),
    name(theirs),
    ours ?? "",
    theirs ?? "",
    "CDKTF",
    "CDK Terrain",
  );
}
