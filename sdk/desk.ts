import type { AgentManifest } from "../flows/types/agent-manifest";
import { type Agent, type Delivered, routeName } from "./agent";
import type { Answers } from "./answers";
import { type Audience, openAudience } from "./audience";
import type { Work } from "./body";
import { withDeadline } from "./deadline";
import { fingerprint } from "./fingerprint";
import { owing } from "./price";
import { failure, type Reply, refuse, success } from "./reply";
import type { Tell } from "./report";
import { schemaCheck } from "./schema";

/**
 * Takes work for one agent, and does it once per key however often it is asked. `tell` hears what the agent says until
 * it is done; an answer that is given again says nothing before it.
 */
export type Desk = { take(key: string, work: Work, tell: Tell): Promise<Reply> };

/** `log` hears what callers must not: why an agent broke. */
export type DeskOptions = { answers: Answers; concurrency: number; log: (problem: unknown) => void };

type Asked = { print: string; work: Work; audience: Audience };

/** Statuses that a later call with the same key gets again. The rest left nothing behind and may be tried anew. */
const KEPT = [200, 422];

export function openDesk(agent: Agent, { answers, concurrency, log }: DeskOptions): Desk {
  const name = routeName(agent.manifest);
  const checkInput = schemaCheck("input", agent.manifest.input);
  const perform = worker(agent, log);
  const busy = new Map<string, { print: string; audience: Audience; reply: Promise<Reply> }>();
  let working = 0;

  async function first(key: string, asked: Asked): Promise<Reply> {
    const kept = await answers.find(key);
    if (kept) return kept.work === asked.print ? { status: kept.status, body: kept.body } : reused();
    const fault = checkInput(asked.work.input);
    if (fault) return refuse("input_invalid", `${fault} Mend it and call again; GET /${name}/manifest has the schema.`);
    if (working >= concurrency) return refuse("agent_busy", "The agent is at its limit. Call again with the same key.");

    working++;
    const reply = await perform(asked, () => working--);
    if (KEPT.includes(reply.status)) await answers.keep(key, { work: asked.print, ...reply });
    return reply;
  }

  return {
    async take(givenKey, work, tell) {
      const key = `${name} ${givenKey}`; // two agents of one server may be given the same key
      const print = fingerprint(work);
      const same = busy.get(key);
      if (same && same.print !== print) return reused();
      const audience = same?.audience ?? openAudience();
      audience.join(tell);
      if (same) return same.reply;
      const reply = first(key, { print, work, audience }).catch((problem: unknown) => {
        log(problem);
        return refuse("answer_unkept", "First answers cannot be read or kept now. Call again with the same key.");
      });
      busy.set(key, { print, audience, reply });
      return reply.finally(() => busy.delete(key));
    },
  };
}

/** Calls the agent itself. Never throws: what an agent throws is a bug of its own, logged and not shown. */
function worker(agent: Agent, log: (problem: unknown) => void) {
  const { manifest } = agent;
  const checkOutput = schemaCheck("output", manifest.output);
  const broken = () =>
    refuse("agent_failed", "The agent broke while working. Its publisher has been told why in its log.");

  return async ({ work: { input, executionId }, audience }: Asked, done: () => void): Promise<Reply> => {
    try {
      const result = await withDeadline(manifest.deadlineMs, async (signal) => {
        try {
          return await agent.execute(input, { signal, executionId, tell: audience.tell });
        } finally {
          done(); // when the work ends, not when its deadline passes: until then it takes a processor
        }
      });
      if (result === "late")
        return refuse("deadline_exceeded", `Not done in ${manifest.deadlineMs} ms. Send less work.`);
      if (!result.ok) return failure(result.error);
      const fault = checkOutput(result.value.output) ?? unitsFault(manifest, result.value);
      if (!fault) return success(delivery(manifest, result.value));
      log(new Error(`${manifest.agent} broke what it declares: ${fault}`));
      return broken();
    } catch (problem) {
      log(problem);
      return broken();
    } finally {
      audience.close();
    }
  };
}

function delivery({ price }: AgentManifest, { output, units, detail }: Delivered) {
  return { output, ...owing(price, units), ...(detail ? { detail } : {}) };
}

/** A metered agent that does not say how much it did would not be paid: that is a bug of its own, and not its caller's. */
function unitsFault({ price }: AgentManifest, { units }: Delivered): string | null {
  if (price.kind !== "metered") return null;
  const isCount = typeof units === "number" && Number.isSafeInteger(units) && units >= 0;
  return isCount ? null : `it is paid by the ${price.unit}, and has to deliver { output, units }`;
}

function reused(): Reply {
  return refuse("operation_reused", "This Idempotency-Key was used for other work. Use a new key for new work.");
}
