import type { AwsRequest } from "./aws-request.js";
import { forward } from "./forward.js";

/** Puts into moto what is there before Remotion is called. Nothing of it is recorded. */
export class MotoSeed {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  /** Empties moto. */
  async reset(): Promise<void> {
    await this.#send("POST", "/moto-api/reset");
  }

  /** Makes a bucket. */
  async bucket(name: string, region: string): Promise<void> {
    const constraint = `<LocationConstraint>${region}</LocationConstraint>`;
    const body = `<CreateBucketConfiguration>${constraint}</CreateBucketConfiguration>`;
    await this.#send("PUT", `/${name}`, region, body);
  }

  /** Makes an object in a bucket. */
  async object(bucket: string, key: string, body: string): Promise<void> {
    await this.#send("PUT", `/${bucket}/${key}`, "us-east-1", body);
  }

  /** Takes an object out of a bucket. */
  async remove(bucket: string, key: string): Promise<void> {
    await this.#send("DELETE", `/${bucket}/${key}`);
  }

  async #send(method: string, path: string, region = "us-east-1", text = ""): Promise<void> {
    const signature = { accessKeyId: "AKIASEED", region, service: "s3" };
    const body = Buffer.from(text);
    // moto reads the service out of the signature and does not check it.
    const credential = `Credential=${signature.accessKeyId}/20250101/${region}/s3/aws4_request`;
    const headers = {
      "content-length": String(body.length),
      authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host, Signature=none`,
    };
    const query = new URLSearchParams();
    const request: AwsRequest = { method, path, query, headers, body, signature };
    const answer = await forward(request, this.#url);
    if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.body}`);
  }
}
