// Shows what the studio pushes, and opens its page. It keeps nothing and answers for no page: without it everything else
// works as before.

self.addEventListener("push", (event) => {
  const told = event.data?.json() ?? {};
  const shown = self.registration.showNotification(String(told.title ?? "Agent Labs Studio"), {
    body: String(told.text ?? ""),
    tag: String(told.id ?? ""), // the same notice twice is one
    icon: "/icon-192.png",
    data: { path: String(told.path ?? "/notices") },
  });
  event.waitUntil(shown);
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.path));
});

/** A page of this studio and of no other. Opening it decides nothing. */
async function open(path) {
  const page = new URL(String(path ?? "/notices"), self.location.origin);
  const address = page.origin === self.location.origin ? page.href : `${self.location.origin}/notices`;
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = windows.find(({ url }) => url === address);
  return there ? there.focus() : self.clients.openWindow(address);
}
