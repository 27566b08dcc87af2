// Saved views of a fleet: a name for a filter, the columns, their order and the picture. Pure functions.
// SPDX-License-Identifier: Apache-2.0

const longest = 40; // characters of a name
const most = 50;

export const pictures = ['table', 'grid', 'map'];

const texts = (list) => (Array.isArray(list) ? list.filter((one) => typeof one === 'string') : []);

/**
 * A view as it is kept: { name, search (a line of the filter language), ratings, columns (names), order: { name,
 * descending } or {}, picture }. Undefined for one without a name.
 */
export function cleanView({ name, search, ratings, columns, order, picture }) {
  const called = String(name ?? '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, longest);
  if (!called) return undefined;
  return {
    name: called,
    search: String(search ?? '').trim(),
    ratings: texts(ratings),
    columns: texts(columns),
    order: typeof order?.name === 'string' ? { name: order.name, descending: Boolean(order.descending) } : {},
    picture: pictures.includes(picture) ? picture : pictures[0],
  };
}

const sameName = (a, b) => a.toLowerCase() === b.toLowerCase();
const byName = (a, b) => a.name.localeCompare(b.name, 'en', { numeric: true });

export const viewOf = (views, name) => views.find((view) => sameName(view.name, name ?? ''));

/** The views with this one, in the place of another of its name; { problem }, a sentence, when there are too many. */
export function withView(views, view) {
  const others = views.filter(({ name }) => !sameName(name, view.name));
  if (others.length >= most) return { problem: `At most ${most} views are kept. Remove one first` };
  return { views: [...others, view].sort(byName) };
}

export const withoutView = (views, name) => views.filter((view) => !sameName(view.name, name));

/** Whether two views show the same, whatever they are called. */
export const showsSame = (a, b) =>
  JSON.stringify({ ...cleanView(a), name: '' }) === JSON.stringify({ ...cleanView(b), name: '' });

/** The views of a file; what is damaged is left out. */
export function readViews(text) {
  try {
    const list = JSON.parse(text);
    return Array.isArray(list) ? list.map((one) => cleanView(one ?? {})).filter(Boolean) : [];
  } catch {
    return [];
  }
}
