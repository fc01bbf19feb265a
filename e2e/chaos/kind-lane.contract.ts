import { type ChildProcess, fork, spawnSync } from "node:child_process";
import { once } from "node:events";
import type { Pool } from "pg";
import { RunId } from "@/flows/basics/ids";
import { digestOf } from "@/flows/plan/digest";
import { verdictOf } from "@/flows/simulator/conformance/around.contract";
import { eve } from "@/server/drivers/postgres/rig.contract";
import { bundleFile } from "@/server/launch/build.mjs";
import { openGates } from "../interleaving/gates.contract";
import { GIVEN, type House, type Matter, openHouse } from "../interleaving/house.contract";
import type { Kind } from "../interleaving/kinds.contract";
import { fated, type Outside, outside } from "../interleaving/outside.contract";
import { allSound } from "../interleaving/world.contract";
import type { FromWorker, ToWorker } from "./kind-worker.contract";

const BUNDLE = "chaos-kind-worker";

export function bundleKindWorker(): void {
  const entry = `${BUNDLE}=e2e/chaos/kind-worker.contract.ts`;
  const made = spawnSync(process.execPath, ["server/launch/bundle.mjs", entry], { encoding: "utf8" });
  if (made.status !== 0) throw new Error(made.stderr);
}

export type Kill = { at: number; when: "before" | "after" };
/** The run of now. `last` is the latest word of a journal write, `struck` resolves once who was killed is replaced. */
type Run = {
  house: House;
  commits: number;
  last: Kill["when"];
  kill: Kill | null;
  struck: Promise<void>;
  heard: Heard;
};
type Heard = (commit: Kill) => Promise<void>;
const isSame = (kill: Kill | null, { at, when }: Kill) => kill?.at === at && kill.when === when;
const pause = () => new Promise((resolve) => setTimeout(resolve, 5));
const LONGEST_MS = 30_000;

/** One database with one worker at a time on it, and a spare one that is ready when the first is killed. */
export function openLane({ url, pool }: { url: string; pool: Pool }) {
  let now: Run | null = null;
  let spare = prepare();
  let worker: Promise<ChildProcess> | null = null;
  let played = 0;

  function prepare(): Promise<ChildProcess> {
    const env = { ...process.env, DATABASE_URL: url };
    const file = bundleFile(BUNDLE as "worker");
    const child = fork(file, {
      env,
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      execArgv: [],
      serialization: "advanced",
    });
    child.on("message", (message: FromWorker) => void hear(child, message));
    return once(child, "message").then(() => child);
  }

  const send = (child: ChildProcess, message: ToWorker) =>
    void (child.connected && child.send(message, () => undefined));

  async function hear(child: ChildProcess, message: FromWorker): Promise<void> {
    if (!now || message.is === "ready") return;
    if (message.is === "ask") {
      const { agents, policy } = now.house.outside;
      const { number, ask } = message;
      const answer = await (message.port === "call" ? agents.call(ask as never) : policy.judge(ask as never));
      send(child, { is: "answer", number, answer });
      return;
    }
    const commit = { at: message.when === "before" ? now.commits++ : now.commits - 1, when: message.when };
    await now.heard(commit);
    if (isSame(now.kill, commit)) now.struck = strike(child);
    else send(child, { is: "go" });
    now.last = message.when;
  }

  /** kill -9, and time passes until its leases have run out. */
  async function strike(child: ChildProcess): Promise<void> {
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
    await pool.query("update run set lease_until = now() - interval '1 second' where lease_until > now()");
    start();
  }

  function start(): void {
    worker = spare.then((child) => {
      send(child, { is: "work" });
      return child;
    });
    spare = prepare();
  }

  return {
    /** Runs one kind, with a kill at one of its journal writes; says how many writes there were and how it ended. */
    async run({ plan, around, stopsAt }: Kind, kill: Kill | null) {
      const { policy, answer } = around;
      const out: Outside = outside({ agent: fated(around), verdict: () => verdictOf(policy ?? "allow") });
      const house = openHouse({ pool, gates: openGates(), outside: out, ledger: pool });
      let stopped = false;
      played += 1;
      const id = RunId.parse(`k${played}`);
      house.runs.push(id);
      const heard: Heard = async (commit) => {
        const due = isSame(kill, commit) || isSame({ at: stopsAt ?? -1, when: "after" }, commit);
        if (stopped || stopsAt === null || !due) return;
        stopped = true;
        await house.mail(id, "cancel", { type: "cancel_asked", by: eve });
      };
      now = { house, commits: 0, last: "after", kill, struck: Promise.resolve(), heard };
      if (!worker) start();
      await house.studio.start(plan, id, { given: GIVEN, policy: policy ? digestOf("policy") : null });
      await isOver(now, answer);
      const [sound] = await allSound(house, [plan]);
      const ending = sound?.state.ending;
      return { commits: now.commits, ended: ending?.result === "failed" ? ending.code : ending?.result };
    },
    async close() {
      now = null;
      for (const child of await Promise.all([worker, spare])) child?.kill("SIGKILL");
    },
  };
}

/** Answers what is asked until the run is over, its last write has been told of, and who died of that is replaced. */
async function isOver(run: Run, word: Kind["around"]["answer"]): Promise<void> {
  for (const untilMs = Date.now() + LONGEST_MS; Date.now() < untilMs; await pause()) {
    const { over, matters } = await run.house.look();
    if (over && run.last === "after") return run.struck;
    for (const matter of matters) await answer(run.house, matter, word);
  }
  throw new Error(`${run.house.runs[0]} does not end`);
}

async function answer(house: House, matter: Matter, word: Kind["around"]["answer"]): Promise<void> {
  if (house.settled.has(matter.operation)) return;
  house.settled.add(matter.operation);
  if (matter.subject === null)
    await house.answer(matter, "denied"); // nobody knows of any delivery
  else if (word !== "silent") await house.answer(matter, word);
}
