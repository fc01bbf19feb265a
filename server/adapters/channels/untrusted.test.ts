import fc from "fast-check";
import { expect, test } from "vitest";
import { item, message } from "./channel.contract";
import { slackBody } from "./slack";
import { defused, plain } from "./untrusted";

test("words are one line without anything that is not seen, and are cut", () => {
  expect(plain("  a\r\nBcc: b\u0000\u202Ec\u200Bd  ", 50)).toBe("a Bcc: b c d");
  expect(plain("abcdef", 4)).toBe("abc…");
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 1, max: 80 }), (text, most) => {
      const line = plain(text, most);
      expect([...line].length).toBeLessThanOrEqual(most);
      expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    }),
  );
});

test("no address and no call is left in defused words", () => {
  for (const text of ["https://evil.test/x", "evil.test", "@channel", "a@evil.test", "javascript://x"])
    expect(defused(text)).not.toMatch(/:\/\/|[a-z]\.[a-z]{2}|@[a-z]/);
  expect(defused("2.50 credits, e.g. two")).toBe("2.50 credits, e.g. two");
});

test("in Slack's markup no words become a link, a call to somebody or a style", () => {
  const hostile = "<!channel> <@U1> <https://evil.test|Approve> & *bold* @here";
  const { text, blocks } = slackBody(message([{ ...item, title: hostile }]));
  expect(text).not.toMatch(/[<>]|@here/);
  expect(text).toContain("&lt;!channel&gt;");
  for (const block of blocks) expect(JSON.stringify(block)).not.toContain("mrkdwn");
  const links = blocks.flatMap((block) => ("elements" in block ? block.elements.map(({ url }) => url) : []));
  expect(links).toEqual([item.url]);
});
