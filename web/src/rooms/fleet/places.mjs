// Where machines are: coordinates in the places that the user gave them, and a map of these without foreign tiles. Pure
// functions; angles in degrees, lengths in CSS pixels.
// SPDX-License-Identifier: Apache-2.0

const kilometres = 111.32; // of one degree of latitude
const steps = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 45, 90];
const leastSpan = 0.004; // degrees, so that one place is not a point without surroundings
const margin = 40; // pixels
const radians = Math.PI / 180;

/** { lat, lon, name } of a place that ends with decimal coordinates: "Yard 7, Oslo (59.91, 10.75)"; else undefined. */
export function coordinatesOf(place = '') {
  const [whole, first, second] = /\(?(-?\d{1,2}\.\d+)°?\s*[,;]\s*(-?\d{1,3}\.\d+)°?\)?\s*$/.exec(place) ?? [];
  const [lat, lon] = [Number(first), Number(second)];
  if (whole === undefined || Math.abs(lat) > 85 || Math.abs(lon) > 180) return undefined;
  const name = place.slice(0, -whole.length).replace(/[\s,;@]+$/, '');
  return { lat, lon, name: name || `${first}, ${second}` };
}

/** The machines by place: [{ lat, lon, name, rows }]; `placeOf(row)` gives the text of a row's place. */
export function placesOf(rows, placeOf) {
  const places = new Map();
  for (const row of rows) {
    const at = coordinatesOf(placeOf(row));
    if (!at) continue;
    const key = `${at.lat} ${at.lon}`;
    if (!places.has(key)) places.set(key, { ...at, rows: [] });
    places.get(key).rows.push(row);
  }
  return [...places.values()];
}

const spanOf = (values) => {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return { middle: (least + most) / 2, span: Math.max(leastSpan, most - least) };
};

const degrees = (value, step, [positive, negative]) => {
  const digits = Math.max(0, -Math.floor(Math.log10(step)));
  const text = Math.abs(value).toFixed(digits);
  return `${text}°${Number(text) === 0 ? '' : ` ${value > 0 ? positive : negative}`}`;
};

// Multiples of a round step between two values.
function multiples(from, until, step) {
  const found = [];
  for (let at = Math.ceil(from / step); at * step <= until; ++at) found.push(at * step);
  return found;
}

/**
 * A map that shows all places in a width and a height: { x(lon), y(lat), meridians: [{ at, text }], parallels, bar:
 * { length, text } }. Equirectangular, true to scale at the middle latitude. It does not wrap at 180 degrees.
 */
export function mapOf(places, width, height) {
  const [lats, lons] = [spanOf(places.map(({ lat }) => lat)), spanOf(places.map(({ lon }) => lon))];
  const narrowing = Math.cos(lats.middle * radians);
  const scale = Math.min((width - 2 * margin) / (lons.span * narrowing), (height - 2 * margin) / lats.span); // pixels a degree
  const x = (lon) => width / 2 + (lon - lons.middle) * narrowing * scale;
  const y = (lat) => height / 2 - (lat - lats.middle) * scale;
  const step = steps.find((one) => one * narrowing * scale >= 90) ?? steps.at(-1);
  const [wide, high] = [width / 2 / (narrowing * scale), height / 2 / scale];
  return {
    x,
    y,
    meridians: multiples(lons.middle - wide, lons.middle + wide, step).map((lon) => ({
      at: x(lon),
      text: degrees(lon, step, ['E', 'W']),
    })),
    parallels: multiples(lats.middle - high, lats.middle + high, step).map((lat) => ({
      at: y(lat),
      text: degrees(lat, step, ['N', 'S']),
    })),
    bar: barOf(scale / kilometres),
  };
}

// The longest round distance of at most 120 pixels; `scale` in pixels a kilometre.
function barOf(scale) {
  const most = 120 / scale;
  const power = 10 ** Math.floor(Math.log10(most));
  const length = [5, 2, 1].map((one) => one * power).find((one) => one <= most);
  return { length: length * scale, text: length < 1 ? `${Math.round(length * 1000)} m` : `${Math.round(length)} km` };
}

/** Places nearer to each other than `apart` pixels as one mark: [{ x, y, names, rows }], the largest first. */
export function marksOf(places, map, apart = 28) {
  const marks = [];
  for (const { lat, lon, name, rows } of places.toSorted((a, b) => b.rows.length - a.rows.length)) {
    const [x, y] = [map.x(lon), map.y(lat)];
    const near = marks.find((mark) => Math.hypot(mark.x - x, mark.y - y) < apart);
    if (near) {
      near.names.push(name);
      near.rows.push(...rows);
    } else marks.push({ x, y, names: [name], rows: [...rows] });
  }
  return marks;
}
