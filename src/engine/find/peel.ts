import { contained } from '../contain.ts';
import type { Encoding, Peeled, Peeling } from './encodings/encoding.ts';
import { parameterBefore } from './parameter-before.ts';
import { exceed, joinPaths, type Layer, mayDecode, type Pass, tooDeep } from './search-pass.ts';

/** Undoes the first encoding tried here that brings a token to light; returns the offset after the stretch. */
export function peelAt(pass: Pass, layer: Layer, at: number, where: Peeling): number | null {
  for (const encoding of pass.encodings.get(where) ?? []) {
    if (!mayDecode(pass)) return null;
    if (pass.charactersLeft <= 0) return tooMuch(pass);
    const peeled = peeledBy(pass, encoding, layer, at);
    if (!peeled) continue;
    if (layer.depth >= pass.limits.layers) return tooDeep(pass);
    if (peeled.isPartial) tooMuch(pass);
    if (!searchPeeled(pass, layer, encoding, peeled)) {
      // Around any other place in it the same would come out.
      if (encoding.sign !== undefined && !peeled.goesOn && !peeled.isPartial) {
        layer.barren ??= new Map();
        layer.barren.set(encoding.id, peeled);
      }
      continue;
    }
    layer.decoded = peeled.end;
    return peeled.end;
  }
  return null;
}

function tooMuch(pass: Pass): null {
  return exceed(pass, 'decodedCharacters', 'Too much encoded text in one value; the rest was not decoded.');
}

function peeledBy(pass: Pass, encoding: Encoding, layer: Layer, at: number): Peeled | null {
  const { id, sign, atATime, peel } = encoding;
  if (sign !== undefined && !has(layer, sign)) return null;
  const barren = layer.barren?.get(id);
  if (barren && at >= barren.start && at < barren.end) return null;
  const most = Math.min(pass.charactersLeft, atATime ?? pass.charactersLeft);
  const peeled = contained('encoding', id, null, pass.fail, () =>
    peel(layer.text, at, most, Math.min(at, layer.decoded)),
  );
  if (!peeled && sign !== undefined) pass.candidatesLeft -= 1;
  return peeled;
}

function searchPeeled(pass: Pass, layer: Layer, { id, isGuess = false }: Encoding, { start, text }: Peeled): boolean {
  const known = `${layer.key ?? ''} ${text}`;
  if ((pass.fruitless?.get(known) ?? layer.depth + 1) <= layer.depth) return false;
  pass.candidatesLeft -= 1;
  pass.charactersLeft -= text.length;
  const found = pass.search({
    text,
    depth: layer.depth + 1,
    encodings: [...layer.encodings, id],
    path: joinPaths(layer.path, parameterBefore(layer.text, start)),
    key: layer.key,
    base: layer.isExact ? layer.base + start : layer.base,
    isExact: false,
    isGuess: layer.isGuess || isGuess,
    signs: null,
    decoded: 0,
    barren: null,
  });
  if (!found) {
    pass.fruitless ??= new Map();
    pass.fruitless.set(known, layer.depth);
  }
  return found;
}

function has(layer: Layer, sign: string): boolean {
  layer.signs ??= new Map();
  const known = layer.signs.get(sign) ?? layer.text.includes(sign);
  layer.signs.set(sign, known);
  return known;
}
