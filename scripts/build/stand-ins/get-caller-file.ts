/** In place of get-caller-file, which yargs needs to load commands from folders: they are all inside. */
export default function getCallerFile(): string {
  return __filename;
}
