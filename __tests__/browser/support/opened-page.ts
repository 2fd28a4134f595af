import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, inject } from "vitest";
import { runRecorded } from "../../unit/support/recording-console.js";

/** How a page is opened. */
interface Opening extends BrowserContextOptions {
  /** The address behind the file, from `#` on. */
  readonly hash?: string;
}

/**
 * Opens pages in a browser for the tests of a file, from their files. After each test it has to hold that they asked
 * for nothing, and that the browser had nothing to complain about.
 */
export class PageOpener {
  readonly #folder = mkdtempSync(join(tmpdir(), "pages-"));
  readonly #files = new Map<string, Promise<string>>();
  #browser: Browser | undefined;
  #asked: string[] = [];
  #complaints: string[] = [];

  constructor() {
    const { program = "" } = inject("browser");
    beforeAll(async () => {
      this.#browser = await chromium.launch({
        executablePath: program,
        // Its sandbox is not for root, as whom containers run.
        args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
      });
    });
    afterEach(async () => {
      const [asked, complaints] = [this.#asked, this.#complaints];
      this.#asked = [];
      this.#complaints = [];
      await Promise.all(this.#browser?.contexts().map((context) => context.close()) ?? []);
      expect({ asked, complaints }).toEqual({ asked: [], complaints: [] });
    });
    afterAll(async () => {
      await this.#browser?.close();
      rmSync(this.#folder, { recursive: true });
    });
  }

  /**
   * The file of a page that the command line writes, made once.
   *
   * @param content of the file that `verify` reads; none for another command
   */
  file(args: readonly string[], content?: string): Promise<string> {
    const key = JSON.stringify([args, content?.length]);
    const file = this.#files.get(key) ?? this.#write(args, content, this.#files.size);
    this.#files.set(key, file);
    return file;
  }

  async #write(
    args: readonly string[],
    content: string | undefined,
    number: number,
  ): Promise<string> {
    const input = join(this.#folder, `${number}.json`);
    if (content !== undefined) {
      writeFileSync(input, content);
    }
    const given = content === undefined ? args : [...args, input];
    const { exitCode, results, notes } = await runRecorded(...given, "--format", "html");
    expect(exitCode, notes).not.toBe(2);
    const file = join(this.#folder, `${number}.html`);
    writeFileSync(file, results);
    return file;
  }

  /** A page, opened in a window of its own. */
  async open(file: string, { hash = "", ...options }: Opening = {}): Promise<Page> {
    const context = await this.#browser?.newContext({
      viewport: { width: 1440, height: 900 },
      ...options,
    });
    if (context === undefined) {
      throw new Error("There is no browser: open pages in tests.");
    }
    const page = await context.newPage();
    const own = pathToFileURL(file).href;
    page.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(own) && !url.startsWith("data:")) {
        this.#asked.push(url);
      }
    });
    page.on("console", (message) => void this.#complaints.push(message.text()));
    page.on("pageerror", (error) => void this.#complaints.push(error.message));
    await page.goto(own + hash);
    return page;
  }
}

/** The texts that can be seen in what a selector finds. */
export function textsIn(page: Page, selector: string): Promise<readonly string[]> {
  return page.evaluate(
    `[...document.querySelectorAll(${JSON.stringify(selector)})].map(({ innerText }) => innerText)`,
  );
}

/** The text that can be seen in the first of them. */
export async function textIn(page: Page, selector: string): Promise<string> {
  const [text] = await textsIn(page, selector);
  if (text === undefined) {
    throw new Error(`Nothing in the page is ${selector}.`);
  }
  return text;
}

/** What axe finds that is serious, or worse. */
export async function seriousProblems(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  // What is fine is a thousand times as long, and nobody reads it.
  return page.evaluate(
    `axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html.slice(0, 200))].join("\\n")))`,
  );
}
