import { createInterface } from "node:readline";
import { run } from "../../../lib/cli/main.js";

// A process that runs the command line once for each line of arguments, and answers with a line.
for await (const line of createInterface({ input: process.stdin })) {
  const notes: string[] = [];
  const exitCode = await run(JSON.parse(line), {
    result: (text) => void notes.push(text),
    note: (text) => void notes.push(text),
  });
  process.stdout.write(`${JSON.stringify({ exitCode, notes: notes.join("\n") })}\n`);
}
