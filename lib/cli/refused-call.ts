import { shown } from "../json/shown.js";
import type {
  CommandDefinition,
  OptionDefinition,
  PositionalDefinition,
} from "./command-definition.js";
import { OPTIONS_OF_NONE } from "./completion-words.js";
import { didYouMean } from "./did-you-mean.js";

/** A call that yargs refused. */
export interface RefusedCall {
  /** What yargs says of it. */
  readonly message: string;
  /** The arguments as they were given. */
  readonly args: readonly string[];
  /** The arguments as yargs read them. */
  readonly argv: Readonly<Record<string, unknown>>;
  /** The command that was called; undefined where none was named. */
  readonly command: CommandDefinition | undefined;
}

/** What yargs keeps among the arguments and is none, and the short names. */
const OTHER_KEYS = ["_", "$0", "h"];

/**
 * Says what is wrong with a call: what was given, what there is, and what was perhaps meant. Where this is
 * at a loss, yargs' own words stay.
 */
export function refusalOf({ message, args, argv, command }: RefusedCall): string {
  const { options = [], positionals = [] } = command ?? {};
  const wrong = [
    ...unknownOptions(args, argv, command),
    ...[...options.map(asOption), ...positionals.map(asPositional)].flatMap(([argument, label]) =>
      wrongValues(argument, label, argv),
    ),
  ];
  if (wrong.length > 0 || command === undefined) {
    return wrong.join("\n") || message;
  }
  const missing = [
    ...options.filter(({ required, name }) => required && !Object.hasOwn(argv, name)).map(asOption),
    ...positionals
      .filter(({ required, name }) => required && isAbsent(argv[name]))
      .map(asPositional),
  ].map(([{ describe }, label]) => `${command.name} needs ${label}: ${describe}.`);
  return [...missing, ...tooMany(argv, command, missing.length > 0)].join("\n") || message;
}

type Labelled = readonly [PositionalDefinition, string];

const asOption = (option: OptionDefinition): Labelled => [option, `--${option.name}`];

const asPositional = (positional: PositionalDefinition): Labelled => [
  positional,
  `<${positional.name}>`,
];

function unknownOptions(
  args: readonly string[],
  argv: Readonly<Record<string, unknown>>,
  command: CommandDefinition | undefined,
): string[] {
  const { options = [], positionals = [] } = command ?? {};
  const names = [...options, ...OPTIONS_OF_NONE].map(({ name }) => name);
  const known = new Set(
    [...names, ...positionals.map(({ name }) => name), ...OTHER_KEYS].flatMap((name) => [
      name,
      camelCased(name),
    ]),
  );
  const keys = Object.keys(argv).filter((key) => !known.has(key));
  // yargs adds the other spelling of a name with hyphens.
  const spelt = new Set(keys.filter((key) => key.includes("-")).map(camelCased));
  const given = keys.filter((key) => key.includes("-") || !spelt.has(key));
  // Options with one hyphen, as Terraform has them, are to yargs as many options as they have letters.
  const single = given.some((key) => key.length === 1) ? withOneHyphen(args) : [];
  const labels = [
    ...single.map((name) => `-${name}`),
    ...given
      .filter((key) => key.length > 1 || !single.some((name) => name.includes(key)))
      .map((key) => `${key.length > 1 ? "--" : "-"}${key}`),
  ];
  return labels.map((label) => {
    const whose = command === undefined ? "There is no option" : `${command.name} has no option`;
    const meant = didYouMean(label.replace(/^-+/, ""), names, "--");
    return `${whose} ${/^[\w-]+$/.test(label) ? label : shown(label)}.${meant}`;
  });
}

/** The names of what begins with one hyphen and has more than a letter, before what is text in any case. */
function withOneHyphen(args: readonly string[]): string[] {
  const end = args.indexOf("--");
  return (end < 0 ? args : args.slice(0, end)).flatMap((argument) => {
    const [, name] = /^-([a-z][\w-]+)/i.exec(argument) ?? [];
    return name === undefined ? [] : [name];
  });
}

function wrongValues(
  { choices, name }: PositionalDefinition,
  label: string,
  argv: Readonly<Record<string, unknown>>,
): string[] {
  const value = argv[name];
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return choices === undefined
    ? []
    : values
        .filter((one) => one !== undefined && !choices.some((choice) => choice === one))
        .map((one) => {
          const text = String(one);
          return `${label} is ${shown(text)}, which is none of ${choices.join(", ")}.${didYouMean(text, choices)}`;
        });
}

function tooMany(
  argv: Readonly<Record<string, unknown>>,
  { name, positionals }: CommandDefinition,
  isMissing: boolean,
): string[] {
  const [, ...more] = Array.isArray(argv["_"]) ? argv["_"] : [];
  if (more.length === 0 || isMissing) {
    return [];
  }
  const takes = positionals.map((positional) => `<${positional.name}>`).join(" ");
  const values = more.map((one) => shown(String(one))).join(", ");
  return [`${name} takes ${takes === "" ? "options alone" : takes}, and ${values} is too many.`];
}

function isAbsent(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.length === 0);
}

function camelCased(name: string): string {
  return name.replaceAll(/-+([^-])/g, (_, letter: string) => letter.toUpperCase());
}
