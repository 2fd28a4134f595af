import { describe, expect, it } from "vitest";
import { measure, measurePaired } from "../../../bench/measure.js";

const node = (script: string) => ({ program: process.execPath, args: ["-e", script] });

describe("a measured run", () => {
  it("says what the process has used", async () => {
    const { wall, cpu, memory } = await measure(node("Buffer.alloc(100e6, 1)"));

    expect(wall).toBeGreaterThan(0);
    expect(cpu).toBeGreaterThan(0);
    expect(memory).toBeGreaterThan(100);
    expect(memory).toBeLessThan(400);
  });

  it("fails with what the program said", async () => {
    const failing = node('console.error("no such bucket"); process.exit(3)');

    await expect(measure(failing)).rejects.toThrow(/ended with 3:\nno such bucket/);
  });

  it("is ended where it takes too long", async () => {
    const slow = { ...node("setTimeout(() => {}, 60_000)"), patience: 500 };

    await expect(measure(slow)).rejects.toThrow("ended with null");
  });
});

it("commands are measured in turns, every second round backwards, the first one for nothing", async () => {
  const order: string[] = [];
  const command = (name: string) => ({ ...node("0"), prepare: () => order.push(name) });
  const usages = await measurePaired({ a: command("a"), b: command("b") }, 2);

  expect(order.join("")).toBe("baabba");
  expect(usages.a).toHaveLength(2);
  expect(usages.b).toHaveLength(2);
});
