import { readAnswer } from '../../src/language/answers';
import { LANGUAGES } from '../../src/domain/vocabulary';
import { text as catalogText } from '../../src/locales/catalog';
import { smallTalk } from '../../src/language/small-talk';

describe('reading the answer to a question', () => {
  it.each([
    ['yes', 'yes'],
    ['Yes, please!', 'yes'],
    ['Ja, genau.', 'yes'],
    ['sim', 'yes'],
    ['是的', 'yes'],
    ['はい、お願いします', 'yes'],
    ['No.', 'no'],
    ['nö', 'no'],
    ['não', 'no'],
    ['nao', 'no'],
    ['不是', 'no'],
    ['違います', 'no'],
    ['save', 'save'],
    ['Speichern!', 'save'],
    ['salvar', 'save'],
    ['保存', 'save'],
    ['保存して', 'save'],
    ['never mind', 'cancel'],
    ['Abbrechen', 'cancel'],
    ['deixa pra lá', 'cancel'],
    ['算了', 'cancel'],
    ['やっぱりやめる', 'cancel'],
    ['both', 'both'],
    ['beide', 'both'],
    ['os dois', 'both'],
    ['两个都要', 'both'],
    ['両方', 'both'],
    ['skip', 'skip'],
    ['weiß nicht', 'skip'],
    ['não sei', 'skip'],
    ['跳过', 'skip'],
    ['わからない', 'skip'],
  ])('%s is %s', (text, kind) => {
    expect(readAnswer(text, undefined)).toEqual({ kind });
  });

  it.each([
    ['the second one', 2],
    ['2', 2],
    ['2.', 2],
    ['das zweite', 2],
    ['o segundo', 2],
    ['a terceira', 3],
    ['第二个', 2],
    ['2番目', 2],
    ['最初の', 1],
    ['the last one', -1],
    ['最后一个', -1],
  ])('%s is number %d', (text, position) => {
    expect(readAnswer(text, undefined)).toEqual({ kind: 'ordinal', position });
  });

  it.each([
    'no budget',
    'nicht genug Lizenzen',
    'yes but in May',
    '保存先を変えたため',
    'não há verba',
    'Contoso',
    '',
    '🙂',
  ])('%s is no such answer', (text) => {
    expect(readAnswer(text, undefined)).toBeUndefined();
  });

  it("prefers the conversation's language", () => {
    expect(readAnswer('para', 'pt-BR')).toEqual({ kind: 'cancel' });
    expect(readAnswer('não', 'de')).toEqual({ kind: 'no' });
  });
});

describe('small talk', () => {
  it.each([
    ['Hi!', 'greeting'],
    ['Guten Morgen', 'greeting'],
    ['oi, tudo bem?', 'greeting'],
    ['你好', 'greeting'],
    ['お疲れ様です', 'greeting'],
    ['thanks a lot 🙏', 'thanks'],
    ['Vielen Dank!', 'thanks'],
    ['valeu', 'thanks'],
    ['谢谢', 'thanks'],
    ['ありがとうございます。', 'thanks'],
    ['thanks, move Contoso to May', undefined],
    ['hi, what counts as the start date?', undefined],
  ])('%s is %s', (text, kind) => {
    expect(smallTalk(text)).toBe(kind);
  });
});

test.each(LANGUAGES)('the buttons that save and cancel mean the same when typed (%s)', (language) => {
  const typed = (['startDate.save', 'startDate.saveAnyway', 'action.cancel'] as const).map(
    (key) => readAnswer(catalogText(language, key), language)?.kind,
  );
  expect(typed).toEqual(['save', 'save', 'cancel']);
});
