import { run } from "./main.js";

// Whoever reads the output may stop early, as head does.
process.stdout.on("error", (error: NodeJS.ErrnoException) =>
  process.exit(error.code === "EPIPE" ? 0 : 1),
);
run(process.argv.slice(2)).then((exitCode) => {
  process.exitCode = exitCode;
});
