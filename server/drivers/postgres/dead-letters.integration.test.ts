import { expect, test } from "vitest";
import { AccountId } from "@/flows/basics/ids";
import { askStep, callStep, planOf } from "@/flows/examples/small-plan";
import { eachWithRig } from "./fresh-rig.contract";
import { eve, type Rig } from "./rig.contract";

let studio: Rig;
eachWithRig((fresh) => {
  studio = fresh;
});

const waiting = planOf([askStep("a"), callStep("b", [{ step: 0, port: "approved" }])]);
const rested = ({ status, lease_until }: { status: string; lease_until: Date | null }) =>
  status === "waiting" && lease_until === null;

async function deadLetters() {
  const { rows } = await studio.pool.query(
    "select run_id, owner_id, key, event, cause, written_at <= died_at as aged from dead_letter order by id",
  );
  return rows;
}

const inbox = async () => (await studio.pool.query("select key from run_inbox")).rows;

/** A letter that is no letter: `text` goes into the inbox as it is. */
async function slip(run: string, key: string, text: string) {
  await studio.pool.query("insert into run_inbox (run_id, key, event) values ($1, $2, $3)", [run, key, text]);
  await studio.pool.query("update run set wake_at = now() where id = $1", [run]);
  await studio.pool.query("select pg_notify('run_mail', $1)", [run]);
}

test.each([
  ["cannot be read", "{", "It cannot be read."],
  ["says what nobody may write", '{"type":"funds_captured","operation":"x"}', "What it says does not come by mail."],
  ["is no event", '["cancel_asked"]', "It is not whole"],
  ["is not whole", '{"type":"cancel_asked"}', "It is not whole: by: "],
])("a letter that %s is put aside with its cause, and the run goes on", async (_, text, cause) => {
  await studio.drive(studio.portsWith().ports);
  const run = await studio.start(waiting);
  await studio.until(run, rested);
  await slip(run, "bad", text);
  await expect.poll(deadLetters, { timeout: 10_000 }).toHaveLength(1);
  const [letter] = await deadLetters();
  expect(letter).toMatchObject({ run_id: run, owner_id: eve, key: "bad", event: text, aged: true });
  expect(letter.cause).toContain(cause);
  expect(await inbox()).toEqual([]);
  await studio.answer(run, "approved");
  expect(await studio.finished(run)).toMatchObject({ status: "succeeded", fault: null, spent: "10" });
  expect((await studio.audit(run)).foldEqualsState).toBe(true);
  expect(studio.faults).toEqual([expect.stringContaining("letter_died")]);
});

test("good letters beside a bad one are taken all the same, in one write", async () => {
  await studio.drive(studio.portsWith().ports);
  const run = await studio.start(waiting);
  await studio.until(run, rested);
  await studio.stop();
  await slip(run, "bad", "nothing");
  await studio.mail(run, "forged", { type: "funds_captured", operation: `${run}/b/capture` });
  await studio.answer(run, "approved");
  await studio.drive(studio.portsWith().ports);
  expect(await studio.finished(run)).toMatchObject({ status: "succeeded", spent: "10" });
  expect((await deadLetters()).map(({ key }) => key)).toEqual(["bad", "forged"]);
  expect(await inbox()).toEqual([]);
});

test("a letter that means nothing to the run is no dead one", async () => {
  await studio.drive(studio.portsWith().ports);
  const run = await studio.start(waiting);
  await studio.until(run, rested);
  await studio.mail(run, "stranger", { type: "cancel_asked", by: AccountId.parse("bob") });
  await expect.poll(inbox, { timeout: 10_000 }).toEqual([]);
  expect(await deadLetters()).toEqual([]);
  expect(await studio.row(run)).toMatchObject({ status: "waiting", fault: null });
});

test("a run whose first letter is bad cannot begin: it stops at a fault, and keeps the letter", async () => {
  const run = await studio.start(waiting);
  await studio.pool.query("update run_inbox set event = '{' where run_id = $1", [run]);
  await studio.drive(studio.portsWith().ports);
  const row = await studio.until(run, ({ fault }) => fault !== null);
  expect(row.fault).toContain("cannot begin");
  expect(await inbox()).toEqual([{ key: "start" }]);
  const { rows } = await studio.pool.query("select now() - faulted_at < interval '1 minute' as lately from run");
  expect(rows).toEqual([{ lately: true }]);
});
