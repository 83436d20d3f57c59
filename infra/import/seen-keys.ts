const bitsPerPage = 1024;

/**
 * Which whole numbers have been seen, one bit each: the keys of an export are handed out in sequence, so those of ten
 * million rows fit into a few megabytes.
 */
export class SeenKeys {
  readonly #pages = new Map<number, Uint8Array>();

  /** Notes the key; false if it had been noted before. */
  add(key: number): boolean {
    const page = this.#page(Math.floor(key / bitsPerPage));
    const at = key % bitsPerPage;
    const [byte, bit] = [Math.floor(at / 8), 1 << (at % 8)];
    const known = page[byte] ?? 0;
    page[byte] = known | bit;
    return (known & bit) === 0;
  }

  #page(number: number): Uint8Array {
    const known = this.#pages.get(number);
    if (known !== undefined) return known;
    const page = new Uint8Array(bitsPerPage / 8);
    this.#pages.set(number, page);
    return page;
  }
}
