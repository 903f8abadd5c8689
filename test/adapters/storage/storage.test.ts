import { useAzurite } from '../../azurite';
import { botStateContract } from '../../contracts/bot-state';
import { customerIndexContract } from '../../contracts/customer-index';
import { customersContract } from '../../contracts/customers';
import { dueIndexContract } from '../../contracts/due-index';
import { feedbackContract } from '../../contracts/feedback';
import { profilesContract } from '../../contracts/profiles';
import { storageOn, type StorageUnderTest } from './storage-on-azurite';

describe('storage on Azurite', () => {
  const azurite = useAzurite();
  const opened: StorageUnderTest[] = [];
  const open = (): StorageUnderTest => {
    const storage = storageOn(azurite());
    opened.push(storage);
    return storage;
  };
  afterEach(async () => {
    await Promise.all(opened.splice(0).map(async (storage) => storage.close()));
  });

  describe('Customers', () => customersContract(() => open().customers));
  describe('CustomerIndex', () => customerIndexContract(open));
  describe('DueIndex', () => dueIndexContract(open));
  describe('Profiles', () => profilesContract(() => open().profiles));
  describe('Feedback', () => feedbackContract(() => open().feedback));
  describe('BotStateStorage', () => botStateContract(() => open().botState));
});
