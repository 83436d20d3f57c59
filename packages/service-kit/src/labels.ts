import { interpolate, type Locale } from '@steward/core';

/** Texts by schema coordinate (`WorkOrder.dueAt`, `WorkOrderStatus.OPEN`), `reason.X` and `template.x`. */
export type Labels = Record<Locale, Record<string, string>>;

/** Refusals that every service can give. */
const common: Labels = {
  en: {
    'reason.ACCESS_DENIED': 'You are not allowed to do this.',
    'reason.ALREADY_DECIDED': 'This has already been decided ({state}).',
    'reason.AUTHORITY_LACKING': 'The authority matrix does not allow you this.',
    'reason.COMMUNITY_UNKNOWN': 'The community is not known here, or is no longer managed.',
    'reason.CURSOR_INVALID': 'The cursor is not one of this list.',
    'reason.DATABASE_UNAVAILABLE': 'The service cannot reach its database right now; please try again.',
    'reason.DEADLINE_EXCEEDED': 'The service could not answer in the time that there was; please try again.',
    'reason.IDEMPOTENCY_KEY_REUSED': 'This idempotency key was used before with other input.',
    'reason.IDEMPOTENCY_KEY_UNFIT': 'An idempotency key has {min} to {max} printable characters.',
    'reason.IDENTITY_INVALID': 'The caller could not be identified.',
    'reason.IDENTITY_REQUIRED': 'The caller must be identified.',
    'reason.ID_TAKEN': 'This id belongs to something else already.',
    'reason.INTERNAL': 'Something went wrong; quote the trace id {traceId}.',
    'reason.INVALID_INPUT': '{count} things are wrong with the input.',
    'reason.NOT_FOUND': 'There is no such thing, or you may not see it.',
    'reason.OWN_REQUEST': 'Whoever asked for an approval may not decide it.',
    'reason.PAGE_SIZE': 'A page has {min} to {max} entries.',
    'reason.PARKED_EVENT_SETTLED': 'This parked event waits for another one, was given up, or could never be read.',
    'reason.PARKED_EVENTS_NUMBER': 'Between {min} and {max} parked events at a time.',
    'reason.POLICY_UNKNOWN': 'There is no such policy figure.',
    'reason.POLICY_VALUE': 'The value does not fit the policy figure ({unit}).',
    'reason.QUERY_INVALID': 'The operation is not valid for this schema.',
    'reason.REASON_REQUIRED': 'A reason of at least two characters is needed.',
    'reason.VALUE_MALFORMED': 'A value does not have the form that is needed, e.g. an id.',
    'reason.REVEAL_NOT_LOGGED': 'Nothing is shown: who reads what could not be recorded. Please try again later.',
    'reason.STALE_VERSION': 'It was changed meanwhile: version {actual} instead of {expected}.',
    'template.approvalRequested': 'Your approval is asked for: {kind} ({rule}).',
    'template.deadlineBreached': '{number}: a time limit has run out ({kind}, {rule}), at {dueAt}. Please act at once.',
    'template.deadlineEscalated': '{number}: what has run out is still not done ({kind}, {rule}), due {dueAt}.',
    'template.deadlineWarned': '{number}: a time limit ends soon ({kind}, {rule}), at {dueAt}.',
  },
  'zh-CN': {
    'reason.ACCESS_DENIED': '您没有执行此操作的权限。',
    'reason.ALREADY_DECIDED': '该事项已处理({state})。',
    'reason.AUTHORITY_LACKING': '超出您的授权范围。',
    'reason.COMMUNITY_UNKNOWN': '小区不存在或已撤管。',
    'reason.CURSOR_INVALID': '游标不属于该列表。',
    'reason.DATABASE_UNAVAILABLE': '服务暂时无法访问数据库,请稍后重试。',
    'reason.DEADLINE_EXCEEDED': '服务未能在限定时间内完成,请稍后重试。',
    'reason.IDEMPOTENCY_KEY_REUSED': '该幂等键已用于其他内容的请求。',
    'reason.IDEMPOTENCY_KEY_UNFIT': '幂等键应为 {min} 至 {max} 个可见字符。',
    'reason.IDENTITY_INVALID': '无法识别调用者身份。',
    'reason.IDENTITY_REQUIRED': '需要调用者身份。',
    'reason.ID_TAKEN': '该 ID 已被使用。',
    'reason.INTERNAL': '系统出现问题,请提供追踪号 {traceId}。',
    'reason.INVALID_INPUT': '输入有 {count} 处错误。',
    'reason.NOT_FOUND': '对象不存在或您无权查看。',
    'reason.OWN_REQUEST': '申请人不能审批自己的申请。',
    'reason.PAGE_SIZE': '每页条数应为 {min} 至 {max}。',
    'reason.PARKED_EVENT_SETTLED': '该搁置事件正在等待前一事件、已被放弃,或从未可读。',
    'reason.PARKED_EVENTS_NUMBER': '每次可处理 {min} 至 {max} 个搁置事件。',
    'reason.POLICY_UNKNOWN': '没有该项政策参数。',
    'reason.POLICY_VALUE': '数值不符合该政策参数({unit})。',
    'reason.QUERY_INVALID': '该操作不符合接口定义。',
    'reason.REASON_REQUIRED': '请填写至少两个字的原因。',
    'reason.VALUE_MALFORMED': '某个值的格式不正确(例如编号)。',
    'reason.REVEAL_NOT_LOGGED': '查阅记录无法保存，因此未显示内容，请稍后重试。',
    'reason.STALE_VERSION': '数据已被更新:当前版本 {actual},提交版本 {expected}。',
    'template.approvalRequested': '有事项待您审批：{kind}（{rule}）。',
    'template.deadlineBreached': '{number}：有一项时限已超时（{kind}，{rule}），到期时间 {dueAt}，请立即处理。',
    'template.deadlineEscalated': '{number}：超时事项仍未完成（{kind}，{rule}），到期时间 {dueAt}，请您督办。',
    'template.deadlineWarned': '{number}：有一项时限即将到期（{kind}，{rule}），到期时间 {dueAt}。',
  },
};

/** A service's texts over the common ones; both languages must have the same keys. */
export function mergeLabels(own: Labels): Labels {
  const missing = [
    ...Object.keys(own.en).filter((key) => !(key in own['zh-CN'])),
    ...Object.keys(own['zh-CN']).filter((key) => !(key in own.en)),
  ];
  if (missing.length > 0) throw new Error(`labels in one language only: ${missing.join(', ')}`);
  return { en: { ...common.en, ...own.en }, 'zh-CN': { ...common['zh-CN'], ...own['zh-CN'] } };
}

/** The text of a refusal; an unlisted reason is shown as its code, which the kit's own test refuses. */
export const refusalText = (labels: Labels, locale: Locale, reason: string, params: Record<string, unknown>): string =>
  interpolate(labels[locale][`reason.${reason}`] ?? reason, params);
