/** The same numbers with room for as many again. */
export function doubled<
  Numbers extends Uint8Array | Uint16Array | Int32Array | Uint32Array | Float32Array | Float64Array,
>(numbers: Numbers): Numbers {
  const Kind = numbers.constructor as { new (size: number): Numbers };
  const grown = new Kind(numbers.length * 2);
  grown.set(numbers);
  return grown;
}
