import type { Argv } from "yargs";
import type { Console } from "./console.js";

/** Name of the binary. */
export const BINARY = "remotion-lambda-terraform";

/** Takes the exit code of a command that ran. */
export type Done = (exitCode: number) => void;

/** Adds a command to the command line. Its handler is loaded only when the command runs. */
export type Command = (parser: Argv, console: Console, done: Done) => Argv;
