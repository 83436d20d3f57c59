import { columnNames } from '../../import/property-register/columns.ts';
import { communityByCode } from '../../import/property-register/community.ts';
import type { ExportKind } from '../kinds.ts';
import { readRegister } from './read-register.ts';
import { writeTable } from './write-table.ts';
import { registerHeader, registerSheetName } from './write-template.ts';

/** The property tree and the register of a community, as a CSV or a workbook that the import takes. */
export const exportRegister: ExportKind = async (client, { file, locale, community, reason }) => {
  const communityId = await communityByCode(client, community);
  const { rows, persons } = await readRegister(client, { communityId, locale, reason });
  const widths = columnNames.map(() => 14);
  await writeTable(file, [{ name: registerSheetName(locale), widths, rows: [registerHeader(locale), ...rows] }]);
  return { rows: rows.length, revealed: reason === undefined ? 0 : persons };
};
