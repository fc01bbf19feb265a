import { err, ok, type Result } from "@/flows/basics/result";

type Subscribed = { endpoint: string; p256dh: string; auth: string; label: string };

/** Asks the browser to take pushes of this studio. The error is a sentence for its person. */
export async function subscribe(publicKey: string): Promise<Result<Subscribed, string>> {
  if (!("serviceWorker" in navigator) || !("PushManager" in window) || !("Notification" in window))
    return err("This browser cannot take pushes, or does so only for a page that is served over https.");
  const allowed = await Notification.requestPermission();
  if (allowed !== "granted")
    return err("The browser was told not to show notices of this page. Its settings can change that.");
  try {
    await navigator.serviceWorker.register("/push-worker.js", { scope: "/" });
    const { pushManager } = await navigator.serviceWorker.ready;
    const { endpoint, keys } = (
      await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey })
    ).toJSON();
    if (!endpoint || !keys?.p256dh || !keys.auth) return err("The browser gave no subscription.");
    const bare = (key: string) => key.replace(/=+$/, "");
    return ok({ endpoint, p256dh: bare(keys.p256dh), auth: bare(keys.auth), label: browserName(navigator.userAgent) });
  } catch (problem) {
    if (problem instanceof DOMException) return err(`The browser could not reach its push service: ${problem.message}`);
    throw problem;
  }
}

/** How a person knows a browser again: `Firefox on Linux`. */
export function browserName(agent: string): string {
  const browser = ["Edg", "Firefox", "Chrome", "Safari"].find((name) => agent.includes(`${name}/`)) ?? "Browser";
  const system = ["Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux"].find((name) => agent.includes(name));
  return `${browser === "Edg" ? "Edge" : browser}${system ? ` on ${system}` : ""}`;
}
