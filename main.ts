import { App } from "cdktf";
import { RemotionLambdaStack } from "./stacks/remotion-lambda.js";

const app = new App();
new RemotionLambdaStack(app, "remotion-lambda");
app.synth();
