import { packPackage } from "./build/pack.js";

// npm run package [-- FOLDER]: the package as it is published, in this folder or the one named.
const [destination = "."] = process.argv.slice(2);
const { tarball } = await packPackage(destination);
process.stdout.write(`${tarball}\n`);
