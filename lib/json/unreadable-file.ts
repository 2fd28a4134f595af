/** A file that says nothing about IAM, or nothing that can be read. The message says what to do. */
export class UnreadableFile extends Error {
  override readonly name = "UnreadableFile";
}
