import { RunId, TriggerId } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import { err, ok, type Result } from "@/flows/basics/result";
import { judgePlainJson } from "@/flows/graph/plain-json";
import { isFresh, readSignature, signedPrefix } from "@/flows/triggers/signature";
import type { QueueError, Services } from "../services";
import { type CarryOutNeeds, carryOutStart, type StartCause } from "./carry-out-start";
import { placeOf } from "./turn-on-trigger";

/** A post as it came. `key` names the delivery: the sender says it again when it posts the same again. */
export type HookPost = { trigger: string; signature: string; key: string; body: Uint8Array };

/** `hook_refused` is all that a stranger learns: not whether there is such a trigger, nor what is wrong with the signature. */
export type HookError = StartCause | QueueError | { code: "hook_refused" };

type Needs = CarryOutNeeds & Pick<Services, "ids" | "triggerSecrets">;

const MOST_PER_MINUTE = 60;
const LARGEST = { depth: 64, values: 200_000 };
const NOBODYS_SECRET = "whs_nobody";

/** Starts a run with what a signed post brings; a post that is made again is answered with what became of the first. */
export async function receiveHook(services: Needs, post: HookPost): Promise<Result<RunId, HookError>> {
  if (!(await isSigned(services, post))) return err({ code: "hook_refused" });
  const trigger = TriggerId.parse(post.trigger);
  const read = readBody(post.body);
  const run = RunId.parse(services.ids.fresh());
  const queued = await services.triggers.queue(
    [{ trigger, key: post.key, run, brings: read.brings, depth: 0 }],
    MOST_PER_MINUTE,
  );
  if (!queued.ok) return queued;
  const [{ start, isNew } = missing()] = queued.value;
  if (!isNew) return start.cause ? err(start.cause as StartCause) : ok(start.run); // our own code wrote the cause
  if (read.ok) return carryOutStart(services, { ...start, brings: read.brings });
  await services.triggers.settle(start, { code: "body_malformed" });
  return err({ code: "body_malformed" });
}

/** Takes as long for a trigger that is not there, so that nobody can find out by the time which there are. */
async function isSigned(services: Needs, { trigger, signature, key, body }: HookPost): Promise<boolean> {
  const id = TriggerId.safeParse(trigger);
  const hook = id.success ? await services.triggers.hook(id.data) : null;
  const secrets = hook
    ? hook.secrets.map((sealed) => services.triggerSecrets.open(sealed, placeOf(hook)))
    : [NOBODYS_SECRET];
  const read = readSignature(signature);
  const { atS, mark } = read ?? { atS: 0, mark: "" };
  const signed = { prefix: signedPrefix(atS, key), body };
  const matches = secrets.map((secret) => services.triggerSecrets.isSigned(secret, signed, mark));
  return hook !== null && read !== null && isFresh(read, services.clock.now()) && matches.includes(true);
}

/** What is no plain JSON is written down as the text that it is, and starts nothing. */
function readBody(body: Uint8Array): { ok: boolean; brings: Json } {
  const text = new TextDecoder().decode(body);
  try {
    const brings = JSON.parse(text) as Json;
    if (judgePlainJson(brings, LARGEST) === "plain") return { ok: true, brings };
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown;
  }
  return { ok: false, brings: text };
}

function missing(): never {
  throw new Error("what was queued is not there");
}
