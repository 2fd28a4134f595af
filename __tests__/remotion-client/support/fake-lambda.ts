import { type AwsAnswer, jsonAnswer } from "./aws-answer.js";
import { regionalArn } from "./aws-names.js";
import { type AwsRequest, jsonBody, stringMember } from "./aws-request.js";
import { eventStreamMessage } from "./event-stream.js";
import { lambdaOperation } from "./lambda-operation.js";

/** What Remotion's function answers, by the routine that it is asked to run. */
export interface FunctionAnswers {
  /** The answer to an invocation that waits for one. */
  sync(payload: Record<string, unknown>): unknown;
  /** The bytes that an invocation with a streamed response receives. */
  streamed(payload: Record<string, unknown>): Uint8Array;
}

/**
 * Lambda, as far as Remotion calls it. Functions are remembered, never run.
 *
 * moto has a Lambda too, but it refuses layers of other accounts, runs functions in Docker, and
 * knows neither streamed responses nor the runtime's management.
 */
export class FakeLambda {
  readonly #functions = new Map<string, Record<string, unknown>>();
  readonly #answers: FunctionAnswers;

  constructor(answers: FunctionAnswers) {
    this.#answers = answers;
  }

  /** Answers a request to Lambda. */
  answer(request: AwsRequest): AwsAnswer {
    const { name, target } = lambdaOperation(request);
    switch (name) {
      case "ListFunctions":
        return jsonAnswer({ Functions: [...this.#functions.values()] });
      case "CreateFunction":
        return this.#functions.has(stringMember(jsonBody(request), "FunctionName") ?? "")
          ? jsonAnswer({ Type: "User", Message: "Function already exist" }, 409)
          : jsonAnswer(this.create(jsonBody(request), request.signature.region), 201);
      case "GetFunction":
        return this.#with(target, (configuration) => ({ Configuration: configuration }));
      case "GetFunctionConfiguration":
        return this.#with(target, (configuration) => configuration);
      case "UpdateFunctionConfiguration":
        return this.#with(target, (configuration) =>
          Object.assign(configuration, layersMember(jsonBody(request))),
        );
      case "DeleteFunction":
        this.#functions.delete(target);
        return { status: 204, headers: {}, body: Buffer.alloc(0) };
      case "Invoke":
        return jsonAnswer(this.#answers.sync(jsonBody(request)));
      case "InvokeWithResponseStream":
        return streamAnswer(this.#answers.streamed(jsonBody(request)));
      default:
        // Settings that nothing here reads back: tags, retries, the runtime's version.
        return jsonAnswer({});
    }
  }

  /** Forgets all functions. */
  reset(): void {
    this.#functions.clear();
  }

  /** Makes a function, as a request with this body would. */
  create(body: Record<string, unknown>, region: string): Record<string, unknown> {
    const name = stringMember(body, "FunctionName") ?? "";
    const { Code: _zip, ...settings } = body;
    const configuration = {
      ...settings,
      ...layersMember(body),
      FunctionArn: regionalArn("lambda", region, `function:${name}`),
      State: "Active",
      LastUpdateStatus: "Successful",
      RuntimeVersionConfig: { RuntimeVersionArn: `arn:aws:lambda:${region}::runtime:any` },
    };
    this.#functions.set(name, configuration);
    return configuration;
  }

  #with(name: string, answer: (configuration: Record<string, unknown>) => unknown): AwsAnswer {
    const configuration = this.#functions.get(name);
    return configuration === undefined
      ? jsonAnswer({ Type: "User", Message: `Function not found: ${name}` }, 404)
      : jsonAnswer(answer(configuration));
  }
}

function layersMember(body: Record<string, unknown>): Record<string, unknown> {
  const layers = Array.isArray(body["Layers"]) ? body["Layers"] : [];
  return { Layers: layers.map((arn) => ({ Arn: String(arn) })) };
}

function streamAnswer(payload: Uint8Array): AwsAnswer {
  const chunk = eventStreamMessage(
    {
      ":message-type": "event",
      ":event-type": "PayloadChunk",
      ":content-type": "application/octet-stream",
    },
    payload,
  );
  const complete = eventStreamMessage(
    {
      ":message-type": "event",
      ":event-type": "InvokeComplete",
      ":content-type": "application/json",
    },
    Buffer.from("{}"),
  );
  return {
    status: 200,
    headers: { "content-type": "application/vnd.amazon.eventstream" },
    body: Buffer.concat([chunk, complete]),
  };
}
