import type { Locale } from '@steward/core';

/** Refusal texts of this package, keyed like a service's labels; a service merges them into its own. */
export const fileLabels: Record<Locale, Record<string, string>> = {
  'zh-CN': {
    'reason.FILE_TYPE_NOT_ALLOWED': '不支持该文件类型,可用类型:{allowed}',
    'reason.FILE_EMPTY': '文件为空',
    'reason.FILE_TOO_LARGE': '文件过大,最多 {maxBytes} 字节',
    'reason.FILE_NAME_INVALID': '文件名无效:需为 1 至 {maxLength} 个字符,不得含有路径或控制字符',
    'reason.FILE_NOT_UPLOADED': '文件尚未上传',
    'reason.FILE_LINK_INVALID': '文件链接无效',
    'reason.FILE_LINK_EXPIRED': '文件链接已过期',
    'reason.FILE_NOT_FOUND': '文件不存在',
    'reason.FILE_ERASED': '文件已随个人信息一并删除',
    'reason.FILE_SIZE_MISMATCH': '文件大小与申报的 {bytes} 字节不符',
    'reason.FILE_CONTENT_MISMATCH': '文件内容不是 {contentType} 格式',
    'reason.FILE_ENCODING_NOT_ALLOWED': '上传内容不得压缩编码',
    'reason.FILE_ALREADY_UPLOADED': '该链接已上传过另一份文件',
    'reason.INTERNAL': '服务器内部错误',
  },
  en: {
    'reason.FILE_TYPE_NOT_ALLOWED': 'This type of file is not accepted here; accepted are {allowed}',
    'reason.FILE_EMPTY': 'The file is empty',
    'reason.FILE_TOO_LARGE': 'The file is too large; at most {maxBytes} bytes are accepted',
    'reason.FILE_NAME_INVALID':
      'The file name is not usable: 1 to {maxLength} characters without separators or control characters',
    'reason.FILE_NOT_UPLOADED': 'The file has not been uploaded',
    'reason.FILE_LINK_INVALID': 'The link to the file is not valid',
    'reason.FILE_LINK_EXPIRED': 'The link to the file has expired',
    'reason.FILE_NOT_FOUND': 'There is no such file',
    'reason.FILE_ERASED': 'The file was deleted together with the personal data in it',
    'reason.FILE_SIZE_MISMATCH': 'The content does not have the announced size of {bytes} bytes',
    'reason.FILE_CONTENT_MISMATCH': 'The content is not {contentType}',
    'reason.FILE_ENCODING_NOT_ALLOWED': 'The content must be sent without a content encoding',
    'reason.FILE_ALREADY_UPLOADED': 'Another file has already been uploaded through this link',
    'reason.INTERNAL': 'Internal error',
  },
};
