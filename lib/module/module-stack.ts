import {
  TerraformElement,
  TerraformLocal,
  TerraformOutput,
  TerraformResource,
  TerraformVariable,
} from "cdktf";
import type { Construct } from "constructs";
import { duplicateAddress, notInModule, unwritableBlock } from "./errors.js";
import type { JsonObject, JsonValue } from "./json-value.js";
import { isJsonObject } from "./json-value.js";
import type { BlockNames, Directive, MainElement, ModuleDocument } from "./module-document.js";
import { ModuleVariable } from "./module-variable.js";
import { argumentOrder } from "./order.js";
import { ReadableStack } from "./readable-stack.js";
import { RequiredProvider, type RequiredProviderConfig } from "./required-provider.js";

/** What every module says of itself. */
export interface ModuleStackConfig {
  /** A floor, as in `>= 1.5.0`. */
  readonly requiredVersion: string;
  /** Local name → provider. */
  readonly requiredProviders: Readonly<Record<string, RequiredProviderConfig>>;
  /**
   * Type of the construct metadata that holds comments: `{ pointer, text }`, where the pointer is a
   * JSON pointer into the element's value. @default no comments
   */
  readonly commentMetadata?: string;
  /**
   * Type of the construct metadata that holds what a construct is about, and all in it that does not say so
   * itself: each concern has a file of its own. @default everything is in `main`
   */
  readonly concernMetadata?: string;
  /** What programs are told in comments on a resource, by its address. @default nothing */
  readonly directivesOf?: (address: string) => readonly Directive[];
  /** What `versions.tf` begins with, line by line: where a copy comes from. @default nothing */
  readonly notice?: readonly string[];
  /** What `variables.tf` begins with, line by line: what all inputs have in common. @default nothing */
  readonly inputsNotice?: readonly string[];
}

const LIFECYCLE_BLOCKS: BlockNames = { lifecycle: { precondition: {}, postcondition: {} } };

/** What a synthesized module may hold; everything else is its caller's. */
const MODULE_KEYS = new Set(["terraform", "variable", "locals", "resource", "output", "moved"]);

/**
 * A stack that synthesizes to a reusable module: no provider block, no backend, no metadata, and
 * addresses without hashes. It needs no `App` and writes no file.
 *
 * @throws at synthesis, when two elements share an address or one belongs to the caller
 * @see https://developer.hashicorp.com/terraform/language/modules/develop
 */
export class ModuleStack extends ReadableStack {
  readonly #config: ModuleStackConfig;

  constructor(scope: Construct, id: string, config: ModuleStackConfig) {
    super(scope, id);
    this.#config = config;
    for (const [localName, provider] of Object.entries(config.requiredProviders)) {
      new RequiredProvider(this, localName, provider);
    }
  }

  /** As in every stack, but for the local backend that CDKTF would add. */
  override prepareStack(): void {}

  /** The module's configuration in Terraform's JSON syntax. */
  override toTerraform(): JsonObject {
    this.runAllValidations();
    this.#refuseSharedNames();
    const synthesized = withoutMetadata(super.toTerraform() as JsonObject);
    for (const key of Object.keys(synthesized)) {
      if (!MODULE_KEYS.has(key)) {
        throw notInModule(`a ${key} block`, this.node.id);
      }
    }
    const { required_providers, ...rest } = (synthesized["terraform"] ?? {}) as JsonObject;
    for (const key of Object.keys(rest)) {
      throw notInModule(`terraform.${key}`, this.node.id);
    }
    refuseUnwritable(synthesized["resource"] ?? {});
    return {
      ...synthesized,
      terraform: {
        required_version: this.#config.requiredVersion,
        ...(required_providers === undefined ? {} : { required_providers }),
      },
      ...(isJsonObject(synthesized["resource"])
        ? { resource: orderArguments(synthesized["resource"]) }
        : {}),
    };
  }

  /** The module with what its HCL edition needs to know beside the configuration. */
  toDocument(): ModuleDocument {
    const terraform = this.toTerraform();
    const elements = this.node.findAll().filter(TerraformElement.isTerraformElement);
    const layout = elements.flatMap((element): MainElement[] => {
      if (!isMainElement(element)) {
        return [];
      }
      const blocks = TerraformResource.isTerraformResource(element)
        ? { ...LIFECYCLE_BLOCKS, ...providerBlocks(element) }
        : {};
      const concern = this.#concernOf(element);
      const directives = this.#directivesOf(element);
      return [
        {
          address: addressOf(element),
          comments: this.#commentsOf(element),
          blocks,
          ...(concern === undefined ? {} : { concern }),
          ...(directives.length === 0 ? {} : { directives }),
        },
      ];
    });
    const { notice, inputsNotice } = this.#config;
    const variableComments = new Map(
      elements.flatMap((element) =>
        element instanceof ModuleVariable && element.comments.size > 0
          ? [[element.friendlyUniqueId, element.comments] as const]
          : [],
      ),
    );
    return {
      name: this.node.id,
      terraform,
      layout,
      variableComments,
      ...(notice === undefined ? {} : { notice }),
      ...(inputsNotice === undefined ? {} : { inputsNotice }),
    };
  }

  /** Variables and outputs choose their own names, past what the stack allocates. */
  #refuseSharedNames(): void {
    const holders = new Map<string, TerraformElement>();
    for (const element of this.node.findAll().filter(TerraformElement.isTerraformElement)) {
      const kind =
        element instanceof TerraformVariable
          ? "var"
          : TerraformOutput.isTerraformOutput(element)
            ? "output"
            : undefined;
      if (kind !== undefined) {
        const address = `${kind}.${element.friendlyUniqueId}`;
        const holder = holders.get(address);
        if (holder !== undefined) {
          throw duplicateAddress(address, holder.node.path, element.node.path);
        }
        holders.set(address, element);
      }
    }
  }

  /** The concern that the innermost construct around an element says, or the element itself. */
  #concernOf(element: TerraformElement): string | undefined {
    const { concernMetadata } = this.#config;
    const said = element.node.scopes
      .flatMap(({ node }) => node.metadata)
      .filter(({ type }) => type === concernMetadata);
    return said.at(-1)?.data as string | undefined;
  }

  #directivesOf(element: TerraformElement): readonly Directive[] {
    const { directivesOf = () => [] } = this.#config;
    return TerraformResource.isTerraformResource(element) ? directivesOf(addressOf(element)) : [];
  }

  #commentsOf(element: TerraformElement): Map<string, string> {
    const comments = new Map<string, string>();
    for (const { type, data } of element.node.metadata) {
      if (type === this.#config.commentMetadata) {
        const { pointer, text } = data as { pointer: string; text: string };
        comments.set(pointer, text);
      }
    }
    return comments;
  }
}

function isMainElement(element: TerraformElement): boolean {
  return TerraformResource.isTerraformResource(element) || isLocal(element);
}

function isLocal(element: TerraformElement): boolean {
  return element instanceof TerraformLocal;
}

function addressOf(element: TerraformElement): string {
  const type = TerraformResource.isTerraformResource(element)
    ? element.terraformResourceType
    : "local";
  return `${type}.${element.friendlyUniqueId}`;
}

/** The nested blocks of a resource, as its provider binding knows them. */
function providerBlocks(resource: TerraformResource): BlockNames {
  const hcl = resource.toHclTerraform() as { resource?: Record<string, Record<string, object>> };
  const body = hcl.resource?.[resource.terraformResourceType]?.[resource.friendlyUniqueId] ?? {};
  return blocksIn(body);
}

function blocksIn(body: object): BlockNames {
  const blocks: Record<string, BlockNames> = {};
  for (const [name, attribute] of Object.entries(body)) {
    if (typeof attribute === "object" && attribute !== null && attribute.isBlock === true) {
      const inner: object[] = [attribute.value].flat().filter((value) => value instanceof Object);
      blocks[name] = Object.assign({}, ...inner.map(blocksIn));
    }
  }
  return blocks;
}

/** CDKTF notes its own paths under `//`, at the root and in every resource. */
function withoutMetadata(synthesized: JsonObject): JsonObject {
  const { "//": _root, resource, ...rest } = synthesized;
  if (!isJsonObject(resource)) {
    return rest;
  }
  return {
    ...rest,
    resource: mapResources(resource, (body) => {
      const { "//": _metadata, ...kept } = body;
      return kept;
    }),
  };
}

/** Blocks that CDKTF can synthesize and the HCL edition has no form for. */
const UNWRITABLE = ["provisioner", "connection", "dynamic"];

function refuseUnwritable(resources: JsonValue): void {
  for (const [type, byName] of entriesOf(resources)) {
    for (const [name, body] of entriesOf(byName)) {
      const block = UNWRITABLE.find((key) => entriesOf(body).some(([found]) => found === key));
      if (block !== undefined) {
        throw unwritableBlock(block, `${type}.${name}`);
      }
    }
  }
}

function entriesOf(value: JsonValue): [string, JsonValue][] {
  return isJsonObject(value) ? Object.entries(value) : [];
}

function orderArguments(resources: JsonObject): JsonObject {
  return mapResources(resources, (body) =>
    Object.fromEntries(
      Object.entries(body).sort(([a], [b]) => argumentOrder(a) - argumentOrder(b)),
    ),
  );
}

function mapResources(resources: JsonObject, change: (body: JsonObject) => JsonObject): JsonObject {
  const mapEntries = (object: JsonValue, map: (value: JsonValue) => JsonValue) =>
    isJsonObject(object)
      ? Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]))
      : object;
  return mapEntries(resources, (byName) =>
    mapEntries(byName, (body) => (isJsonObject(body) ? change(body) : body)),
  ) as JsonObject;
}
