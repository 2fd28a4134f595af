import { setTimeout as sleep } from "node:timers/promises";
import { AwsClient } from "aws4fetch";
import type { PolicyDocument } from "../../../lib/iam/policy-document.js";
import { type Moto, startMoto } from "../../support/moto.js";
import type { Operation } from "./operations.js";

/** Keys of a user, by their names in an environment. */
export interface Keys {
  readonly AWS_ACCESS_KEY_ID: string;
  readonly AWS_SECRET_ACCESS_KEY: string;
}

/**
 * What the mock answers to a request once it is authorized: it does it, it does not find the upload,
 * or it does not know how to do it.
 */
export type Answer = "done" | "NoSuchUpload" | "not implemented";

const IAM_VERSION = "2010-05-08";

/** It arrives in milliseconds; where something else is wrong, this is how long that takes to be said. */
const LOG_TIMEOUT_MS = 60_000;

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
   * Whether a request, signed with these keys, is allowed.
   *
   * @throws when the answer is not the one that tells so, and no refusal either
   */
  async allows(keys: Keys, operation: Operation): Promise<boolean> {
    const { action, on = "", request, answer = "done" } = operation;
    const logged = this.#log.length;
    const service = action.startsWith("iam:") ? "iam" : "s3";
    const client = new AwsClient({
      accessKeyId: keys.AWS_ACCESS_KEY_ID,
      secretAccessKey: keys.AWS_SECRET_ACCESS_KEY,
      region: "us-east-1",
      service,
      // What the mock does not implement, it does not implement at the second attempt either.
      retries: 0,
    });
    const [, name = ""] = action.split(":");
    const response =
      "parameters" in request
        ? await client.fetch(this.#moto.url, {
            method: "POST",
            headers: { "Content-Type": "application/x-www-form-urlencoded" },
            body: new URLSearchParams({
              Action: name,
              Version: IAM_VERSION,
              ...request.parameters,
            }).toString(),
          })
        : await client.fetch(`${this.#moto.url}/${on}?${request.query ?? ""}`, {
            method: request.method,
            ...(request.headers === undefined ? {} : { headers: request.headers }),
            ...(request.body === undefined ? {} : { body: request.body }),
          });
    const text = await response.text();
    const said = `${response.status} ${/<Code>(.*?)</.exec(text)?.[1] ?? ""}`.trim();
    if (said === "403 AccessDenied") {
      return false;
    }
    if (await this.#isAnswer(answer, said, { name, logged })) {
      return true;
    }
    throw new Error(`${action} on ${on}: ${said}, expected: ${answer}.\n${text}`);
  }

  /** Stops it. */
  stop(): Promise<void> {
    return this.#moto.stop();
  }

  async #isAnswer(
    answer: Answer,
    said: string,
    request: { readonly name: string; readonly logged: number },
  ): Promise<boolean> {
    switch (answer) {
      case "done":
        return /^2\d\d$/.test(said);
      case "NoSuchUpload":
        return said === "404 NoSuchUpload";
      case "not implemented":
        return said === "500" && (await this.#logsUnknown(request));
    }
  }

  /**
   * Whether the server has written that it lacks the method of an action. It looks for the method
   * after it has authorized the request, and before anything else.
   */
  async #logsUnknown(request: {
    readonly name: string;
    readonly logged: number;
  }): Promise<boolean> {
    const method = request.name.replace(/(?<=.)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
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
    const body = new URLSearchParams({ Version: IAM_VERSION, ...parameters });
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
