import { findCustomers, meantCustomers } from '../../src/language/customers';
import { fold } from '../../src/language/fold';
import type { CustomerName } from '../../src/language/understanding';
import { CANDIDATES } from './sentences';

function named(...names: string[]): CustomerName[] {
  return names.map((name, index) => ({ customerId: `x${String(index)}`, name }));
}

function found(text: string, candidates: readonly CustomerName[] = CANDIDATES): string[] {
  return meantCustomers(findCustomers(fold(text), candidates)).map(({ name }) => name);
}

describe('finding the customers a text names', () => {
  it.each([
    ['Contosso', 'Contoso'],
    ['Adv. Works exo', 'Adventure Works'],
    ['Woodgr. Bank', 'Woodgrove Bank'],
    ['Müller Log. MDO', 'Müller Logistik GmbH'],
    ['Pad. São João', 'Padaria São João'],
    ['Fabr. exo', 'Fabrikam'],
    ['Lit ware', 'Litware'],
    ['tail spin intune', 'Tailspin Toys'],
    ['ミューラーロジスティクス', 'Müller Logistik GmbH'],
    ['kontoso teams', 'Contoso'],
    ['Fabricam', 'Fabrikam'],
    ['fabrikm', 'Fabrikam'],
    ['Litwear', 'Litware'],
    ["Litwear's Intune", 'Litware'],
    ['Contosos Exchange', 'Contoso'],
    ['Prosware', 'Proseware'],
    ['Tailspin', 'Tailspin Toys'],
    ['tailspn toys', 'Tailspin Toys'],
    ['TailspinToys', 'Tailspin Toys'],
    ['Woodgrove', 'Woodgrove Bank'],
    ['woodgroove bank', 'Woodgrove Bank'],
    ['Northwind', 'Northwind Traders'],
    ['North Wind Traders', 'Northwind Traders'],
    ['ADVENTURE WORKS', 'Adventure Works'],
    ['adventure-works', 'Adventure Works'],
    ['adventure wroks', 'Adventure Works'],
    ['Muller Logistik', 'Müller Logistik GmbH'],
    ['Mueller Logistik', 'Müller Logistik GmbH'],
    ['müller logistik gmbh', 'Müller Logistik GmbH'],
    ['Müller', 'Müller Logistik GmbH'],
    ['Sao Joao', 'Padaria São João'],
    ['padaria sao joao ltda', 'Padaria São João'],
    ['Ｃｏｎｔｏｓｏ', 'Contoso'],
    ['Contoso Ltd.', 'Contoso'],
    ['Fabrikam, Inc.', 'Fabrikam'],
    ['コントソ', '株式会社コントソ'],
    ['(株)コントソのTeams', '株式会社コントソ'],
    ['ｺﾝﾄｿのTeams', '株式会社コントソ'],
    ['コントソ株式会社', '株式会社コントソ'],
    ['ContosoのTeams', 'Contoso'],
    ['把Fabrikam的Teams', 'Fabrikam'],
    ['调出北风贸易的笔记', '北风贸易'],
    ['北風貿易のメモ', '北风贸易'],
    ['北风那边', '北风贸易'],
    ['ファブリカムのSharePoint', 'Fabrikam'],
    ['ウッドグローブ銀行', 'Woodgrove Bank'],
    ['ｳｯﾄﾞｸﾞﾛｰﾌﾞ', 'Woodgrove Bank'],
    ['アドベンチャー・ワークスさん', 'Adventure Works'],
    ['テイルスピン玩具', 'Tailspin Toys'],
    ['ミュラー・ロジスティクス社', 'Müller Logistik GmbH'],
    ['リットウェア', 'Litware'],
    ['パダリア・サンジョアン', 'Padaria São João'],
    ['ノースウインド・トレーダーズ', 'Northwind Traders'],
    ['把法布里卡姆的Teams改到5月', 'Fabrikam'],
    ['康托索', 'Contoso'],
    ['伍德格罗夫银行的Teams', 'Woodgrove Bank'],
    ['穆勒物流', 'Müller Logistik GmbH'],
    ['利特韦尔', 'Litware'],
    ['泰尔斯平玩具', 'Tailspin Toys'],
    ['Beifeng Maoyi', '北风贸易'],
    ['bei feng', '北风贸易'],
    ["Beifeng Trading's Intune", '北风贸易'],
    ['Woodgrove Banco', 'Woodgrove Bank'],
    ['Müller 物流', 'Müller Logistik GmbH'],
    ['Mueller Logistics', 'Müller Logistik GmbH'],
    ['Contoso K.K.', '株式会社コントソ'],
    ['Kabushiki Kaisha Kontoso', '株式会社コントソ'],
    ['㈱Contoso', '株式会社コントソ'],
    ['a padaria respondeu', 'Padaria São João'],
    ['bei Padaria in Exchange', 'Padaria São João'],
  ])('%s is %s', (text, name) => {
    expect(found(text)).toEqual([name]);
  });

  it.each([
    'the works',
    'Fabrik am 3. März',
    'see the log. then call',
    'トレーダーズ',
    'best traders in town',
    'which bank?',
    'toys for kids',
    'nova padaria',
    'uma padaria',
    'メールを送りました',
    'コンテンツの移行',
    'コンタクトした',
    'スタートはミーティングの後',
    '里提到了吗',
    'contato com o cliente',
    'die Fabrik am Montag',
    'software',
    'my contract is over',
    'são três',
    'o admin (João) está doente',
    'deren Administrator Müller ist krank',
    '',
    '🙂🙂🙂',
  ])('%s names nobody', (text) => {
    expect(found(text)).toEqual([]);
  });

  it.each([
    ['move Contoso to May 2027', ['Contoso']],
    ['move Contoso to 3 March 2027', ['Contoso']],
    ['history of May 2027 Foods', ['May 2027 Foods']],
    ['May Foods Teams', ['May 2027 Foods']],
  ])('a number in a name names nobody alone: %s', (text, names) => {
    expect(found(text, named('Contoso', 'May 2027 Foods'))).toEqual(names);
  });

  it('two customers in order of mention', () => {
    expect(found('Fabrikam and Contoso')).toEqual(['Fabrikam', 'Contoso']);
  });

  it('a shared first word means all that share it, a full name only one', () => {
    const candidates = named('Müller Logistik GmbH', 'Müller Bau AG', 'Contoso');
    expect(found('müller teams', candidates)).toEqual(['Müller Logistik GmbH', 'Müller Bau AG']);
    expect(found('müller bau teams', candidates)).toEqual(['Müller Bau AG']);
  });

  it('the legal form decides between two of the same name, and is asked about where missing', () => {
    const candidates = named('Contoso GmbH', 'Contoso AG');
    expect(found('Contoso AG auf Mai', candidates)).toEqual(['Contoso AG']);
    expect(found('Contoso auf Mai', candidates)).toEqual(['Contoso GmbH', 'Contoso AG']);
  });

  it('a mere name word means all that begin with it, to be asked about', () => {
    const candidates = named('Padaria São João', 'Padaria Central');
    expect(found('a padaria respondeu', candidates)).toEqual(['Padaria São João', 'Padaria Central']);
    expect(found('Padaria Central respondeu', candidates)).toEqual(['Padaria Central']);
  });

  it('a name of another script is found by its sound where its own spelling is nobody', () => {
    expect(found('コントソのTeams', named('Contoso', 'Fabrikam'))).toEqual(['Contoso']);
    expect(found('Contoso Teams', named('株式会社コントソ', 'Fabrikam'))).toEqual(['株式会社コントソ']);
    expect(found('シーメンスのTeams', named('Siemens AG', 'Contoso'))).toEqual(['Siemens AG']);
    expect(found('托斯卡纳的Teams', named('Toscana', 'Contoso'))).toEqual(['Toscana']);
  });

  it('two names that sound alike are both meant', () => {
    expect(found('ミュラーのTeams', named('Müller Bau AG', 'Muller Foods'))).toEqual(['Müller Bau AG', 'Muller Foods']);
  });

  it('exact beats typo', () => {
    const candidates = named('Contoso', 'Contosa');
    expect(found('contosa', candidates)).toEqual(['Contosa']);
  });

  it('the longer name wins over the one inside it', () => {
    const candidates = named('Contoso', 'Contoso Bank', '株式会社コントソ');
    expect(found('Contoso Bank Teams', candidates)).toEqual(['Contoso Bank']);
    expect(found('Contoso Teams', candidates)).toEqual(['Contoso']);
  });

  it('names of any kind are no pattern', () => {
    const candidates = named('${1+1} **x** <at>', '((((', '', '.*', '2027-03-03 GmbH');
    expect(found('(((( .* and so on', candidates)).toEqual([]);
    expect(found('2027-03-03 GmbH to May', candidates)).toEqual(['2027-03-03 GmbH']);
  });
});
