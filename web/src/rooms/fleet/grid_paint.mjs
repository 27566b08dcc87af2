// Paints the cells of the grid of machines on a canvas, in the console's colours.
// SPDX-License-Identifier: Apache-2.0
/* global Path2D */

/** The colours of an element's theme. */
export function coloursOf(element) {
  const style = window.getComputedStyle(element);
  const of = (name) => style.getPropertyValue(`--${name}`).trim();
  const { '': plain, good, warn, bad } = { '': of('line-strong'), good: of('good'), warn: of('warn'), bad: of('bad') };
  return { '': plain, good, warn, bad, ground: of('ground'), ink: of('ink'), accent: of('accent') };
}

/** Gives a canvas its size in CSS pixels; returns its context. */
export function sized(canvas, width, height) {
  const ratio = window.devicePixelRatio || 1;
  const [across, down] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== across) canvas.width = across;
  if (canvas.height !== down) canvas.height = down;
  canvas.style.setProperty('width', `${width}px`);
  canvas.style.setProperty('height', `${height}px`);
  const context = canvas.getContext('2d');
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}

const placeOf = ({ side, columns }, index) => [(index % columns) * side, Math.floor(index / columns) * side];

// Fills are batched by colour: one path for each.
export function paintCells(context, layout, cells, colours) {
  const inner = layout.side - (layout.side > 8 ? 2 : 1);
  const fills = new Map();
  cells.forEach((cell, index) => {
    const key = `${cell.tone} ${cell.strength}`;
    if (!fills.has(key)) fills.set(key, { ...cell, path: new Path2D() });
    fills.get(key).path.rect(...placeOf(layout, index), inner, inner);
  });
  for (const { tone, strength, path } of fills.values()) {
    context.globalAlpha = strength;
    context.fillStyle = colours[tone];
    context.fill(path);
  }
  context.globalAlpha = 1;
  paintMarks(context, layout, cells, colours, inner);
}

function paintMarks(context, layout, cells, colours, inner) {
  const lines = new Path2D();
  const corners = new Path2D();
  cells.forEach(({ mark }, index) => {
    if (!mark) return;
    const [x, y] = placeOf(layout, index);
    if (mark === 'hatch') {
      for (const part of [0.5, 1]) {
        lines.moveTo(x, y + inner * part);
        lines.lineTo(x + inner * part, y);
      }
      lines.moveTo(x + inner * 0.5, y + inner);
      lines.lineTo(x + inner, y + inner * 0.5);
    } else {
      corners.moveTo(x + inner, y);
      corners.lineTo(x + inner, y + inner * 0.6);
      corners.lineTo(x + inner * 0.4, y);
      corners.closePath();
    }
  });
  context.strokeStyle = colours.ground;
  context.lineWidth = layout.side > 12 ? 2 : 1;
  context.stroke(lines);
  context.fillStyle = colours.bad;
  context.strokeStyle = colours.ground;
  context.lineWidth = 1;
  context.fill(corners);
  context.stroke(corners);
}

/** Frames around cells: {index, colour}. */
export function paintFrames(context, layout, frames) {
  const width = layout.side > 12 ? 3 : 2;
  context.lineWidth = width;
  for (const { index, colour } of frames) {
    const [x, y] = placeOf(layout, index);
    context.strokeStyle = colour;
    const inner = layout.side - (layout.side > 8 ? 2 : 1) - width;
    context.strokeRect(x + width / 2, y + width / 2, inner, inner);
  }
}
