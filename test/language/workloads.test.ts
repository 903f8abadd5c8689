import { fold } from '../../src/language/fold';
import { findWorkloads } from '../../src/language/workloads';

function found(text: string): string[] {
  return findWorkloads(fold(text), []).map(({ workload }) => workload);
}

describe('finding the workloads a text names', () => {
  it.each([
    ['EXO', 'exchange-online'],
    ['exchnage', 'exchange-online'],
    ['share point', 'sharepoint-online'],
    ['sharepont', 'sharepoint-online'],
    ['OD4B', 'onedrive'],
    ['One Drive', 'onedrive'],
    ['move the Teams start', 'teams'],
    ['teasm', 'teams'],
    ['Endpoint Manager', 'intune'],
    ['MDM', 'intune'],
    ['apps do Office', 'm365-apps'],
    ['the office apps', 'm365-apps'],
    ['Office应用', 'm365-apps'],
    ['Officeアプリ', 'm365-apps'],
    ['Office ProPlus', 'm365-apps'],
    ['Azure AD P1', 'entra-id-p1'],
    ['AADP1', 'entra-id-p1'],
    ['Entra ID', 'entra-id-p1'],
    ['Yamer', 'viva-engage'],
    ['Viva Engage', 'viva-engage'],
    ['Defender for Office 365', 'defender-for-office-365'],
    ['O365 ATP', 'defender-for-office-365'],
    ['AIP', 'purview-information-protection'],
    ['Microsoft Purview Information Protection', 'purview-information-protection'],
    ['シェアポイント', 'sharepoint-online'],
    ['チームズの開始日', 'teams'],
    ['エクスチェンジ', 'exchange-online'],
    ['邮箱', 'exchange-online'],
    ['メールボックス', 'exchange-online'],
    ['Postfächer', 'exchange-online'],
    ['caixas de correio', 'exchange-online'],
    ['MPIP', 'purview-information-protection'],
    ['Defender para Office 365', 'defender-for-office-365'],
    ['把Intune改到五月', 'intune'],
    ['OATP', 'defender-for-office-365'],
  ])('%s is %s', (text, workload) => {
    expect(found(text)).toEqual([workload]);
  });

  it.each([
    'team load',
    'the team',
    'which of the teams has room',
    'set up a Teams meeting',
    'Teams-Besprechung anlegen',
    '约个Teams会议',
    'Teams会議を設定',
    'out of office',
    'Defender for Endpoint',
    'Viva Insights',
    'nur die Mailbox erwischt',
    'recado na caixa postal',
    'items and terms',
    'como tá o time',
  ])('%s names none', (text) => {
    expect(found(text)).toEqual([]);
  });

  it('several in order', () => {
    expect(found('Intune, Exchange and Teams')).toEqual(['intune', 'exchange-online', 'teams']);
  });

  it('what belongs to a name is no workload', () => {
    expect(findWorkloads(fold('Exchange Bank Teams'), [{ start: 0, end: 13 }]).map(({ workload }) => workload)).toEqual(
      ['teams'],
    );
  });
});
