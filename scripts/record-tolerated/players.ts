import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import type { Outcome } from "../../__tests__/remotion-client/support/outcome.js";
import type { Recording } from "../../__tests__/remotion-client/support/recording.js";
import type { Answer, Task } from "./task.js";

/** Processes that play scenarios, several at a time. */
export interface Players {
  /** How many play at a time. */
  readonly count: number;
  /** Plays a scenario as it is. @throws where it does not end as it should */
  record(scenario: number): Promise<Recording>;
  /** Plays a scenario with calls of a row refused. */
  deny(scenario: number, row: number, calls: readonly number[]): Promise<Outcome>;
  close(): Promise<void>;
}

/**
 * Opens players, each in a process of its own.
 *
 * @param packages a folder whose `node_modules` holds Remotion's packages
 */
export function openPlayers(packages: string): Players {
  // They wait much of the time: for a second before they ask anew, for instance.
  const count = 2 * availableParallelism();
  const all = new Set<ChildProcess>();
  const idle: ChildProcess[] = [];

  async function ask(task: Task): Promise<Answer> {
    const player = idle.pop() ?? (await startPlayer(packages, all));
    const answer = nextMessage(player);
    player.send(task);
    const given = (await answer) as Answer;
    if (given.outcome?.ending === "too late") {
      // What it plays goes on.
      player.disconnect();
    } else {
      idle.push(player);
    }
    return given;
  }

  return {
    count,
    async record(scenario) {
      const { recording, error } = await ask({ scenario });
      if (recording === undefined) throw new Error(error);
      return recording;
    },
    async deny(scenario, row, calls) {
      const { outcome, error } = await ask({ scenario, denied: { row, calls } });
      if (outcome === undefined) throw new Error(error);
      return outcome;
    },
    async close() {
      await Promise.all(
        [...all].map(async (player) => {
          const ended = once(player, "exit");
          if (player.connected) player.disconnect();
          await ended;
        }),
      );
    },
  };
}

async function startPlayer(packages: string, all: Set<ChildProcess>): Promise<ChildProcess> {
  const program = fileURLToPath(new URL("player.ts", import.meta.url));
  const player = fork(program, [packages], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  all.add(player);
  player.once("exit", () => all.delete(player));
  await nextMessage(player);
  return player;
}

async function nextMessage(player: ChildProcess): Promise<unknown> {
  const waiting = new AbortController();
  const { signal } = waiting;
  const ended = once(player, "exit", { signal }).then(([code]) => {
    throw new Error(`A player ended with ${code}.`);
  });
  try {
    const [message] = await Promise.race([once(player, "message", { signal }), ended]);
    return message;
  } finally {
    waiting.abort();
  }
}
