import { customersContract } from '../contracts/customers';
import { FakeCustomers } from './fake-customers';

describe('FakeCustomers', () => {
  customersContract(() => new FakeCustomers());
});
