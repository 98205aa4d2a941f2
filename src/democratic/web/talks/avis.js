// The service worker that rings: it keeps nothing, asks for nothing, and shows what the authority wrote.
const LINK = /https?:\/\/\S+/;

self.addEventListener("push", (event) => {
  const { text, tag } = event.data.json();
  const link = LINK.exec(text)?.[0] ?? "";
  const shown = self.registration.showNotification(PLACE.name, {
    body: text.replace(link, "").trim(),
    tag, // sent again, it takes its own place
    data: link,
  });
  event.waitUntil(shown);
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const asked = new URL(event.notification.data || PLACE.home, self.location.origin);
  const home = new URL(PLACE.home, self.location.origin);
  event.waitUntil(self.clients.openWindow(asked.origin === home.origin ? asked : home));
});
