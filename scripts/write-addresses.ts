import { REPOSITORY } from "./build/repository.js";
import { writeAddresses } from "./release/documents.js";

// npm run write-addresses: what package.json says of where this project lies, into the pages that print it.
for (const page of writeAddresses(REPOSITORY)) {
  process.stdout.write(`${page}\n`);
}
