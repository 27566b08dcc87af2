// Amounts over time, as one bar a day, week or month.
// SPDX-License-Identifier: Apache-2.0
import { html, svg } from './part.mjs';

const day = 86_400_000;
const widths = [
  ['day', day, 31],
  ['week', 7 * day, 26],
  ['month', 30 * day, 36],
];
const shortDay = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

/** Puts values into equal spans that end with `until`: { unit, start, width, sums }. Times in milliseconds. */
export function inSpans(values, until) {
  const first = Math.min(until, ...values.map(({ at }) => at));
  const [unit, width, most] = widths.find(([, size, number]) => until - first < size * number) ?? widths.at(-1);
  const number = Math.min(most, Math.max(7, Math.ceil((until - first + 1) / width)));
  const start = until - number * width;
  const sums = Array(number).fill(0);
  for (const { at, value } of values) {
    const place = Math.floor((at - start) / width);
    if (place >= 0 && at <= until) sums[Math.min(place, number - 1)] += value;
  }
  return { unit, width, start, sums };
}

/** timeBars({ label, values: [{ at, value }], until, spell: (sum) => text }) */
export function timeBars({ label, values, until, spell }) {
  const { unit, width, start, sums } = inSpans(values, until);
  const most = Math.max(...sums);
  const step = 100 / sums.length;
  const from = (place) => shortDay.format(start + place * width);
  return html`<figure class="time-bars">
    <figcaption class="row apart small faint">
      <span>${label} by ${unit}</span><span>most ${spell(most)}</span>
    </figcaption>
    <svg
      viewBox="0 0 100 40"
      preserveAspectRatio="none"
      role="img"
      aria-label="${label} by ${unit}, at most ${spell(most)}"
    >
      ${sums.map((sum, place) => {
        const height = most > 0 && sum > 0 ? Math.max(1, (39 * sum) / most) : 0.4;
        return svg`<rect class=${sum > 0 ? '' : 'none'} x=${place * step + step * 0.12} y=${40 - height}
          width=${step * 0.76} height=${height}><title>${from(place)}: ${spell(sum)}</title></rect>`;
      })}
    </svg>
    <div class="row apart small faint"><span>${from(0)}</span><span>${shortDay.format(until)}</span></div>
  </figure>`;
}
