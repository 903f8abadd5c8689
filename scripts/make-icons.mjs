/**
 * `node scripts/make-icons.mjs`: draws the app's icons, a calendar page with a tick, into `appPackage/`:
 * `color.png` (192 × 192, symbol inside the safe middle) and `outline.png` (32 × 32, white on transparent).
 */
import { writeFileSync } from 'node:fs';
import { Buffer } from 'node:buffer';
import { crc32, deflateSync } from 'node:zlib';
import { at } from './lib/project.mjs';

const SAMPLES = 8;
const ACCENT = [15, 108, 115];
const WHITE = [255, 255, 255];

const distanceToSegment = (x, y, [ax, ay, bx, by]) => {
  const [dx, dy] = [bx - ax, by - ay];
  const t = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
};

/** Distance to the edge of a rounded rectangle; negative inside. */
const distanceToBox = (x, y, { left, top, right, bottom, radius }) => {
  const dx = Math.abs(x - (left + right) / 2) - (right - left) / 2 + radius;
  const dy = Math.abs(y - (top + bottom) / 2) - (bottom - top) / 2 + radius;
  return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius;
};

/** The symbol on a grid of 32 × 32: is this point part of a stroke? */
function isInk(x, y) {
  const half = 1.15;
  const page = { left: 5.5, top: 7, right: 26.5, bottom: 27, radius: 3.2 };
  const strokes = [
    [11, 4.6, 11, 9.2],
    [21, 4.6, 21, 9.2],
    [6, 13, 26, 13],
    [11.4, 19.6, 14.6, 22.8],
    [14.6, 22.8, 20.9, 16.8],
  ];
  return (
    Math.abs(distanceToBox(x, y, page)) <= half || strokes.some((stroke) => distanceToSegment(x, y, stroke) <= half)
  );
}

/** How much of a pixel is ink, 0 to 1. `toGrid` maps picture coordinates to the symbol's grid. */
function coverage(px, py, toGrid) {
  let hits = 0;
  for (let i = 0; i < SAMPLES * SAMPLES; i += 1) {
    const x = px + ((i % SAMPLES) + 0.5) / SAMPLES;
    const y = py + (Math.floor(i / SAMPLES) + 0.5) / SAMPLES;
    hits += isInk(toGrid(x), toGrid(y)) ? 1 : 0;
  }
  return hits / (SAMPLES * SAMPLES);
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(body.length + 8);
  frame.writeUInt32BE(data.length, 0);
  body.copy(frame, 4);
  frame.writeUInt32BE(crc32(body) >>> 0, body.length + 4);
  return frame;
}

/** An RGBA picture as PNG; `pixel(x, y)` gives [red, green, blue, alpha], each 0 to 255. */
function png(size, pixel) {
  const rows = Array.from({ length: size }, (_, y) =>
    Buffer.from([0, ...Array.from({ length: size }, (__, x) => pixel(x, y)).flat()]),
  );
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = deflateSync(Buffer.concat(rows), { level: 9 });
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

const mix = (share) => ACCENT.map((value, index) => Math.round(value + (WHITE[index] - value) * share));

writeFileSync(
  at('appPackage', 'color.png'),
  png(192, (x, y) => [...mix(coverage(x, y, (v) => (v - 36) / 3.75)), 255]),
);
writeFileSync(
  at('appPackage', 'outline.png'),
  png(32, (x, y) => [...WHITE, Math.round(coverage(x, y, (v) => v) * 255)]),
);
