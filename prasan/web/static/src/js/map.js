// Maps of our own outlines and points. Everything a map tells also stands in a list beside it; labels are HTML,
// since MapLibre does not shape Thai by itself.

const SHADES = [1, 2, 3, 4, 5];

let loading;
function library(holder) {
  loading ??= (async () => {
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = holder.dataset.sheet;
    document.head.append(sheet);
    const maplibre = await import(holder.dataset.library);
    maplibre.setWorkerUrl(holder.dataset.worker);
    return maplibre;
  })();
  return loading;
}

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const boundsOf = (text) => {
  const [west, south, east, north] = text.split(",").map(Number);
  return [[west, south], [east, north]];
};

async function fetched(address) {
  if (!address) return null;
  const answer = await fetch(address, { headers: { Accept: "application/geo+json, application/json" } });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

async function newMap(holder) {
  const maplibre = await library(holder);
  const box = holder.querySelector(".map");
  box.hidden = false;
  const tiles = holder.dataset.tiles;
  const map = new maplibre.Map({
    container: box,
    style: {
      version: 8,
      sources: tiles ? { tiles: { type: "raster", tiles: [tiles], tileSize: 256 } } : {},
      layers: [
        { id: "ground", type: "background", paint: { "background-color": colour("--neutral-soft") } },
        ...(tiles ? [{ id: "tiles", type: "raster", source: "tiles" }] : []),
      ],
    },
    bounds: boundsOf(holder.dataset.around),
    // Room at the top for a pin, which stands on its point, and beside the buttons.
    fitBoundsOptions: { padding: holder.dataset.points ? { top: 48, right: 48, bottom: 24, left: 24 } : 24 },
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    scrollZoom: false,
    maxZoom: 18,
    minZoom: 3,
    fadeDuration: 0,
    locale: {
      "Map.Title": holder.dataset.label,
      "NavigationControl.ZoomIn": holder.dataset.zoomIn,
      "NavigationControl.ZoomOut": holder.dataset.zoomOut,
    },
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new maplibre.NavigationControl({ showCompass: false }));
  await map.once("load");
  return { maplibre, map };
}

function drawOutlines(map, outlines) {
  map.addSource("outlines", { type: "geojson", data: outlines });
  map.addLayer({
    id: "fill",
    type: "fill",
    source: "outlines",
    paint: {
      "fill-color": ["match", ["coalesce", ["get", "shade"], -1], ...SHADES.flatMap((shade) => [shade, colour(`--shade-${shade}`)]), colour("--surface")],
      "fill-opacity": map.getLayer("tiles") ? 0.55 : 1,
    },
  });
  map.addImage("hatch", hatch());
  map.addLayer({ id: "unknown", type: "fill", source: "outlines", filter: ["==", ["get", "shade"], 0], paint: { "fill-pattern": "hatch" } });
  map.addLayer({ id: "edge", type: "line", source: "outlines", paint: { "line-color": colour("--line-strong"), "line-width": 1 } });
}

// Slanting lines over what is not known, as the style sheet draws them.
function hatch(size = 8) {
  const box = Object.assign(document.createElement("canvas"), { width: size, height: size });
  const pen = box.getContext("2d");
  pen.strokeStyle = colour("--line");
  for (const x of [-size, 0, size]) {
    pen.moveTo(x, size);
    pen.lineTo(x + size, 0);
  }
  pen.stroke();
  return pen.getImageData(0, 0, size, size);
}

// The rows of the table beside a map, by the code of their area.
function rowsBeside(holder) {
  const table = document.getElementById(holder.dataset.rows);
  return new Map(Array.from(table?.querySelectorAll("tr[data-code]") ?? [], (row) => [row.dataset.code, row]));
}

// A row and its area on the map show each other, by pointer and by key.
function linkRows(map, rows, dots) {
  const point = (code) => {
    map.setFilter("pointed", ["==", ["get", "code"], code]);
    for (const [each, row] of rows) row.classList.toggle("is-pointed", each === code);
    for (const [each, dot] of dots) dot.classList.toggle("is-pointed", each === code);
  };
  for (const [code, row] of rows) {
    for (const event of ["mouseenter", "focusin"]) row.addEventListener(event, () => point(code));
    for (const event of ["mouseleave", "focusout"]) row.addEventListener(event, () => point(""));
  }
  map.on("mousemove", "fill", (event) => point(event.features[0].properties.code));
  map.on("mouseleave", "fill", () => point(""));
}

// What has no outline stands as a dot of the same shade.
function addDots({ maplibre, map }, rows, drawn) {
  const dots = new Map();
  for (const [code, row] of rows) {
    if (drawn.has(code) || !row.dataset.longitude) continue;
    const element = document.createElement("span");
    element.className = `map-dot shade-${row.dataset.shade}`;
    element.setAttribute("aria-hidden", "true");
    element.title = row.querySelector("a").textContent;
    element.addEventListener("click", () => row.querySelector("a").click());
    new maplibre.Marker({ element }).setLngLat([row.dataset.longitude, row.dataset.latitude]).addTo(map);
    dots.set(code, element);
  }
  return dots;
}

// Where the name of an outline stands: given, or the middle of its largest ring.
function middle(feature) {
  if (feature.properties.center) return feature.properties.center;
  const { type, coordinates } = feature.geometry;
  const rings = (type === "MultiPolygon" ? coordinates : [coordinates]).map((polygon) => polygon[0]);
  const ring = rings.reduce((longest, next) => (next.length > longest.length ? next : longest), rings[0]);
  let area = 0, x = 0, y = 0;
  for (let i = 0; i + 1 < ring.length; i++) {
    const cross = ring[i][0] * ring[i + 1][1] - ring[i + 1][0] * ring[i][1];
    area += cross;
    x += (ring[i][0] + ring[i + 1][0]) * cross;
    y += (ring[i][1] + ring[i + 1][1]) * cross;
  }
  return area ? [x / (3 * area), y / (3 * area)] : ring[0];
}

function addLabels({ maplibre, map }, features) {
  const labels = features.filter((feature) => feature.properties.name).map((feature) => {
    const element = document.createElement("span");
    element.className = "shade" in feature.properties ? "map-label on-shade" : "map-label";
    element.setAttribute("aria-hidden", "true");
    element.textContent = feature.properties.name;
    new maplibre.Marker({ element }).setLngLat(middle(feature)).addTo(map);
    return element;
  });
  // Names that would lie on top of each other wait until there is room.
  const thin = () => {
    const taken = [];
    for (const label of labels) label.hidden = false;
    const boxes = labels.map((label) => label.getBoundingClientRect());
    labels.forEach((label, index) => {
      const box = boxes[index];
      label.hidden = taken.some((other) => box.left < other.right + 4 && box.right + 4 > other.left && box.top < other.bottom && box.bottom > other.top);
      if (!label.hidden) taken.push(box);
    });
  };
  thin();
  map.on("moveend", thin);
}

// A pin; hollow where it stands for the village in place of the very point.
function pin({ is_exact: isExact = true } = {}) {
  const element = document.createElement("span");
  element.className = isExact ? "map-pin" : "map-pin about";
  element.setAttribute("aria-hidden", "true");
  return element;
}

async function showMap(holder) {
  const [outlines, points] = await Promise.all([fetched(holder.dataset.outlines), fetched(holder.dataset.points)]);
  const made = await newMap(holder);
  const { maplibre, map } = made;
  const rows = rowsBeside(holder);
  for (const { properties } of outlines?.features ?? []) {
    const row = rows.get(properties.code);
    if (row) Object.assign(properties, { shade: Number(row.dataset.shade), address: row.querySelector("a").href });
  }
  if (outlines) {
    drawOutlines(map, outlines);
    addLabels(made, outlines.features);
    map.on("click", "fill", (event) => {
      const { address } = event.features[0].properties;
      if (address) window.location.assign(address);
    });
    map.on("mousemove", "fill", (event) => {
      map.getCanvas().style.cursor = event.features[0].properties.address ? "pointer" : "";
    });
    if (rows.size) {
      map.addLayer({ id: "pointed", type: "line", source: "outlines", filter: ["==", ["get", "code"], ""], paint: { "line-color": colour("--ink"), "line-width": 3 } });
      linkRows(map, rows, addDots(made, rows, new Set(outlines.features.map((feature) => feature.properties.code))));
    }
  }
  for (const { geometry, properties } of points?.features ?? []) {
    const element = pin(properties);
    element.title = properties.name ?? "";
    if (properties.address) element.addEventListener("click", () => window.location.assign(properties.address));
    new maplibre.Marker({ element, anchor: "bottom" }).setLngLat(geometry.coordinates).addTo(map);
  }
  holder.querySelector("[data-source]").textContent = [outlines?.attribution, points?.attribution].filter(Boolean).join(" · ");
}

// A form's point: touch the map, drag the pin, or type the numbers; all three say the same.
async function pickPoint(holder) {
  const [latitude, longitude] = holder.querySelectorAll("input");
  const told = holder.querySelector("[data-told]");
  const { maplibre, map } = await newMap(holder);
  const outlines = await fetched(holder.dataset.outlines).catch(() => null);
  if (outlines) {
    drawOutlines(map, outlines);
    addLabels({ maplibre, map }, outlines.features);
  }
  const marker = new maplibre.Marker({ element: pin(), anchor: "bottom", draggable: true });
  const say = ({ lng, lat }) => {
    latitude.value = lat.toFixed(6);
    longitude.value = lng.toFixed(6);
    marker.setLngLat([lng, lat]).addTo(map);
  };
  const listen = () => {
    const typed = [longitude, latitude].map((box) => box.value.replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - 3664)));
    const [lng, lat] = typed.map(Number);
    if (typed.every((text) => text.trim()) && Math.abs(lat) <= 85 && Math.abs(lng) <= 180) {
      marker.setLngLat([lng, lat]).addTo(map);
      return true;
    }
    marker.remove();
    return false;
  };
  map.on("click", (event) => say(event.lngLat));
  marker.on("dragend", () => say(marker.getLngLat()));
  latitude.addEventListener("change", listen);
  longitude.addEventListener("change", listen);
  if (listen()) map.jumpTo({ center: marker.getLngLat(), zoom: 14 });

  const button = holder.querySelector("[data-locate]");
  if (!("geolocation" in navigator)) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    told.textContent = "";
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        say({ lng: coords.longitude, lat: coords.latitude });
        map.jumpTo({ center: marker.getLngLat(), zoom: 15 });
      },
      () => { told.textContent = told.dataset.told; },
      { enableHighAccuracy: true, timeout: 15000 },
    );
  });
}

for (const [sign, show] of [["[data-map]", showMap], ["[data-point]", pickPoint]]) {
  for (const holder of document.querySelectorAll(sign)) {
    show(holder).catch((fault) => {
      console.warn(fault);
      holder.querySelector(".map").hidden = true;
    });
  }
}
