/** Numbers in one piece of memory, so that growing never copies what is there: 1 MB of 32 bits each. */
const CHUNK_BITS = 18;
const CHUNK = 1 << CHUNK_BITS;
/** `at & INSIDE`: where a run begins inside its chunk. */
export const INSIDE = CHUNK - 1;

/** Runs of numbers kept end to end in pieces of memory; a run never spans two of them. */
export type Runs<Numbers> = {
  /** Makes room for a run, filled with 0, and says where it begins. At most 2^18 numbers. */
  reserve(size: number): number;
  /** The run of this size that begins there; not a copy. */
  read(at: number, size: number): Numbers;
  /** The memory a run lies in, from `at & INSIDE` on. */
  chunkOf(at: number): Numbers;
};

/** Opens an empty place for runs. `make` gives an empty array of a size. */
export function createRuns<
  Numbers extends
    | Uint16Array<ArrayBuffer>
    | Int32Array<ArrayBuffer>
    | Uint32Array<ArrayBuffer>
    | Float32Array<ArrayBuffer>
    | Float64Array<ArrayBuffer>,
>(make: (size: number) => Numbers): Runs<Numbers> {
  const first = make(CHUNK);
  const chunks: Numbers[] = [first];
  let free = 0;
  const chunkOf = (at: number): Numbers => chunks[at >>> CHUNK_BITS] ?? first;
  const reserve = (size: number): number => {
    if (free + size > chunks.length * CHUNK) {
      free = chunks.length * CHUNK;
      chunks.push(make(CHUNK));
    }
    const at = free;
    free += size;
    return at;
  };
  return {
    reserve,
    chunkOf,
    read: (at, size) => chunkOf(at).subarray(at & INSIDE, (at & INSIDE) + size) as Numbers,
  };
}
