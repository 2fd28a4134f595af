import { makeArtifacts } from "./release/artifacts.js";

// npm run release-artifacts -- FOLDER: what a release of this clone publishes, as it is; `npm run release` asks whether
// it may be.
const [out = "release/artifacts"] = process.argv.slice(2);
await makeArtifacts(out);
