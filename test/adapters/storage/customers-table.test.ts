import { customersContract } from '../../contracts/customers';
import { useAzurite } from '../../azurite';
import { storageOn } from './storage-on-azurite';

describe('CustomersTable', () => {
  const azurite = useAzurite();
  customersContract(() => storageOn(azurite()).customers);
});
