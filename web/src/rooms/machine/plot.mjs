// uPlot with the console's colours; loaded when a chart is first drawn.
// SPDX-License-Identifier: Apache-2.0
import UPlot from 'uplot';

const day = 86_400;
const height = 200; // pixels
export const dates = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
export const sums = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

export const colours = (element) => {
  const style = window.getComputedStyle(element);
  const of = (name) => style.getPropertyValue(`--${name}`).trim();
  return { ink: of('ink-faint'), line: of('line'), accent: of('accent'), soft: of('accent-soft'), good: of('good') };
};

// Three or four ticks, whatever the height.
export const axis = (own, scale, more) => ({
  scale,
  stroke: own.ink,
  grid: { stroke: own.line, width: 1 },
  ticks: { show: false },
  font: '12px system-ui, sans-serif',
  ...more,
});

const bars = UPlot.paths.bars({ size: [0.7, 24] });
const stepped = UPlot.paths.stepped({ align: 1 });

/**
 * Draws series (of seriesOf) into an element; `onMove(index)` hears where the crosshair is, or null. Returns
 * { set(series), move(index), size(width), destroy() }.
 */
export function plot(element, series, { width, onMove }) {
  const own = colours(element);
  // A day without revenue has no bar.
  const dataOf = ({ times, revenue, mean, score }) => [times, revenue.map((sum) => sum || null), mean, score];
  const chart = new UPlot(
    {
      width,
      height,
      legend: { show: false },
      cursor: { y: false, points: { size: 7 }, drag: { x: false, y: false } },
      scales: {
        x: { time: true, range: (_, from, until) => [from - day / 2, until + day / 2] },
        usd: { range: (_, __, most) => [0, most > 0 ? most * 1.1 : 1] },
        score: { range: [0, 100] },
      },
      axes: [
        axis(own, 'x', {
          grid: { show: false },
          space: 70,
          values: (_, splits) => splits.map((at) => dates.format(at * 1000)),
        }),
        axis(own, 'usd', { size: 56, space: 30, values: (_, splits) => splits.map((sum) => sums.format(sum)) }),
        axis(own, 'score', { side: 1, size: 36, grid: { show: false }, splits: () => [0, 50, 100] }),
      ],
      series: [
        {},
        {
          label: 'Revenue',
          scale: 'usd',
          fill: own.soft,
          stroke: own.accent,
          width: 1,
          paths: bars,
          points: { show: false },
        },
        { label: '7-day mean', scale: 'usd', stroke: own.accent, width: 1.5, dash: [4, 3], points: { show: false } },
        {
          label: 'Score',
          scale: 'score',
          stroke: own.good,
          width: 2,
          paths: stepped,
          points: { size: 5, fill: own.good },
        },
      ],
      tzDate: (seconds) => UPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
      hooks: { setCursor: [({ cursor }) => onMove(cursor.idx ?? null)] },
    },
    dataOf(series),
    element,
  );
  return {
    set: (next) => chart.setData(dataOf(next)),
    size: (next) => chart.setSize({ width: next, height }),
    move(index) {
      const left = index === null ? -10 : chart.valToPos(chart.data[0][index], 'x');
      chart.setCursor({ left, top: 10 });
    },
    destroy: () => chart.destroy(),
  };
}
