import { readFileSync } from "node:fs";
import { createContext, runInContext } from "node:vm";
import { expect, test } from "vitest";
import { browserName } from "./push-subscription";

type Listener = (event: object) => void;

/** The service worker as a browser runs it, with what it shows and opens written down. */
function worker(open: readonly string[] = []) {
  const listeners = new Map<string, Listener>();
  const [shown, opened, focused]: [object[], string[], string[]] = [[], [], []];
  const windows = open.map((url) => ({ url, focus: () => focused.push(url) }));
  const self = {
    addEventListener: (name: string, listener: Listener) => listeners.set(name, listener),
    location: { origin: "https://studio.test" },
    registration: { showNotification: async (title: string, more: object) => shown.push({ title, ...more }) },
    clients: { matchAll: async () => windows, openWindow: async (url: string) => opened.push(url) },
  };
  runInContext(readFileSync("public/push-worker.js", "utf8"), createContext({ self, URL, String }));
  async function happen(name: string, event: object): Promise<void> {
    const waits: unknown[] = [];
    listeners.get(name)?.({ ...event, waitUntil: (each: unknown) => waits.push(each) });
    await Promise.all(waits);
  }
  return { shown, opened, focused, happen };
}

const click = (path: unknown) => ({ notification: { close: () => undefined, data: { path } } });

test("a push is shown in its words, and the same one twice is one", async () => {
  const { happen, shown } = worker();
  const told = { id: "n-1", title: "Ada asks", text: "Send it?", path: "/approvals/1" };
  await happen("push", { data: { json: () => told } });
  expect(shown).toMatchObject([{ title: "Ada asks", body: "Send it?", tag: "n-1", data: { path: "/approvals/1" } }]);
});

test("a click opens the page, or the window in which it is open already", async () => {
  const fresh = worker();
  await fresh.happen("notificationclick", click("/approvals/1"));
  expect(fresh.opened).toEqual(["https://studio.test/approvals/1"]);
  const there = worker(["https://studio.test/approvals/1"]);
  await there.happen("notificationclick", click("/approvals/1"));
  expect([there.opened, there.focused]).toEqual([[], ["https://studio.test/approvals/1"]]);
});

test.each(["https://evil.test/", "//evil.test/x", "javascript:alert(1)", undefined])(
  "%s opens no other place",
  async (path) => {
    const { happen, opened } = worker();
    await happen("notificationclick", click(path));
    expect(opened).toEqual(["https://studio.test/notices"]);
  },
);

test("a browser is named as its person knows it", () => {
  expect(browserName("Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0")).toBe(
    "Firefox on Linux",
  );
  expect(browserName("Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/150.0 Safari/537.36 Edg/150.0")).toBe(
    "Edge on Windows",
  );
});
