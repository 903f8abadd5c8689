import { botStateContract } from '../contracts/bot-state';
import { customerIndexContract } from '../contracts/customer-index';
import { customersContract } from '../contracts/customers';
import { dueIndexContract } from '../contracts/due-index';
import { feedbackContract } from '../contracts/feedback';
import { profilesContract } from '../contracts/profiles';
import { FakeBotState } from './fake-bot-state';
import { FakeCustomers } from './fake-customers';
import { FakeFeedback } from './fake-feedback';
import { FakeProfiles } from './fake-profiles';

describe('FakeCustomers', () => {
  customersContract(() => new FakeCustomers());
});
describe('FakeCustomers as CustomerIndex', () => {
  customerIndexContract(() => {
    const fake = new FakeCustomers();
    return { customers: fake, index: fake, flush: async () => Promise.resolve() };
  });
});
describe('FakeCustomers as DueIndex', () => {
  dueIndexContract(() => {
    const fake = new FakeCustomers();
    return { customers: fake, due: fake };
  });
});
describe('FakeProfiles', () => {
  profilesContract(() => new FakeProfiles());
});
describe('FakeFeedback', () => {
  feedbackContract(() => new FakeFeedback());
});
describe('FakeBotState', () => {
  botStateContract(() => new FakeBotState());
});
