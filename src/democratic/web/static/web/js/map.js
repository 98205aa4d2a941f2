// The livelier map, over the drawing and the list that every page has: points, groups of them, a zoom.
//   [data-live-map]  data-points, data-outline: GeoJSON; data-tiles, data-attribution: only where tiles are set;
//                    data-say-*: its words. Needs window.L (Leaflet, then markercluster), loaded before it.

const L = window.L;
const host = document.querySelector("[data-live-map]");
const still = document.querySelector(".map__still");
const say = (word) => host.dataset[`say${word}`];
const wide = matchMedia("(min-width: 40rem)").matches;
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

const fetched = async (address) => {
  const answer = await fetch(address, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
};
const element = (tag, className, text) => Object.assign(document.createElement(tag), { className, textContent: text });
// Links stay on the host that one reads, whatever public address the file says.
const local = (url) => {
  const { pathname, search, hash } = new URL(url, location.href);
  return hash || pathname + search;
};

// Its text is its name: the count, then what is counted; a place's own name is shown to all.
function mark(kind, count, named, size, shown = "") {
  const html = element("span", "map-mark__in", count);
  html.append(element("span", "visually-hidden", ` ${named} `));
  if (shown) html.append(element("span", "map-mark__name", shown));
  return L.divIcon({ html, className: `map-mark map-mark--${kind}`, iconSize: [size, size] });
}

function popup(properties, text) {
  const box = element("div", "map-popup");
  box.append(element("p", "", text));
  if (properties.url) {
    const link = element("a", "", say("Open"));
    link.href = local(properties.url);
    link.setAttribute("aria-label", `${say("Open")}, ${text}`);
    box.append(link);
  }
  return box;
}

function marker({ geometry, properties: said }, most) {
  const [lng, lat] = geometry.coordinates;
  const isPlace = said.kind === "place";
  const text = isPlace ? `${said.name}, ${said.n} ${say("Ideas")}` : said.title;
  const icon = isPlace
    ? mark("place", said.n, say("Ideas"), Math.round((wide ? 28 : 24) + (wide ? 32 : 12) * Math.sqrt(said.n / most)), said.name)
    : mark("one", "", `${say("Idea")}, ${said.title}`, 24);
  return L.marker([lat, lng], { icon, riseOnHover: true, n: said.n ?? 1 })
    .bindPopup(() => popup(said, text), { autoPanPadding: [24, 24] });
}

const counted = (cluster) => cluster.getAllChildMarkers().reduce((sum, each) => sum + each.options.n, 0);

function keyboard(map) {
  let opener = null;
  map.on("popupopen", ({ popup: opened }) => {
    opener = opened._source?.getElement?.() ?? null;
    const close = opened.getElement().querySelector(".leaflet-popup-close-button");
    close.setAttribute("aria-label", say("Close"));
    opened.getElement().querySelector("a[href]:not(.leaflet-popup-close-button)")?.focus();
  });
  map.on("popupclose", () => opener?.focus());
  host.addEventListener("keydown", (event) => {
    if (event.key === "Escape") map.closePopup();
  });
}

async function show() {
  const [outline, points] = await Promise.all([fetched(host.dataset.outline), fetched(host.dataset.points)]);
  const most = Math.max(1, ...points.features.map((each) => each.properties.n ?? 1));
  host.hidden = false;
  const map = L.map(host, {
    zoomControl: false, attributionControl: false, maxZoom: 18, zoomSnap: 0.25,
    zoomAnimation: !calm, fadeAnimation: !calm, markerZoomAnimation: !calm, inertia: !calm, scrollWheelZoom: false,
  });
  L.control.zoom({ zoomInTitle: say("ZoomIn"), zoomOutTitle: say("ZoomOut") }).addTo(map);
  if (host.dataset.tiles) {
    L.tileLayer(host.dataset.tiles, { attribution: host.dataset.attribution, maxZoom: 19 }).addTo(map);
    L.control.attribution({ prefix: false }).addTo(map);
  }
  const areas = L.geoJSON(outline, { interactive: false, style: { className: "live-map__area", weight: 1 } }).addTo(map);
  // Places are gathered with points: no mark covers another, and each is large enough for a finger.
  const group = L.markerClusterGroup({
    animate: !calm, showCoverageOnHover: false, maxClusterRadius: wide ? 64 : 44, chunkedLoading: true,
    iconCreateFunction: (cluster) => mark("group", counted(cluster), say("Group"), wide ? 36 : 28),
  });
  for (const each of points.features) marker(each, most).addTo(group);
  const all = L.featureGroup([areas, group]);
  const bounds = all.getBounds();
  map.fitBounds(bounds.isValid() ? bounds : [[-60, -170], [70, 170]], { animate: false, padding: [12, 12] });
  map.addLayer(group);
  keyboard(map);
  still?.setAttribute("hidden", "");
  host.dataset.ready = "yes";
}

// Without its data the drawing stays, and so does the list.
if (host && L) show().catch(() => { host.hidden = true; });
