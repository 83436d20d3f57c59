import { names } from './ledger-names-zh-cn.ts';

const codes: Record<string, string> = {
  'reversalReason.WRONG_AMOUNT': '金额有误',
  'reversalReason.WRONG_PARTY': '对象有误',
  'reversalReason.DUPLICATE': '重复收费',
  'reversalReason.NOT_DUE': '不应收取',
  'reversalReason.REQUEST_WITHDRAWN': '申请已撤回',
  'reversalReason.REFUND': '退款',
  'reversalReason.WRONG_READING': '抄表有误',
  'reversalReason.HOLDER_CHANGED': '房屋已由他人承接',
  'reversalReason.CUSTODY_CHANGED': '空置托管期间有变',
};

const texts: Record<string, string> = {
  'reason.ILLEGAL_TRANSITION': '当前状态（{status}）下不能进行此操作。',
  'reason.REASON_UNKNOWN': '原因 {code} 不在列表中。',
  'reason.PERIOD_CLOSED': '该日所在账期已结账，请记入未结账的月份。',
  'reason.REVERSED_ALREADY': '该笔已冲销。',
  'reason.IN_THE_FUTURE': '时间不能晚于现在。',
  'reason.PERIOD_NOT_OVER': '{month} 月尚未结束。',
  'reason.PERIOD_BEFORE_OPEN': '之前的月份尚未结账，下一个应结账月份始于 {next}。',
  'reason.PERIOD_OPEN': '只能公布已结账月份的收支。',
  'reason.PERIOD_ENDS_BEFORE': '截止早于起始。',
  'reason.BOOKS_DIFFER': '账簿不符（{book}），请先查明更正。',
  'reason.COMPARISON_REQUIRED': '账簿数据量较大，请先完成对账再结账。',
  'reason.EXTENT_UNFIT': '每次可核对 1 至 {most} 笔分录。',
  'reason.PUBLISHED_ALREADY': '这些月份的收支已公布。',
  'reason.TEXT_REQUIRED': '此项不能为空。',
  'reason.MEETING_BEFORE_REPORT': '例会日期早于报告截止日。',
  'reason.LINES_REQUIRED': '至少需要一项。',
  'reason.YEAR_UNFIT': '预算年度应在 {first} 年至 {last} 年之间。',
  'reason.LINE_REPEATED': '该科目重复。',
  'reason.AMOUNT_NEGATIVE': '金额不能为负。',
  'reason.CODE_MALFORMED': '代码由大写字母、数字和下划线组成，以字母开头。',
  'template.booksDiffer': '对账 {number}：账簿不符，请查明原因。',
  'template.collectionDay': '收费日报 {number}：今日实收 {received} 分，欠费 {arrears} 分。',
  'template.collectionMonth': '收费月报 {number}：收缴率 {rate}，欠费 {arrears} 分，请召开例会审阅。',
  'template.approvalRequested': '有事项待您审批：{kind}（{rule}）。',
  'template.deadlineWarned': '{number}：时限即将届满（{kind}，{rule}），截止 {dueAt}。',
  'template.deadlineBreached': '{number}：已超时（{kind}，{rule}），截止 {dueAt}，请立即处理。',
  'template.deadlineEscalated': '{number}：超时后仍未完成（{kind}，{rule}），截止 {dueAt}，请督办。',
};

/** 账户、收费与账簿的名称，以及拒绝原因与通知的文字。 */
export const labels: Record<string, string> = { ...names, ...codes, ...texts };
