/**
 * Japanese sentences with names in them: a name in Latin letters is set off by a space (「KULASIS へ」), a Japanese one is
 * not (「附属図書館へ」). Which one it is, only configuration knows, so the sentence is put together here.
 */
const latin = /[A-Za-z0-9.)\]]/;
const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー]/u;

/** said`${service}へのログイン` */
export function said(texts: TemplateStringsArray, ...names: readonly string[]): string {
  return texts.reduce((sentence, text, at) => joined(joined(sentence, names[at - 1] ?? ''), text));
}

function joined(left: string, right: string): string {
  const [before = '', after = ''] = [left.at(-1), right.at(0)];
  const meets = (latin.test(before) && japanese.test(after)) || (japanese.test(before) && /[A-Za-z0-9(]/.test(after));
  return meets ? `${left} ${right}` : left + right;
}
