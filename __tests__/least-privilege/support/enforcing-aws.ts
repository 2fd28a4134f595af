import { spawn, spawnSync } from "node:child_process";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import type { PolicyDocument } from "../../../lib/iam/policy-document.js";
import { type Moto, startMoto } from "../../support/moto.js";

/** Keys of a user, as the AWS CLI takes them from its environment. */
export interface Keys {
  readonly AWS_ACCESS_KEY_ID: string;
  readonly AWS_SECRET_ACCESS_KEY: string;
}

/**
 * What the mock answers to a command once it is authorized: it does it, it does not find the upload,
 * or it does not know how to do it.
 */
export type Answer = "done" | "NoSuchUpload" | "not implemented";

const LOG_TIMEOUT_MS = 5_000;

/** The AWS mock, which answers everybody until it is told to look at policies. */
export class EnforcingAws {
  readonly #moto: Moto;
  /** What its server has written to its log. */
  readonly #log: string[];

  private constructor(moto: Moto, log: string[]) {
    this.#moto = moto;
    this.#log = log;
  }

  /** Starts it. */
  static async start(): Promise<EnforcingAws> {
    const log: string[] = [];
    return new EnforcingAws(await startMoto((written) => log.push(written)), log);
  }

  /** Environment for Terraform, as long as nothing is enforced. */
  get environment(): Readonly<Record<string, string>> {
    return this.#moto.environment;
  }

  /** Makes a bucket, with an empty object under each of the keys. */
  async bucket(name: string, keys: readonly string[]): Promise<void> {
    for (const path of [name, ...keys.map((key) => `${name}/${key}`)]) {
      await this.#request("s3", { method: "PUT", path });
    }
  }

  /** Makes a user with this policy and no other. */
  async user(name: string, policy: PolicyDocument): Promise<Keys> {
    const document = JSON.stringify(policy);
    await this.#iam({ Action: "CreateUser", UserName: name });
    await this.#iam({
      Action: "PutUserPolicy",
      UserName: name,
      PolicyName: "policy",
      PolicyDocument: document,
    });
    const keys = await this.#iam({ Action: "CreateAccessKey", UserName: name });
    return {
      AWS_ACCESS_KEY_ID: keys.match(/<AccessKeyId>(.*?)</)?.[1] ?? "",
      AWS_SECRET_ACCESS_KEY: keys.match(/<SecretAccessKey>(.*?)</)?.[1] ?? "",
    };
  }

  /** From now on every request needs a policy that allows it. */
  async enforce(): Promise<void> {
    await fetch(`${this.#moto.url}/moto-api/reset-auth`, {
      method: "POST",
      headers: { "Content-Type": "text/plain" },
      body: "0",
    });
  }

  /**
   * Whether a command of the AWS CLI is allowed.
   *
   * @param answer what tells that it is. @default "done"
   * @throws when the answer is another, and no refusal either
   */
  async allows(keys: Keys, command: readonly string[], answer: Answer = "done"): Promise<boolean> {
    const logged = this.#log.length;
    const errors = await this.#failure(keys, command);
    if (errors?.includes("(AccessDenied)")) {
      return false;
    }
    if (await this.#isAnswer(answer, errors, { command, logged })) {
      return true;
    }
    throw new Error(`aws ${command.join(" ")}: ${errors ?? "done"}, expected: ${answer}.`);
  }

  /** Stops it. */
  stop(): Promise<void> {
    return this.#moto.stop();
  }

  /** What a command of the AWS CLI says when it fails; undefined when it does not. */
  async #failure(keys: Keys, command: readonly string[]): Promise<string | undefined> {
    const child = spawn("aws", [...command], {
      env: {
        ...withoutAwsSettings(process.env),
        ...this.#moto.environment,
        AWS_DEFAULT_REGION: "us-east-1",
        // What the mock does not implement, it does not implement at the second attempt either.
        AWS_MAX_ATTEMPTS: "1",
        ...keys,
      },
      stdio: ["ignore", "ignore", "pipe"],
    });
    const ended = new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
    const errors = await text(child.stderr);
    return (await ended) === 0 ? undefined : errors;
  }

  async #isAnswer(
    answer: Answer,
    errors: string | undefined,
    request: { readonly command: readonly string[]; readonly logged: number },
  ): Promise<boolean> {
    if (answer === "done" || errors === undefined) {
      return answer === "done" && errors === undefined;
    }
    if (answer === "NoSuchUpload") {
      return errors.includes("(NoSuchUpload)");
    }
    return errors.includes("500 Internal Server Error") && (await this.#logsUnknown(request));
  }

  /**
   * Whether the server has written that it lacks the method of a command. It looks for the method
   * after it has authorized the request, and before anything else.
   */
  async #logsUnknown(request: {
    readonly command: readonly string[];
    readonly logged: number;
  }): Promise<boolean> {
    const method = request.command[1]?.replaceAll("-", "_");
    const line = `NotImplementedError: The ${method} action has not been implemented\n`;
    // The log may arrive after the answer.
    for (const deadline = Date.now() + LOG_TIMEOUT_MS; Date.now() < deadline; await sleep(20)) {
      if (this.#log.slice(request.logged).join("").includes(line)) {
        return true;
      }
    }
    return false;
  }

  #iam(parameters: Record<string, string>): Promise<string> {
    const body = new URLSearchParams({ Version: "2010-05-08", ...parameters });
    return this.#request("iam", { method: "POST", path: "", body });
  }

  async #request(
    service: string,
    request: { readonly method: string; readonly path: string; readonly body?: URLSearchParams },
  ): Promise<string> {
    const { method, path, body } = request;
    const credential = `Credential=test/20260101/us-east-1/${service}/aws4_request`;
    const answer = await fetch(`${this.#moto.url}/${path}`, {
      method,
      headers: {
        // Moto reads the service out of the signature, and does not check it yet.
        Authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host, Signature=0`,
      },
      ...(body === undefined ? {} : { body }),
    });
    if (!answer.ok) {
      throw new Error(`${method} /${path} answered ${answer.status}: ${await answer.text()}`);
    }
    return answer.text();
  }
}

/**
 * Why the AWS CLI cannot be used; undefined where it can. Said aloud, and an error where
 * `REQUIRE_TERRAFORM=1`.
 */
export function missingAwsCli(): string | undefined {
  if (spawnSync("aws", ["--version"]).status === 0) {
    return undefined;
  }
  const missing = "The AWS CLI is not on the PATH.";
  if (process.env["REQUIRE_TERRAFORM"] === "1") {
    throw new Error(`REQUIRE_TERRAFORM=1, and no policy can be enforced. ${missing}`);
  }
  process.stderr.write(`\nSKIPPED: policies enforced by an AWS mock. ${missing}\n\n`);
  return missing;
}

function withoutAwsSettings(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !name.startsWith("AWS_")),
  );
}
