import { detectLanguage, writtenIn } from '../../src/language/detect-language';
import { fold } from '../../src/language/fold';

describe('detecting the language of a sentence', () => {
  it.each([
    ['Move Contoso to next week please', 'en'],
    ['history adventure works', undefined],
    ['what counts as the start date?', 'en'],
    ['北风贸易 möchte Intune auf April schieben', 'de'],
    ['コントソ bitte auf den 3. März verschieben', 'de'],
    ['notizen zu 北风贸易', 'de'],
    ['株式会社コントソ needs a new date', 'en'],
    ['joga o Intune da 北风贸易 pro fim de março', 'pt-BR'],
    ['minhas datas de início', 'pt-BR'],
    ['ContosoのTeams', 'ja'],
    ['開始日変更', 'ja'],
    ['Contoso 那边回复了', 'zh-Hans'],
    ['把日期改到三月', 'zh-Hans'],
    ['更改开始日期', 'zh-Hans'],
    ['Contoso verschieben', 'de'],
    ['in zwei Wochen', 'de'],
    ['Admin krank', 'de'],
    ['speichern', 'de'],
    ['mudar Contoso', 'pt-BR'],
    ['daqui a duas semanas', 'pt-BR'],
    ['histórico Contoso', 'pt-BR'],
    ['cliente doente', 'pt-BR'],
    ['Contoso in 3 weeks', 'en'],
    ['Kickoff Meeting', undefined],
    ['first e-mail', undefined],
    ['管理员生病', 'zh-Hans'],
    ['Contoso Exchange', undefined],
    ['OK', undefined],
    ['12345', undefined],
    ['2027-03-03', undefined],
    ['', undefined],
    ['👍👍', undefined],
    ['Teams', undefined],
  ])('%s is %s', (text, language) => {
    expect(detectLanguage(fold(text).text)).toBe(language);
  });

  it.each([
    ['完成 Contoso Exchange', 'en', 'zh-Hans'],
    ['保存', undefined, 'zh-Hans'],
    ['保存', 'ja', undefined],
    ['history 北风贸易', 'en', undefined],
    ['Contoso', 'en', undefined],
  ] as const)('%s, where %s is expected, is %s by its signs', (text, expected, language) => {
    expect(writtenIn(fold(text).text, expected)).toBe(language);
  });
});
