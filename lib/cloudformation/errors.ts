import { shown } from "../json/shown.js";
import { UnreadableFile } from "../json/unreadable-file.js";

/** The file is not YAML. Lines and columns count from 1. */
export function notYaml(line: number, column: number, what: string): UnreadableFile {
  return new UnreadableFile(
    `The file is not YAML: something is wrong at line ${line}, column ${column} (${what}). \`aws cloudformation validate-template --template-body file://FILE\` says more.`,
  );
}

/** A file of YAML holds more than one document, or none. */
export function notOneDocument(count: number): UnreadableFile {
  return new UnreadableFile(
    `The file holds ${count} documents in YAML, and CloudFormation takes one: give each template as a file of its own.`,
  );
}

/** Maps and lists lie in one another without end. */
export function yamlTooDeep(limit: number): UnreadableFile {
  return new UnreadableFile(
    `The file nests maps and lists more than ${limit} deep, aliases counted, which no template does: check where it comes from.`,
  );
}

/** Aliases stand for aliases, until there is more than any template has. */
export function tooManyAliases(limit: number): UnreadableFile {
  return new UnreadableFile(
    `The file's aliases stand for more than ${limit} values, which no template needs: check where it comes from.`,
  );
}

/** A key stands twice in a map: which of the two counts, each reader decides for itself. */
export function repeatedYamlKey(key: string, line: number): UnreadableFile {
  return new UnreadableFile(
    `The key ${shown(key)} stands twice in a map, the second time at line ${line}: CloudFormation refuses that. Take one of them out.`,
  );
}

/** Something is in the YAML that CloudFormation does not take. */
export function notInTemplates(what: string, line: number): UnreadableFile {
  return new UnreadableFile(
    `The file has ${what} at line ${line}, which CloudFormation does not take: write it as a map, a list or a text.`,
  );
}

/** An answer of `aws cloudformation get-template` has no template in it. */
export function noTemplate(): UnreadableFile {
  return new UnreadableFile(
    "The file has no template: what it holds has no Resources. Give the template that is deployed, or the answer of `aws cloudformation get-template --stack-name STACK`.",
  );
}

/** The template has no user, role or policy of its own, and other templates are nested in it. */
export function onlyNestedStacks(names: readonly string[]): UnreadableFile {
  const found = names.slice(0, 5).map(shown).join(", ");
  return new UnreadableFile(
    `The template has no IAM user, role or policy of its own, and its nested stacks (${found}${names.length > 5 ? ", …" : ""}) are other templates: give those, in cdk.out the files *.nested.template.json.`,
  );
}

/** The template has a function's worth of resources that multiply without end. */
export function tooMuchInTemplate(steps: number): UnreadableFile {
  return new UnreadableFile(
    `The template's functions take more than ${steps} steps to work out, which no template needs: check where it comes from.`,
  );
}

/** A value is given for a parameter that the template does not have. */
export function unknownParameters(
  names: readonly string[],
  known: readonly string[],
): UnreadableFile {
  const some = known.slice(0, 20).map(shown).join(", ");
  return new UnreadableFile(
    `The template has no parameter ${names.map(shown).join(", ")}: it has ${some === "" ? "none" : some}${known.length > 20 ? ", …" : ""}, and AWS::Region, AWS::AccountId, AWS::Partition and AWS::StackName can be given.`,
  );
}

/** A resource is made on a condition that the template does not have. */
export function unknownCondition(id: string, condition: unknown): UnreadableFile {
  const isText = typeof condition === "string";
  return new UnreadableFile(
    `The Condition of ${shown(id)} is ${isText ? shown(condition) : "no text"}, and no condition of the template: name one of its Conditions${isText ? "" : ", in quotes where it is a word as Yes or a number"}.`,
  );
}

/** A value is given for a parameter that CloudFormation would not take. @param rule what it breaks, as a sentence's end */
export function refusedValue(name: string, value: string, rule: string): UnreadableFile {
  return new UnreadableFile(
    `The parameter ${shown(name)} is given ${shown(value)}, and ${rule}: give a value that CloudFormation takes.`,
  );
}
