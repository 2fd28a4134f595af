// Loaded with --require: this process, and those that it starts, live forty days later.
const LATER_MS = 40 * 86_400_000;
const now = Date.now.bind(Date);
globalThis.Date = class extends Date {
  constructor(...args) {
    super(...(args.length === 0 ? [now() + LATER_MS] : args));
  }
  static now() {
    return now() + LATER_MS;
  }
};
