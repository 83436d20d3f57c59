/** 通讯录的名称和提示。 */
export const contactListsZh: Record<string, string> = {
  'ContactList.entries': '联系人',
  'ContactList.reports': '报告',
  'ContactEntry.party': '所属方',
  'ContactEntry.duty': '职责',
  'ContactEntry.nameMasked': '姓名(脱敏)',
  'ContactEntry.phoneMasked': '电话(脱敏)',
  'ContactListReport.period': '周期',
  'ContactListReport.startsOn': '起始日',
  'ContactListReport.issuedAt': '生成时间',
  'ContactListReport.addedCount': '新增',
  'ContactListReport.changedCount': '变更',
  'ContactListReport.removedCount': '移除',
  'ContactParty.CONTRACTOR': '施工方',
  'ContactParty.DEVELOPER': '甲方',
  'ContactParty.MERCHANT': '商家',
  'ContactParty.PROPERTY': '物业',
  'ContactReportPeriod.WEEK': '周',
  'ContactReportPeriod.MONTH': '月',
  'reason.CONTACT_UNKNOWN': '通讯录中没有该联系人。',
  'template.contactListReported':
    '通讯录({period},{startsOn} 起):新增 {addedCount} 项,变更 {changedCount} 项,移除 {removedCount} 项。',
};
