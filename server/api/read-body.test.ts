import { expect, test } from "vitest";
import { readBody } from "./read-body";

const post = (body: BodyInit, headers: Record<string, string> = {}) =>
  new Request("http://studio/", { method: "POST", body, headers, duplex: "half" } as RequestInit);

test("a body is read as it was sent, up to the limit", async () => {
  expect(await readBody(post("12345678"), 8)).toEqual(new TextEncoder().encode("12345678"));
  expect(await readBody(post("123456789"), 8)).toBeNull();
});

test("what has no length written on it is read no further than the limit", async () => {
  let pulled = 0;
  const endless = new ReadableStream({
    pull(controller) {
      pulled += 1;
      controller.enqueue(new Uint8Array(1_000));
    },
  });
  expect(await readBody(post(endless), 10_000)).toBeNull();
  expect(pulled).toBeLessThan(20);
});

test("a length that is written as too much is refused unread", async () => {
  expect(await readBody(post("1", { "content-length": "9" }), 8)).toBeNull();
});
