import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Channel, Item, Message, Target } from "./channel";

/** How whoever takes messages behaves. `half`: it takes one and the connection breaks before it has said so. */
export type Manner = "well" | "down" | "slow" | "busy" | "refusing" | "half";
/** What arrived, as its reader finds it. `raw` is all of it, for what must not be in it. */
export type Arrived = { id: string; text: string; raw: string };

/** A channel, and a receiver on this machine that takes what it sends. */
export type ChannelRig = {
  channel: Channel;
  target: Target;
  behave(manner: Manner): Promise<void>;
  arrived(): Promise<readonly Arrived[]>;
  close(): Promise<void>;
};

export const item: Item = {
  notice: "n-1",
  kind: "approval_asked",
  at: "2026-11-22T08:00:00.000Z",
  title: "Ada asks: Send the report?",
  text: "The run of Quarterly report waits for your answer.",
  facts: [{ name: "At most", value: "2.50 credits" }],
  url: "https://studio.test/approvals/run-1%2Fask",
  action: "Open the approval",
};
export const message = (items: readonly Item[] = [item], id = "11111111-2222-4333-8444-555555555555"): Message => ({
  ...{ id, kind: "notices", title: items[0]?.title ?? "Nothing", items, more: 0 },
  ...{ studio: "https://studio.test/notices", settings: "https://studio.test/settings" },
});

const ADDRESS = /https?:\/\/[^\s"'<>\\)]+/g;

/** What every way out of the studio does, whatever it is. */
export function channelContract(name: string, make: () => Promise<ChannelRig>): void {
  describe(`${name} as a channel`, () => {
    let rig: ChannelRig;
    beforeEach(async () => {
      rig = await make();
    });
    afterEach(async () => {
      await rig.channel.close();
      await rig.close();
    });

    test("a message arrives with its id and its words", async () => {
      expect(await rig.channel.send(message(), rig.target)).toMatchObject({ ok: true });
      const [first, ...others] = await rig.arrived();
      expect(others).toEqual([]);
      expect(first?.id).toBe(message().id.replaceAll("-", first?.id.includes("-") ? "-" : ""));
      expect(first?.text).toContain(item.title);
      expect(first?.text).toContain(item.text);
    });

    test("what is sent twice can be told to be the same", async () => {
      for (let time = 0; time < 2; time++) await rig.channel.send(message(), rig.target);
      await rig.channel.send(message([item], "66666666-2222-4333-8444-555555555555"), rig.target);
      const ids = (await rig.arrived()).map(({ id }) => id);
      expect(new Set(ids).size).toBe(2);
      expect(ids).toHaveLength(3);
    });

    test("regression 1: whatever a scanner finds in it to open is a page of the studio", async () => {
      const hostile = { ...item, title: "See https://evil.test/approve?yes=1", text: "or <https://evil.test|here>" };
      await rig.channel.send(message([hostile, item]), rig.target);
      const [arrived] = await rig.arrived();
      const pages = [item.url, message().studio, message().settings, "https://studio.test/approvals/run-1%2Fask"];
      const opened = (arrived?.raw ?? "").match(ADDRESS) ?? [];
      expect(opened.filter((address) => !pages.includes(address.replace(/[.,]$/, "")))).toEqual([]);
    });

    test("nobody answers there: it is not sent, and may be tried again", async () => {
      await rig.behave("down");
      const sent = await rig.channel.send(message(), rig.target);
      expect(sent).toMatchObject({ ok: false, error: { code: "channel_unreachable", final: false } });
      expect(sent.ok || sent.error.problem).toMatch(/refused the connection/);
    });

    test("no answer in time: it is not sent, and may be tried again", async () => {
      await rig.behave("slow");
      const sent = await rig.channel.send(message(), rig.target);
      expect(sent).toMatchObject({ ok: false, error: { code: "channel_slow", final: false } });
    });

    test("refused for now may be tried again, refused for good may not", async () => {
      await rig.behave("busy");
      expect(await rig.channel.send(message(), rig.target)).toMatchObject({ ok: false, error: { final: false } });
      await rig.behave("refusing");
      expect(await rig.channel.send(message(), rig.target)).toMatchObject({ ok: false, error: { final: true } });
    });

    test("an answer that breaks off is no answer: it is sent again, under the same id", async () => {
      await rig.behave("half");
      const sent = await rig.channel.send(message(), rig.target);
      expect(sent).toMatchObject({ ok: false, error: { code: "channel_unreachable", final: false } });
      await rig.behave("well");
      expect(await rig.channel.send(message(), rig.target)).toMatchObject({ ok: true });
      expect(new Set((await rig.arrived()).map(({ id }) => id)).size).toBe(1);
    });
  });
}
