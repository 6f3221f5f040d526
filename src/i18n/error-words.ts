/** The words for an error code. Both catalogues are total over ErrorCode, so there is always an answer. */
import type { ErrorCode } from '../base/errors.ts';
import type { Locale } from '../base/locale.ts';
import { errors as en } from './messages/en/errors.ts';
import { type ErrorWords, errors as ja } from './messages/ja/errors.ts';

const catalogues: Readonly<Record<Locale, Readonly<Record<ErrorCode, ErrorWords>>>> = { ja, en };

export const errorWords = (locale: Locale, code: ErrorCode): ErrorWords => catalogues[locale][code];
