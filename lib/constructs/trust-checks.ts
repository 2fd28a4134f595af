import { type IResolvable, TerraformLocal, type TerraformResource, Token } from "cdktf";
import type { Construct } from "constructs";
import {
  alternativesOf,
  audienceOfIssuer,
  BEHIND_OWNER,
  beginsWithOwner,
  claimsOfIssuer,
  GITHUB_CLAIM,
  GITHUB_OWNERS,
  GITHUB_SUBJECT,
  hasSharedShape,
  isOwnSubject,
  issuerOf,
  knownIssuer,
  OF_ONE_CUSTOMER,
  OIDC_AUDIENCES,
  OIDC_CLAIMS,
  OIDC_ISSUER_PATTERNS,
  OIDC_ISSUERS,
} from "../iam/oidc-issuers.js";
import {
  OIDC_AUDIENCE,
  OIDC_CLAIM_VALUE,
  OIDC_OWNER,
  OIDC_PROVIDER_ARN,
  OIDC_SUBJECT,
} from "../iam/rules.js";
import {
  type OidcTrust,
  SOURCE_SERVICE,
  SOURCE_SERVICES,
  sourceServiceOf,
} from "../iam/trust-policy.js";
import { checkEvery, checkRule } from "./checks.js";
import { comment } from "./comment.js";
import { CONCERNS, concern } from "./concern.js";
import {
  askedOfNobody,
  audienceOfNobody,
  nobodyTrusted,
  openOidcTrust,
  serviceWithoutSource,
  sourceOfOtherAccount,
  sourceOfOtherService,
  strangersSubject,
  unknownClaim,
} from "./errors.js";
import { type ExpressionPart, expression, listPart, textPart } from "./expression.js";
import { oidcTrustRules } from "./input-rules.js";
import { oidcIdentities } from "./oidc-identities.js";
import { addPrecondition } from "./precondition.js";
import { requireOfTerraform } from "./requirements.js";
import { shownTokens } from "./token-text.js";
import type { TrustProps } from "./trust-text.js";

/** Checks who may assume a role. @throws when a value breaks its rule, or nobody is trusted */
export function checkTrust(scope: Construct, props: TrustProps): void {
  const { trustedServices = [], trustedPrincipalArns = [], trustedOidc = [] } = props;
  checkSources(scope, props);
  checkAsked(scope, props);
  if (Token.isUnresolved(trustedOidc)) {
    requireOfTerraform(scope, "trustedOidc", trustedOidc, oidcTrustRules);
  }
  for (const [index, trust] of known(trustedOidc).entries()) {
    checkOidcTrust(scope, `trustedOidc[${index}]`, trust);
  }
  const all = [trustedServices, trustedPrincipalArns, trustedOidc];
  if (all.every((list) => !Token.isUnresolved(list) && known<unknown>(list).length === 0)) {
    throw nobodyTrusted(scope.node.path);
  }
}

/** Who says for whom it acts is asked; a service that does not could never assume the role. */
function checkSources(
  scope: Construct,
  { trustedServices = [], sourceAccount, sourceArns = [] }: TrustProps,
): void {
  const isAsked =
    Token.isUnresolved(sourceArns) || known(sourceArns).length > 0 || sourceAccount !== undefined;
  const isMaybeAsked = Token.isUnresolved(sourceAccount) || Token.isUnresolved(sourceArns);
  if (!isAsked || isMaybeAsked || Token.isUnresolved(trustedServices)) {
    return;
  }
  const services = known(trustedServices);
  const other = services.find(
    (service) => !Token.isUnresolved(service) && !new RegExp(SOURCE_SERVICE).test(service),
  );
  if (other !== undefined || services.length === 0) {
    throw sourceOfOtherService(scope.node.path, other, SOURCE_NAMES);
  }
  checkSourceArns(scope, services, known(sourceArns), sourceAccount);
}

/** Whoever acts for something acts for its account, and for what is of its own service. */
function checkSourceArns(
  scope: Construct,
  services: readonly string[],
  arns: readonly string[],
  account: string | undefined,
): void {
  if (arns.length === 0 || [...services, ...arns].some((text) => Token.isUnresolved(text))) {
    return;
  }
  const parts = arns.map((arn) => arn.split(":"));
  const other = parts.findIndex(([, , , , owner]) => account !== undefined && owner !== account);
  if (account !== undefined && other >= 0) {
    const arn = arns[other] ?? "";
    throw sourceOfOtherAccount(scope.node.path, `sourceArns[${other}]`, arn, account);
  }
  const idle = services.find((name) => !parts.some((part) => part[2] === sourceServiceOf(name)));
  if (idle !== undefined) {
    throw serviceWithoutSource(scope.node.path, idle, sourceServiceOf(idle));
  }
}

/** What is asked of principals alone is asked of somebody. */
function checkAsked(
  scope: Construct,
  { trustedPrincipalArns: arns = [], externalId, sessionTagKeys: keys = [] }: TrustProps,
): void {
  if (Token.isUnresolved(arns) || known(arns).length > 0) {
    return;
  }
  if (externalId !== undefined && !Token.isUnresolved(externalId)) {
    throw askedOfNobody(scope.node.path, "externalId");
  }
  if (known(keys).length > 0) {
    throw askedOfNobody(scope.node.path, "sessionTagKeys");
  }
}

const SOURCE_NAMES = SOURCE_SERVICES.map(({ name }) => `${name}.amazonaws.com`);

function checkOidcTrust(scope: Construct, prop: string, trust: OidcTrust): void {
  const { providerArn, audiences, subjects, claims, owner } = trust;
  checkRule(scope, `${prop}.providerArn`, providerArn, OIDC_PROVIDER_ARN);
  for (const [name, values] of Object.entries({ audiences, subjects })) {
    if (values.length === 0) {
      throw openOidcTrust(scope.node.path, `${prop}.${name}`);
    }
  }
  checkEvery(scope, `${prop}.audiences`, audiences, OIDC_AUDIENCE);
  checkEvery(scope, `${prop}.subjects`, subjects, OIDC_SUBJECT);
  checkRule(scope, `${prop}.owner`, owner, OIDC_OWNER);
  for (const [claim, values] of Object.entries(claims)) {
    if (values.length === 0) {
      throw openOidcTrust(scope.node.path, `${prop}.claims.${claim}`);
    }
    checkEvery(scope, `${prop}.claims.${claim}`, values, OIDC_CLAIM_VALUE);
  }
  if (Token.isUnresolved(providerArn)) {
    checkOwners(scope, prop, trust);
  } else {
    checkOfIssuer(scope, prop, trust, issuerOf(providerArn));
  }
}

/** Of an issuer that only Terraform knows: each subject has an owner that is literal, whoever the issuer is. */
function checkOwners(scope: Construct, prop: string, { subjects, owner }: OidcTrust): void {
  if (owner !== undefined) {
    return;
  }
  const unknown = Token.isUnresolved(subjects);
  for (const [index, subject] of unknown ? [[0, ""] as const] : known(subjects).entries()) {
    if (!hasSharedShape(subject)) {
      throw strangersSubject(
        scope.node.path,
        `${prop}.subjects[${index}]`,
        shownTokens(scope, subject),
        {
          issuer: "an issuer that only Terraform knows",
          example: "repo:acme@123456/video@456789:*",
        },
      );
    }
  }
}

function checkOfIssuer(scope: Construct, prop: string, trust: OidcTrust, issuer: string): void {
  const { audiences, subjects, claims, owner } = trust;
  for (const [index, subject] of known(subjects).entries()) {
    const isKnown = !Token.isUnresolved(subject) && !Token.isUnresolved(owner);
    if (isKnown && !isOwnSubject(issuer, subject, owner)) {
      throw strangersSubject(scope.node.path, `${prop}.subjects[${index}]`, subject, {
        issuer,
        example: knownIssuer(issuer)?.example,
        ...(owner === undefined || isOnlyShapeWrong(issuer, subject, owner) ? {} : { owner }),
      });
    }
  }
  const wanted = audienceOfIssuer(issuer);
  for (const [index, audience] of wanted === undefined ? [] : known(audiences).entries()) {
    if (
      wanted !== undefined &&
      !Token.isUnresolved(audience) &&
      !new RegExp(wanted.audience).test(audience)
    ) {
      throw audienceOfNobody(
        scope.node.path,
        `${prop}.audiences[${index}]`,
        audience,
        issuer,
        wanted.example,
      );
    }
  }
  const evaluated = claimsOfIssuer(issuer);
  for (const claim of Object.keys(claims)) {
    if (!evaluated.includes(claim)) {
      throw unknownClaim(scope.node.path, `${prop}.claims`, claim, issuer, evaluated);
    }
  }
}

/** Whether it is not for its owner that a subject of a known issuer is refused. */
function isOnlyShapeWrong(issuer: string, subject: string, owner: string): boolean {
  return knownIssuer(issuer) !== undefined && beginsWithOwner(subject, owner);
}

/** The ARNs of the providers that are trusted, by their props. */
export function providerArns(
  trusted: TrustProps["trustedOidc"] = [],
): Readonly<Record<string, string | IResolvable>> {
  return Token.isUnresolved(trusted)
    ? { trustedOidc: expression`${trusted as IResolvable}[*].provider_arn` }
    : Object.fromEntries(
        known(trusted).map(({ providerArn }, index) => [
          `trustedOidc[${index}].providerArn`,
          providerArn,
        ]),
      );
}

/** Lets Terraform check what only it knows of whom a role trusts. */
export function enforceTrust(scope: Construct, role: TerraformResource, props: TrustProps): void {
  enforceSources(role, props);
  enforceSourceArns(scope, role, props);
  enforceAsked(role, props);
  const trusted = unknownTrusts(props.trustedOidc ?? []);
  if (trusted !== undefined) {
    enforceIssuers(scope, role, trusted);
  }
}

function enforceSources(role: TerraformResource, props: TrustProps): void {
  const { trustedServices = [], sourceAccount, sourceArns = [] } = props;
  const parts = [trustedServices, sourceAccount, sourceArns];
  if (!parts.some(holdsToken)) {
    return;
  }
  const services = listPart(trustedServices);
  const account = sourceAccount === undefined ? "null" : textPart(sourceAccount);
  const isNotAsked = expression`${account} == null && length(${listPart(sourceArns)}) == 0`;
  const sayFor = expression`alltrue([for service in ${services} : can(regex("${SOURCE_SERVICE}", service))])`;
  addPrecondition(role, {
    condition: expression`(${isNotAsked}) || (length(${services}) > 0 && ${sayFor})`,
    errorMessage: `source_account and source_arns are for services that say for whom they act (${SOURCE_NAMES.join(", ")}), and trusted_services has ${expression`jsonencode(${services})`}: leave them out, or give the other services a role of their own.`,
  });
}

/** As {@link checkSourceArns}, of what only Terraform knows. */
function enforceSourceArns(scope: Construct, role: TerraformResource, props: TrustProps): void {
  const { trustedServices = [], sourceAccount, sourceArns = [] } = props;
  const none = !Token.isUnresolved(sourceArns) && known(sourceArns).length === 0;
  if (none || ![trustedServices, sourceAccount, sourceArns].some(holdsToken)) {
    return;
  }
  const arns = listPart(sourceArns);
  if (sourceAccount !== undefined) {
    const account = textPart(sourceAccount);
    const others = new TerraformLocal(
      scope,
      "sources_of_others",
      expression`${account} == null ? [] : [for arn in ${arns} : arn if try(split(":", arn)[4], "") != ${account}]`,
    );
    comment(others, "Sources of another account than the one that is given.");
    addPrecondition(role, {
      condition: expression`length(${others.fqn}) == 0`,
      errorMessage: `source_arns has ${expression`join(", ", ${others.fqn})`}, and source_account is ${expression`jsonencode(${account})`}: nobody acts for both, so nobody could assume the role. Give ARNs of that account, or leave source_account out, for an ARN names its account.`,
    });
  }
  const services = expression`[for arn in ${arns} : try(split(":", arn)[2], "")]`;
  const named = SOURCE_SERVICES.reduce(
    (text, { name, arns: service }) =>
      service === undefined ? text : expression`replace(${text}, "${name}", "${service}")`,
    expression`split(".", service)[0]`,
  );
  const idle = new TerraformLocal(
    scope,
    "services_without_source",
    expression`length(${arns}) == 0 ? [] : [
  for service in ${listPart(trustedServices)} : service
  if !contains(${services}, ${named})
]`,
  );
  comment(idle, "Services that could act for none of the sources, which are of other services.");
  addPrecondition(role, {
    condition: expression`length(${idle.fqn}) == 0`,
    errorMessage: `source_arns has no ARN of ${expression`join(", ", ${idle.fqn})`}: a service acts for its own resources alone, so it could not assume the role. Add one, or give the service a role of its own.`,
  });
}

/** Whether only Terraform knows a text, a list or a part of it. */
function holdsToken(value: string | readonly string[] | IResolvable | undefined): boolean {
  return (
    Token.isUnresolved(value) ||
    (Array.isArray(value) && value.some((item) => Token.isUnresolved(item)))
  );
}

/** As {@link checkAsked}, of what only Terraform knows. */
function enforceAsked(role: TerraformResource, props: TrustProps): void {
  const { trustedPrincipalArns = [], externalId, sessionTagKeys = [] } = props;
  const isOpen = (list: readonly string[] | IResolvable) =>
    Token.isUnresolved(list) || known(list).length > 0;
  const isMaybeAsked = externalId !== undefined || isOpen(sessionTagKeys);
  if (
    !isMaybeAsked ||
    (isOpen(trustedPrincipalArns) && !Token.isUnresolved(trustedPrincipalArns))
  ) {
    return;
  }
  const isNotAsked = expression`${externalId === undefined ? "null" : textPart(externalId)} == null && length(${listPart(sessionTagKeys)}) == 0`;
  addPrecondition(role, {
    condition: expression`length(${listPart(trustedPrincipalArns)}) > 0 || (${isNotAsked})`,
    errorMessage:
      "external_id and session_tag_keys would do nothing, as trusted_principal_arns is empty: they are asked of no service and of no OIDC identity. Name whom they are for, or leave them out.",
  });
}

/** The trusts of which only Terraform knows a part, as a list of objects; undefined where there are none. */
function unknownTrusts(trusted: readonly OidcTrust[] | IResolvable): ExpressionPart | undefined {
  if (Token.isUnresolved(trusted)) {
    return trusted as IResolvable;
  }
  const unknown = (trusted as readonly OidcTrust[]).filter(hasTokens);
  const [first, ...more] = unknown.map(trustPart);
  return first === undefined
    ? undefined
    : expression`[${more.reduce((rest, item) => expression`${rest}, ${item}`, first)}]`;
}

function hasTokens({ providerArn, audiences, subjects, claims, owner = "" }: OidcTrust): boolean {
  const lists = [audiences, subjects, ...Object.values(claims)];
  const texts = [providerArn, owner, ...lists.flatMap((list) => known(list))];
  return [...lists, ...texts].some((part) => Token.isUnresolved(part));
}

function trustPart({ providerArn, audiences, subjects, claims, owner }: OidcTrust): ExpressionPart {
  const claimed = Object.entries(claims).reduce(
    (rest, [claim, values]) => expression`${rest}"${claim}" = ${listPart(values)}, `,
    expression``,
  );
  const own = owner === undefined ? "null" : textPart(owner);
  return expression`{ provider_arn = ${textPart(providerArn)}, audiences = ${listPart(audiences)}, subjects = ${listPart(subjects)}, claims = { ${claimed}}, owner = ${own} }`;
}

/** Whose a subject may be depends on the issuer, and so do the audiences and claims that mean something. */
function enforceIssuers(scope: Construct, role: TerraformResource, trusted: ExpressionPart): void {
  const issuerPattern = issuerPatterns(scope);
  const rules = oidcLocal(
    scope,
    "oidc_claims",
    OIDC_CLAIMS.map(({ issuer, claims }) => ({ issuer: issuerPattern(issuer), claims })),
  );
  comment(rules, "What AWS evaluates of a token beside its subject and audience.");
  const subjectPattern = subjectPatterns(scope);
  const issuers = oidcLocal(
    scope,
    "oidc_issuers",
    OIDC_ISSUERS.map(({ issuer, subject, example }) => ({
      issuer: issuerPattern(issuer),
      subject: subjectPattern(subject),
      example,
    })),
  );
  comment(
    issuers,
    "What the subjects of known issuers must match: the customer's place is literal where an issuer has several.",
  );
  const trusts = oidcLocal(
    scope,
    "oidc_trusts",
    expression`[
  for trust in ${oidcIdentities(scope, trusted)} : merge(trust, {
    owner     = trust.owner == null ? "" : trust.owner
    shapes    = [for known in ${issuers.fqn} : known if can(regex(known.issuer, trust.normalized_issuer))]
    evaluated = flatten([for rule in ${rules.fqn} : rule.claims if can(regex(rule.issuer, trust.normalized_issuer))])
  })
]`,
  );
  comment(
    trusts,
    "Those identities, with what is known of their issuers: the first shape that fits counts.",
  );
  enforceSubjects(scope, role, trusts.fqn);
  enforceAudiences(scope, role, trusts.fqn, issuerPattern);
  enforceClaims(scope, role, trusts.fqn);
}

/** Declares the issuers that several tables are about. @returns from a pattern to one that refers to them */
function issuerPatterns(scope: Construct): (pattern: string) => string {
  const patterns = Object.entries(OIDC_ISSUER_PATTERNS);
  const local = oidcLocal(
    scope,
    "oidc_issuer_patterns",
    Object.fromEntries(patterns.map(([name, pattern]) => [name, inLines(pattern)])),
  );
  comment(local, "The issuers that more than one of the tables below is about.");
  return (pattern) => {
    const referring = patterns.reduce(
      (text, [name, known]) =>
        text.replaceAll(known, () => expression`${local.fqn}.${name}`.toString()),
      pattern,
    );
    return referring === pattern ? inLines(pattern) : referring;
  };
}

/** A pattern with a line for each of several alternatives. */
function inLines(pattern: string): string {
  const alternatives = alternativesOf(pattern);
  return alternatives.length === 1
    ? pattern
    : expression`join("|", ${listPart(alternatives)})`.toString();
}

/** Declares what subjects of several issuers have in common. @returns from a pattern to one that refers to it */
function subjectPatterns(scope: Construct): (pattern: string) => string {
  const ofOneCustomer = oidcLocal(scope, "oidc_subject_of_one_customer", OF_ONE_CUSTOMER);
  comment(
    ofOneCustomer,
    "Where one customer stands behind an issuer: no wildcard, or one at the end, behind a part that is literal.",
  );
  const claim = oidcLocal(scope, "oidc_github_claim", GITHUB_CLAIM);
  comment(
    claim,
    "A claim in a subject of GitHub with a literal value; GitHub writes a colon in it as %3A.",
  );
  const before = `^(${claim.asString})*(pull_request:(${claim.asString})*)?`;
  const owners = expression`join("|", ${listPart(GITHUB_OWNERS)})`.toString();
  const github = oidcLocal(scope, "oidc_github_subject", `${before}(${owners})`);
  comment(
    github,
    "Such claims, perhaps with pull_request among them, and behind them one that only its owner can be given.",
  );
  return (pattern) =>
    pattern
      .replaceAll(OF_ONE_CUSTOMER, () => ofOneCustomer.asString)
      .replaceAll(GITHUB_SUBJECT, () => github.asString);
}

function enforceSubjects(scope: Construct, role: TerraformResource, trusts: string): void {
  const subjects = oidcLocal(
    scope,
    "oidc_subjects",
    expression`flatten([
  for trust in ${trusts} : [
    for subject in trust.subjects : {
      text        = subject
      issuer      = trust.issuer
      owner       = trust.owner
      is_of_owner = trust.owner == "" || startswith(subject, trust.owner) && can(regex("^([:/|]|$)", trimprefix(subject, trust.owner)))
      has_shape   = can(regex(try(trust.shapes[0].subject, trust.owner == "" ? "^[^*?]+$" : "${BEHIND_OWNER}"), length(trust.shapes) > 0 ? subject : trimprefix(subject, trust.owner)))
      example     = try(trust.shapes[0].example, "a subject without wildcards, or with one at its end behind the owner")
    }
  ]
])`,
  );
  comment(
    subjects,
    "Each subject, whether it is its owner's, and whether it has a shape that no stranger's can have.",
  );
  const strangers = oidcLocal(
    scope,
    "oidc_strangers",
    expression`[
  for subject in ${subjects.fqn} :
  "\${jsonencode(subject.text)} of \${subject.issuer}, to be written as \${subject.is_of_owner ? subject.example : "a subject of the owner \${jsonencode(subject.owner)}"}"
  if !subject.is_of_owner || !subject.has_shape
]`,
  );
  comment(strangers, "Subjects that a stranger's token could have, too.");
  addPrecondition(role, {
    condition: expression`length(${strangers.fqn}) == 0`,
    errorMessage: `trusted_oidc has ${expression`join("; ", ${strangers.fqn})`}: a stranger could assume the role. Write out what only you can be given, with wildcards behind it alone; for an issuer without a known shape give that beginning as owner.`,
  });
}

function enforceAudiences(
  scope: Construct,
  role: TerraformResource,
  trusts: string,
  issuerPattern: (pattern: string) => string,
): void {
  const rules = oidcLocal(
    scope,
    "oidc_audiences",
    OIDC_AUDIENCES.map(({ issuer, audience, example }) => ({
      issuer: issuerPattern(issuer),
      audience,
      example,
    })),
  );
  comment(rules, "Issuers whose audience names the customer.");
  const wrong = expression`flatten([
  for trust in ${trusts} : [
    for rule in ${rules.fqn} : [
      for audience in trust.audiences :
      "\${jsonencode(audience)} of \${trust.issuer}, to be written as \${rule.example}" if !can(regex(rule.audience, audience))
    ] if can(regex(rule.issuer, trust.normalized_issuer))
  ]
])`;
  const local = oidcLocal(scope, "oidc_wrong_audiences", wrong);
  addPrecondition(role, {
    condition: expression`length(${local.fqn}) == 0`,
    errorMessage: `trusted_oidc has the audiences ${expression`join("; ", ${local.fqn})`}: of this issuer the audience tells its customers apart, so name yours in full.`,
  });
}

function enforceClaims(scope: Construct, role: TerraformResource, trusts: string): void {
  const unknown = oidcLocal(
    scope,
    "oidc_unknown_claims",
    expression`flatten([
  for trust in ${trusts} : [
    for claim in keys(trust.claims) :
    "\${jsonencode(claim)} of \${trust.issuer}, which may have \${join(", ", coalescelist(trust.evaluated, ["none"]))}"
    if !contains(trust.evaluated, claim)
  ]
])`,
  );
  addPrecondition(role, {
    condition: expression`length(${unknown.fqn}) == 0`,
    errorMessage: `trusted_oidc has the claims ${expression`join("; ", ${unknown.fqn})`}: AWS evaluates no other claims, so nobody could assume the role.`,
  });
}

/** A local of the rules for OIDC, which are apart from who is trusted. */
function oidcLocal(scope: Construct, id: string, value: unknown): TerraformLocal {
  const local = new TerraformLocal(scope, id, value);
  concern(local, CONCERNS.trustedOidc);
  return local;
}

/** The items of a list; none where only Terraform knows them. */
function known<Item>(list: readonly Item[] | object): readonly Item[] {
  return Token.isUnresolved(list) ? [] : (list as readonly Item[]);
}
