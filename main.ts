import { App } from "cdktf";
import { cdktfJson } from "./stacks/cdktf-json.js";
import { RemotionLambdaStack } from "./stacks/remotion-lambda.js";

const app = new App(cdktfJson(process.cwd()));
new RemotionLambdaStack(app, "remotion-lambda");
app.synth();
