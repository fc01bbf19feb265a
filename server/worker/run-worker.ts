import type { Logger } from "pino";
import { composeWorker } from "@/server/compose";
import { callTimes } from "@/server/drivers/postgres/call-times";
import { LIMITS } from "@/server/drivers/postgres/carrying-out";
import { type Driver, type DriverOptions, startDriver } from "@/server/drivers/postgres/driver";
import { env } from "@/server/env";
import { startDueClock } from "./due-clock";
import { startEscrowClock } from "./escrow-clock";
import { startHeartbeat } from "./heartbeat";
import { startNoticeClocks } from "./notice-clocks";
import { offerInstalled } from "./offer-installed";
import { startTriggerClock } from "./trigger-clock";

type Limits = NonNullable<DriverOptions["limits"]>;

/** What the operator has set, and what is safe for the rest. */
function limitsOf(set: ReturnType<typeof env>): Limits {
  return {
    callsOfAgent: set.CALLS_PER_AGENT ?? LIMITS.callsOfAgent,
    callsOfOwner: set.CALLS_PER_OWNER ?? LIMITS.callsOfOwner,
    rate: { perMinute: set.CALLS_PER_MINUTE ?? LIMITS.rate.perMinute, burst: set.CALLS_BURST ?? LIMITS.rate.burst },
  };
}

export type WorkerOptions = { log: Logger } & Pick<DriverOptions, "onCommit" | "timing">;
export type Worker = { stop(): Promise<void>; held: Driver["held"] };

/** Starts all that a worker is. Resolves once it takes runs. */
export async function runWorker({ log, onCommit, timing }: WorkerOptions): Promise<Worker> {
  const environment = env();
  const parts = composeWorker(environment, (event, problem) => log.warn({ problem: String(problem) }, event));
  const { journal, effects, ports, ladders, starts, tools, trials, outbox, escrows, key, renewSecrets, close } = parts;
  const lost = (problem: Error) => log.warn({ problem: problem.message }, "connection_lost");
  for (const pool of [journal, effects]) pool.on("error", lost); // an idle connection broke: the pool makes another

  await journal.query("insert into receipt_key (id, public_key) values ($1, $2) on conflict (id) do nothing", [
    key.id,
    key.publicKey,
  ]);
  const unsealed = (problem: Error) => log.warn({ problem: problem.message }, "secrets_not_renewed");
  const renewed = await renewSecrets().catch(unsealed);
  if (renewed) log.info({ secrets: renewed }, "secrets_renewed");
  const heartbeat = await startHeartbeat(journal, `worker:${process.pid}`, (problem) =>
    log.warn({ problem: String(problem) }, "heartbeat_missed"),
  );
  const times = callTimes({
    pool: effects,
    failed: (problem) => log.warn({ problem: String(problem) }, "call_times_lost"),
  });
  const driver = await startDriver({
    pool: journal,
    ports,
    key,
    log: (level, event, about) => log[level](about, event),
    onCommit,
    onDelivered: times.took,
    timing,
    limits: limitsOf(environment),
  });
  const warn = (level: "warn", event: string, about: Readonly<Record<string, unknown>>) => log[level](about, event);
  const trying = startDueClock({ work: trials, delayed: "trials_delayed", log: warn });
  const climbing = startDueClock({ work: ladders, delayed: "ladders_delayed", log: warn });
  await outbox.announce();
  const telling = startNoticeClocks(outbox.notices, warn);
  const clock = await startTriggerClock({
    pool: effects,
    starts,
    rung(channel) {
      for (const clock of channel === "notice_due" ? [telling, climbing] : [trying]) clock.look();
    },
    log: (level, event, about) => log[level](about, event),
  });
  const tell: Parameters<NonNullable<typeof escrows>>[0] = (level, event, about) => log[level](about, event);
  const escrowClock = escrows
    ? await startEscrowClock({ pool: effects, rail: await escrows(tell), services: starts.services, log: tell })
    : null;
  const offering = offerInstalled(tools, (level, event, about) => log[level](about, event));
  return {
    held: driver.held,
    async stop() {
      offering.stop();
      await climbing.stop();
      await clock.stop();
      await escrowClock?.stop();
      await trying.stop();
      await telling.stop();
      await driver.stop();
      await times.stop();
      await heartbeat.stop();
      await close();
    },
  };
}
