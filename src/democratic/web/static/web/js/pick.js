// Choosing a point: the map moves under a circle that stays in the middle, by hand or with the arrow keys.
//   [data-pick]  hidden until this file runs; data-css, data-leaflet: loaded when it is opened, and not before;
//                data-outline, data-tiles, data-attribution; [data-pick-here], [data-pick-none], [data-pick-said]
//   input[name="point"]  receives "longitude,latitude", to about 100 m; the server rounds again

const box = document.querySelector("[data-pick]");
const field = document.querySelector('input[name="point"]');
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
const said = box?.querySelector("[data-pick-said]");
const none = box?.querySelector("[data-pick-none]");

const loaded = (made) => new Promise((done, failed) => {
  made.onload = done;
  made.onerror = failed;
  document.head.append(made);
});

function tell() {
  const [longitude, latitude] = field.value.split(",");
  none.hidden = !field.value;
  said.textContent = field.value ? `${box.dataset.sayChosen} ${latitude}, ${longitude}` : box.dataset.sayNone;
}

async function open() {
  const { css, leaflet, outline, tiles, attribution, sayZoomIn, sayZoomOut } = box.dataset;
  await Promise.all([
    loaded(Object.assign(document.createElement("link"), { rel: "stylesheet", href: css })),
    loaded(Object.assign(document.createElement("script"), { src: leaflet })),
  ]);
  const L = window.L;
  const shape = await (await fetch(outline, { credentials: "same-origin" })).json();
  const map = L.map(box.querySelector(".pick"), {
    zoomControl: false, attributionControl: false, maxZoom: 18, zoomSnap: 0.25, scrollWheelZoom: "center", doubleClickZoom: "center",
    zoomAnimation: !calm, fadeAnimation: !calm, inertia: !calm,
  });
  L.control.zoom({ zoomInTitle: sayZoomIn, zoomOutTitle: sayZoomOut }).addTo(map);
  if (tiles) {
    L.tileLayer(tiles, { attribution, maxZoom: 19 }).addTo(map);
    L.control.attribution({ prefix: false }).addTo(map);
  }
  const areas = L.geoJSON(shape, { interactive: false, style: { className: "live-map__area", weight: 1 } }).addTo(map);
  const bounds = areas.getBounds();
  map.fitBounds(bounds.isValid() ? bounds : [[-60, -170], [70, 170]], { animate: false });
  map.on("click", ({ latlng }) => map.panTo(latlng, { animate: !calm }));
  box.querySelector("[data-pick-here]").addEventListener("click", () => {
    const { lng, lat } = map.getCenter().wrap();
    field.value = `${lng.toFixed(3)},${lat.toFixed(3)}`;
    tell();
  });
  none.addEventListener("click", () => {
    field.value = "";
    tell();
    box.querySelector("[data-pick-here]").focus();
  });
  box.dataset.ready = "yes";
}

if (box && field) {
  box.hidden = false;
  tell();
  box.addEventListener("toggle", () => open().catch(() => { box.hidden = true; }), { once: true });
}
