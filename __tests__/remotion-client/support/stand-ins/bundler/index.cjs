// Stands in for @remotion/bundler (webpack, rspack, esbuild: 90 MB). It calls no AWS API; what
// deploySite() needs of it is a folder with a bundle.
const { mkdtempSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");

exports.bundle = async () => {
  const folder = mkdtempSync(join(tmpdir(), "remotion-bundle-"));
  writeFileSync(join(folder, "index.html"), '<script>window.remotion_publicPath = "./";</script>');
  writeFileSync(join(folder, "bundle.js"), "// bundle");
  return folder;
};

exports.BundlerInternals = {};
