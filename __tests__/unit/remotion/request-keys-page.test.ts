import { join } from "node:path";
import { expect, it } from "vitest";
import { REPOSITORY } from "../../support/repository.js";
import { requestKeysPage } from "./support/request-keys-page.js";

it("docs/REQUEST-KEYS.md is the table of condition keys", async () => {
  await expect(requestKeysPage()).toMatchFileSnapshot(join(REPOSITORY, "docs/REQUEST-KEYS.md"));
});
