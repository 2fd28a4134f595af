import { DEFAULT_NAMES } from "../remotion/default-names.js";
import type { AdoptingModule, PrincipalPlaces } from "./adopting-modules.js";
import type { PrincipalSetUp, SetUp } from "./set-up.js";

/** The value of a module's argument. */
type ArgumentValue = boolean | number | string | Readonly<Record<string, string>>;

/** Arguments of a module by the names of its inputs. */
export type ModuleArguments = Readonly<Record<string, ArgumentValue>>;

/** Seconds that a session lasts unless said otherwise. */
const DEFAULT_SESSION_DURATION = 3600;

/** The arguments by which a module is what exists already; none that is the module's default. */
export function moduleArguments(module: AdoptingModule, setUp: SetUp): ModuleArguments {
  const { path, partition, tags, permissionsBoundaryArn } = setUp.settings;
  return withoutDefaults([
    ...userArguments(module, setUp),
    ...roleArguments(module, setUp),
    ...callersArguments(module, setUp),
    ["path", path, "/"],
    ["partition", partition, "aws"],
    ["tags", tags, {}],
    ["permissions_boundary_arn", permissionsBoundaryArn, undefined],
  ]);
}

/** Name of an argument, its value, and the default of the module. */
type Argument = readonly [
  name: string | undefined,
  value: ArgumentValue | undefined,
  defaultValue: ArgumentValue | undefined,
];

function userArguments({ user: places }: AdoptingModule, { user, settings }: SetUp): Argument[] {
  return places === undefined
    ? []
    : [
        [places.inputs.create, user !== undefined, true],
        [places.inputs.name, user?.name, DEFAULT_NAMES.user],
        ...policyArguments(places, user, DEFAULT_NAMES.userPolicy),
        ["create_access_key", user?.accessKeyId !== undefined, false],
        [
          "access_keys",
          Object.fromEntries(
            (user?.namedAccessKeys ?? []).map(({ name, status }) => [name, status]),
          ),
          {},
        ],
        [places.forceDestroyInput, settings.forceDestroy, false],
      ];
}

/** Also where the module holds no role: its policies say which role may be passed to Lambda. */
function roleArguments(
  { role: places }: AdoptingModule,
  { role, lambdaRoleName, settings }: SetUp,
): Argument[] {
  return places === undefined
    ? [
        ["lambda_role_name", lambdaRoleName, DEFAULT_NAMES.lambdaRole],
        ["lambda_role_path", settings.path, "/"],
      ]
    : [
        [places.inputs.name, lambdaRoleName, DEFAULT_NAMES.lambdaRole],
        ...policyArguments(places, role, DEFAULT_NAMES.lambdaRolePolicy),
        ["max_session_duration", settings.maxSessionDuration, DEFAULT_SESSION_DURATION],
      ];
}

function callersArguments({ callers: places }: AdoptingModule, { callers }: SetUp): Argument[] {
  return places === undefined
    ? []
    : [
        [places.inputs.create, callers !== undefined, true],
        [places.inputs.name, callers?.policyName, DEFAULT_NAMES.executionRolePolicy],
        ["role_names", callers?.roleNames, {}],
      ];
}

function policyArguments(
  { inputs }: PrincipalPlaces,
  principal: PrincipalSetUp | undefined,
  defaultName: string,
): Argument[] {
  return [
    [inputs.policyName, principal?.policy?.name, defaultName],
    [inputs.policyType, principal?.policy?.type, "inline"],
  ];
}

function withoutDefaults(all: readonly Argument[]): ModuleArguments {
  return Object.fromEntries(
    all.flatMap(([name, value, defaultValue]) =>
      name === undefined ||
      value === undefined ||
      JSON.stringify(value) === JSON.stringify(defaultValue)
        ? []
        : [[name, value]],
    ),
  );
}
