/** A row that must be there, because a command has just answered its id or a foreign key holds it. */
export async function loaded<Row>(row: Promise<Row | null>): Promise<Row> {
  const found = await row;
  if (found === null) throw new Error('a row that must be there is not');
  return found;
}
