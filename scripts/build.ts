import { buildAll } from "./build/build-all.js";
import { REPOSITORY } from "./build/repository.js";

// npm run build: writes dist/, which is published and not committed.
await buildAll(`${REPOSITORY}/dist`);
