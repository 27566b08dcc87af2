// Draws a fleet's revenue per day, stacked, with the range before as a line, and its events per day below. Loaded when
// the chart is first drawn.
// SPDX-License-Identifier: Apache-2.0
import UPlot from 'uplot';
import { axis, colours, dates, sums } from '../machine/plot.mjs';

const day = 86_400; // seconds
const [high, low] = [172, 84]; // pixels of the two plots
const axisWidth = 56;
const padding = [10, 12, 4, 0]; // the same for both, so that their days stand below each other

const bars = UPlot.paths.bars({ size: [0.7, 24] });
const hidden = { show: false };
const scaleOfDays = { time: true, range: (_, from, until) => [from - day / 2, until + day / 2] };
const fromZero = { range: (_, __, most) => [0, most > 0 ? most * 1.1 : 1] };
const inUtc = (seconds) => UPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC');
const orNothing = (values) => values.map((value) => value || null); // a day without any has no bar

function chart(element, { width, height, scales, axes, series, data, onMove }) {
  const cursor = { y: false, points: hidden, drag: { x: false, y: false }, sync: { key: 'fleet-days' } };
  const hooks = { setCursor: [({ cursor: { idx } }) => onMove(idx ?? null)] };
  const options = { width, height, padding, legend: hidden, cursor, scales, axes, series, hooks, tzDate: inUtc };
  return new UPlot(options, data, element);
}

/** As parts/chart.mjs wants it; `series` of seriesOfFleet(). The colours of layers are those of the legend. */
export function plot(element, series, { width, onMove }) {
  const own = colours(element);
  const swatches = [...element.closest('figure').querySelectorAll('.layers i')];
  const fills = swatches.map((swatch) => window.getComputedStyle(swatch).backgroundColor);
  // The highest is drawn first, and the lower ones over it.
  const revenueOf = ({ times, tops, before }) => [times, ...tops.map(orNothing).reverse(), before];
  const eventsOf = ({ times, events }) => [times, orNothing(events)];
  const layer = (fill) => ({ scale: 'usd', fill, stroke: fill, width: 0, paths: bars, points: hidden });
  const dateAxis = axis(own, 'x', {
    size: 30,
    grid: hidden,
    space: 70,
    values: (_, splits) => splits.map((at) => dates.format(at * 1000)),
  });
  let revenue;
  let events;

  function draw({ width: wide, data }) {
    const common = { width: wide, onMove };
    revenue = chart(element, {
      ...common,
      height: high,
      scales: { x: scaleOfDays, usd: fromZero },
      axes: [
        { ...dateAxis, show: false },
        axis(own, 'usd', { size: axisWidth, space: 30, values: (_, splits) => splits.map((sum) => sums.format(sum)) }),
      ],
      series: [
        {},
        ...data.layers.map((_, at) => layer(fills[at])).reverse(),
        { scale: 'usd', stroke: own.ink, width: 1.5, dash: [4, 3], points: hidden },
      ],
      data: revenueOf(data),
    });
    events = chart(element, {
      ...common,
      height: low,
      scales: { x: scaleOfDays, count: fromZero },
      axes: [
        dateAxis,
        axis(own, 'count', {
          size: axisWidth,
          space: 20,
          incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000],
          values: (_, splits) => splits.map((number) => sums.format(number)),
        }),
      ],
      series: [{}, { scale: 'count', fill: own.line, stroke: own.ink, width: 1, paths: bars, points: hidden }],
      data: eventsOf(data),
    });
  }
  const destroy = () => [revenue, events].forEach((one) => one.destroy());

  let wide = width;
  let layers = series.layers.length;
  draw({ width, data: series });
  return {
    set(next) {
      if (next.layers.length === layers) {
        revenue.setData(revenueOf(next));
        events.setData(eventsOf(next));
        return;
      }
      layers = next.layers.length;
      destroy();
      draw({ width: wide, data: next });
    },
    size(next) {
      wide = next;
      revenue.setSize({ width: next, height: high });
      events.setSize({ width: next, height: low });
    },
    move(index) {
      for (const one of [revenue, events]) {
        const left = index === null ? -10 : one.valToPos(one.data[0][index], 'x');
        one.setCursor({ left, top: 10 });
      }
    },
    destroy,
  };
}
