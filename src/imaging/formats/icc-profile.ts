/** A point of the CIE 1931 chromaticity diagram. */
export type Chromaticity = readonly [x: number, y: number];

/** The white of a colour space and the primaries that it mixes. */
export interface Primaries {
  readonly white: Chromaticity;
  readonly red: Chromaticity;
  readonly green: Chromaticity;
  readonly blue: Chromaticity;
}

/**
 * The light of a stored value v: (a v + b) ^ g, and c v below d.
 * @see https://www.color.org/specification/ICC.1-2022-05.pdf (10.18, parametric curve, type 3)
 */
export type ToneCurve = readonly [g: number, a: number, b: number, c: number, d: number];

type Vector = readonly [number, number, number];

const HEADER_BYTES = 128;
const TAG_BYTES = 12;
/** In version 4, black would be made as dark as that of sRGB. */
const VERSION = 0x02_40_00_00;
/** The white of the connection space of profiles. */
export const D50: Vector = [0.9642, 1, 0.8249];
/**
 * From XYZ to the response of the eye's cones. @see http://www.brucelindbloom.com/Eqn_ChromAdapt.html
 * (Bradford)
 */
const TO_CONES: readonly Vector[] = [
  [0.8951, 0.2664, -0.1614],
  [-0.7502, 1.7135, 0.0367],
  [0.0389, -0.0685, 1.0296],
];

/** A profile of colours mixed from three primaries. */
export function rgbProfile(primaries: Primaries, curve: ToneCurve): Buffer {
  const [red, green, blue] = colorants(primaries);
  const tone = curveTag(curve);
  return profile('mntr', 'RGB ', 'XYZ ', {
    rXYZ: xyzTag(red),
    gXYZ: xyzTag(green),
    bXYZ: xyzTag(blue),
    rTRC: tone,
    gTRC: tone,
    bTRC: tone,
  });
}

/** A profile of greys. */
export function greyProfile(curve: ToneCurve): Buffer {
  return profile('mntr', 'GRAY', 'XYZ ', { kTRC: curveTag(curve) });
}

/** A profile with any tags. */
export function profile(
  kind: string,
  space: string,
  connection: string,
  tags: Readonly<Record<string, Buffer>>,
): Buffer {
  const all = Object.entries({ desc: textTag('made'), cprt: textTag('none'), wtpt: xyzTag(D50), ...tags });
  const head = Buffer.alloc(HEADER_BYTES + 4 + TAG_BYTES * all.length);
  let end = head.length;
  head.writeUInt32BE(VERSION, 8);
  head.write(`${kind}${space}${connection}`, 12, 'latin1');
  head.write('acsp', 36, 'latin1');
  xyzTag(D50).copy(head, 68, 8);
  head.writeUInt32BE(all.length, HEADER_BYTES);
  for (const [index, [name, data]] of all.entries()) {
    const at = HEADER_BYTES + 4 + TAG_BYTES * index;
    head.write(name, at, 'latin1');
    head.writeUInt32BE(end, at + 4);
    head.writeUInt32BE(data.length, at + 8);
    end += data.length;
  }
  head.writeUInt32BE(end, 0);
  return Buffer.concat([head, ...all.map(([, data]) => data)]);
}

/** The three primaries as seen with the white of the connection space. */
function colorants({ white, red, green, blue }: Primaries): [Vector, Vector, Vector] {
  const lights = [red, green, blue].map(colourOf);
  const amounts = solve(lights, colourOf(white));
  const [r = D50, g = D50, b = D50] = lights.map((light, index) =>
    adapted(scaled(light, amounts[index] ?? 0), colourOf(white)),
  );
  return [r, g, b];
}

function colourOf([x, y]: Chromaticity): Vector {
  return [x / y, 1, (1 - x - y) / y];
}

function scaled([x, y, z]: Vector, factor: number): Vector {
  return [x * factor, y * factor, z * factor];
}

/** Adapts a colour from its white to D50. */
function adapted(colour: Vector, white: Vector): Vector {
  const cones = TO_CONES.map((row) => (dot(row, colour) * dot(row, D50)) / dot(row, white));
  const columns = [0, 1, 2].map((at): Vector => [
    TO_CONES[0]?.[at] ?? 0,
    TO_CONES[1]?.[at] ?? 0,
    TO_CONES[2]?.[at] ?? 0,
  ]);
  return solve(columns, vector(cones));
}

/** The shares of three vectors in their sum. @see https://en.wikipedia.org/wiki/Cramer's_rule */
function solve(vectors: readonly Vector[], sum: Vector): Vector {
  const [a = sum, b = sum, c = sum] = vectors;
  const whole = dot(a, cross(b, c));
  return [dot(sum, cross(b, c)) / whole, dot(a, cross(sum, c)) / whole, dot(a, cross(b, sum)) / whole];
}

function dot(one: Vector, other: Vector): number {
  return one[0] * other[0] + one[1] * other[1] + one[2] * other[2];
}

function cross([a, b, c]: Vector, [x, y, z]: Vector): Vector {
  return [b * z - c * y, c * x - a * z, a * y - b * x];
}

function vector([x = 0, y = 0, z = 0]: readonly number[]): Vector {
  return [x, y, z];
}

function curveTag(curve: ToneCurve): Buffer {
  const kind = Buffer.from([0, 3, 0, 0]);
  return tag('para', Buffer.concat([kind, fixed(curve)]));
}

function xyzTag(colour: Vector): Buffer {
  return tag('XYZ ', fixed(colour));
}

function textTag(text: string): Buffer {
  const [records, language, place] = [
    Buffer.from([0, 0, 0, 1, 0, 0, 0, 12]),
    Buffer.from('enUS'),
    Buffer.alloc(8),
  ];
  place.writeUInt32BE(2 * text.length, 0);
  place.writeUInt32BE(28, 4);
  return tag('mluc', Buffer.concat([records, language, place, Buffer.from(text, 'utf16le').swap16()]));
}

/** The content of a tag after its type, padded to the length of its place. */
export function tag(type: string, content: Buffer): Buffer {
  const whole = Buffer.alloc(8 + 4 * Math.ceil(content.length / 4));
  whole.write(type, 0, 'latin1');
  content.copy(whole, 8);
  return whole;
}

/** Numbers with 16 bits before and 16 bits after the point. */
function fixed(numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * numbers.length);
  for (const [index, value] of numbers.entries())
    bytes.writeInt32BE(Math.round(65_536 * Math.min(32_767, Math.max(-32_768, value))), 4 * index);
  return bytes;
}
