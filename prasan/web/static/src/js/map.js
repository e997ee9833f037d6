// Maps of our own outlines and points. Everything a map tells also stands in a list beside it; labels are HTML,
// since MapLibre does not shape Thai by itself.

const RANKS = ["#f2f0ee", "#d5e8e4", "#9fcdc6", "#5ba8a3", "#23797b", "#0a474c"];

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
      "fill-color": ["match", ["coalesce", ["get", "rank"], -1], ...RANKS.flatMap((shade, rank) => [rank, shade]), colour("--surface")],
      "fill-opacity": map.getLayer("tiles") ? 0.55 : 1,
    },
  });
  map.addLayer({ id: "edge", type: "line", source: "outlines", paint: { "line-color": colour("--line-strong"), "line-width": 1 } });
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
    element.className = "map-label";
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
