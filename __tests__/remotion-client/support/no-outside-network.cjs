// Loaded before Remotion's packages: no name is resolved, so nothing leaves this machine. Remotion
// looks at public pages of a bucket, without signing the request, and goes on when it cannot.
const dns = require("node:dns");

dns.lookup = (hostname, options, callback) => {
  const done = typeof options === "function" ? options : callback;
  const error = Object.assign(new Error(`No outside network: ${hostname}`), { code: "ENOTFOUND" });
  process.nextTick(done, error);
};
