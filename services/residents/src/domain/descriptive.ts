type Changes<Row> = { [Field in keyof Row]?: Row[Field] | undefined };

/** A row after a change of descriptive fields: what is absent is kept, null clears. */
export const withChanges = <Row extends object>(row: Row, changes: Changes<Row>): Row => ({
  ...row,
  ...(Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Partial<Row>),
});
